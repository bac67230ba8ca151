// The extension's Japanese, by the keys of its translations: tests hold no second list of it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { project } from '../vscode/project';

type Texts = Readonly<Record<string, string>>;

const read = (file: string) => JSON.parse(readFileSync(path.join(project, file), 'utf8')) as Texts;
const manifest = read('package.nls.ja.json');
const messages = read('l10n/bundle.l10n.ja.json');

function found(texts: Texts, key: string): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`No Japanese for “${key}”`);
  return text;
}

/** What the palette shows for one of our commands. */
export const paletteTitle = (command: string) => `Bedrock: ${title(command)}`;

export const title = (command: string) => found(manifest, `command.${command}`);

export const described = (setting: string) => found(manifest, `setting.${setting}`);

/** The Japanese of a message, its places filled. */
export function said(english: string, ...values: readonly string[]): string {
  return found(messages, english).replace(/\{(\d)\}/g, (place, at: string) => values[Number(at)] ?? place);
}

/** The same, for any values. */
export function saidLike(english: string): RegExp {
  const parts = found(messages, english).split(/\{\d\}/);
  return new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+'));
}
