// Where ~/.aws is, and what stands in it now. Two small files: they are read anew for each prompt.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { type Section, parseIni } from './ini';

export interface Where {
  readonly config: string;
  readonly credentials: string;
}

/** What the files say, the credentials file's over the config file's. */
export interface Files {
  readonly where: Where;
  readonly profiles: ReadonlyMap<string, ProfileSettings>;
  readonly sessions: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly services: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The first file that is there, but cannot be read. */
  readonly unreadable?: string;
}

export interface ProfileSettings {
  readonly settings: ReadonlyMap<string, string>;
  /** The first line that cannot be understood, as “file:line”. */
  readonly malformed?: string;
}

/** As the SDK finds it, which looks for the tokens of signing in there. */
export function home(): string {
  return [process.env['HOME'], process.env['USERPROFILE']].find(Boolean) ?? homedir();
}

/** These two variables say where the files are; no variable says anything else. */
export function whereFilesAre(): Where {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
  return {
    config: AWS_CONFIG_FILE ? fromHome(AWS_CONFIG_FILE) : path.join(home(), '.aws', 'config'),
    credentials: AWS_SHARED_CREDENTIALS_FILE
      ? fromHome(AWS_SHARED_CREDENTIALS_FILE)
      : path.join(home(), '.aws', 'credentials'),
  };
}

/** `~/…` as a path; any other as it is. */
export function fromHome(file: string): string {
  return /^~[/\\]/.test(file) ? path.join(home(), file.slice(2)) : file;
}

/** A path as people write it. */
export function shortPath(file: string): string {
  const folder = home() + path.sep;
  return file.startsWith(folder) ? `~/${file.slice(folder.length).replaceAll(path.sep, '/')}` : file;
}

export async function readFiles(where = whereFilesAre()): Promise<Files> {
  const [config, credentials] = await Promise.all([textOf(where.config), textOf(where.credentials)]);
  const unreadable = [config, credentials].findIndex((text) => text === undefined);
  const configured = parseIni(config ?? '');
  const keys = parseIni(credentials ?? '', { profilesOnly: true });
  const ofType = (type: string) => configured.filter((section) => section.type === type);
  const prefixed = ofType('profile').some(({ name, bare }) => name === 'default' && !bare);
  return {
    where,
    profiles: merged([
      [ofType('profile').filter(({ bare }) => !bare || !prefixed), where.config],
      [keys.filter(({ type }) => type === 'profile'), where.credentials],
    ]),
    sessions: settingsOf(merged([[ofType('sso-session'), where.config]])),
    services: settingsOf(merged([[ofType('services'), where.config]])),
    ...(unreadable >= 0 && { unreadable: unreadable === 0 ? where.config : where.credentials }),
  };
}

/** Sections of one name are one; of two values of a setting the later holds, and an empty one is none. */
function merged(
  files: readonly (readonly [sections: readonly Section[], file: string])[],
): Map<string, ProfileSettings> {
  const found = new Map<string, { settings: Map<string, string>; malformed?: string }>();
  for (const [sections, file] of files)
    for (const { name, settings, malformed } of sections) {
      if (!name) continue;
      const one = found.get(name) ?? { settings: new Map<string, string>() };
      found.set(name, one);
      if (malformed !== undefined) one.malformed ??= `${shortPath(file)}:${malformed}`;
      for (const [setting, value] of settings)
        if (value) one.settings.set(setting, value);
        else one.settings.delete(setting);
    }
  return found;
}

function settingsOf(sections: ReadonlyMap<string, ProfileSettings>): Files['sessions'] {
  return new Map([...sections].map(([name, { settings }]) => [name, settings]));
}

/** The text of a file, '' when there is none; undefined when it cannot be read. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return decoded(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? '' : undefined;
  }
}

/** By its byte order mark, as Windows' editors and PowerShell set it; else UTF-8, or what came before it. */
function decoded(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
