// The extension's words in a language, by their English: tests hold no list of them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { project } from '../vscode/project';
import * as inJapanese from './japanese';

export interface Words {
  readonly language: 'en' | 'ja';
  /** A message, its places filled. */
  readonly said: (english: string, ...values: readonly string[]) => string;
  /** The title of a command. */
  readonly title: (command: string) => string;
}

const titles = JSON.parse(readFileSync(path.join(project, 'package.nls.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

export const english: Words = {
  language: 'en',
  said: (text, ...values) => text.replace(/\{(\d)\}/g, (place, at: string) => values[Number(at)] ?? place),
  title: (command) => titles[`command.${command}`] ?? assert.fail(command),
};

export const japanese: Words = { language: 'ja', said: inJapanese.said, title: inJapanese.title };
