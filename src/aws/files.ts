// Where ~/.aws is, and what stands in it now. Two small files: they are read anew for each prompt.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { AwsFile } from '../core/model/failureDetails';
import { type Malformed, type Section, parseIni } from './ini';

/** The path of each file. */
export type Where = { readonly [F in AwsFile]: string };

/** What the files say, the credentials file's over the config file's. */
export interface Files {
  readonly where: Where;
  readonly profiles: ReadonlyMap<string, ProfileSettings>;
  readonly sessions: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly services: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The first file that is there, but cannot be read. */
  readonly unreadable?: AwsFile;
}

export interface ProfileSettings {
  readonly settings: ReadonlyMap<string, string>;
  /** What each of the files says by itself, where it has such a section. */
  readonly inFile: { readonly [F in AwsFile]?: InFile };
  /** The first line that cannot be understood. */
  readonly malformed?: Malformed & { readonly file: AwsFile };
}

export interface InFile {
  readonly settings: ReadonlyMap<string, string>;
  /** The line at which the first section begins, from 1. */
  readonly line: number;
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
  const unreadable = config === undefined ? 'config' : credentials === undefined ? 'credentials' : undefined;
  const configured = parseIni(config ?? '');
  const keys = parseIni(credentials ?? '', { profilesOnly: true });
  const ofType = (type: string) => configured.filter((section) => section.type === type);
  const prefixed = ofType('profile').some(({ name, bare }) => name === 'default' && !bare);
  const inConfig = mergedIn(ofType('profile').filter(({ bare }) => !bare || !prefixed));
  const inCredentials = mergedIn(keys.filter(({ type }) => type === 'profile'));
  const names = new Set([...inConfig.keys(), ...inCredentials.keys()]);
  return {
    where,
    profiles: new Map(
      [...names].map((name) => [name, profileOf(inConfig.get(name), inCredentials.get(name))]),
    ),
    sessions: settingsOf(mergedIn(ofType('sso-session'))),
    services: settingsOf(mergedIn(ofType('services'))),
    ...(unreadable && { unreadable }),
  };
}

interface Merged {
  readonly settings: Map<string, string>;
  readonly line: number;
  readonly malformed?: Malformed;
}

/** Sections of one name are one; of two values of a setting the later holds. */
function mergedIn(sections: readonly Section[]): Map<string, Merged> {
  const found = new Map<string, Merged>();
  for (const { name, settings, line, malformed } of sections) {
    if (!name) continue;
    const before = found.get(name) ?? { settings: new Map<string, string>(), line };
    for (const [setting, value] of settings) before.settings.set(setting, value);
    found.set(name, { ...before, ...(!before.malformed && malformed && { malformed }) });
  }
  return found;
}

function profileOf(config: Merged | undefined, credentials: Merged | undefined): ProfileSettings {
  const settings = new Map([...(config?.settings ?? []), ...(credentials?.settings ?? [])]);
  const malformed =
    (config?.malformed && { ...config.malformed, file: 'config' as const }) ??
    (credentials?.malformed && { ...credentials.malformed, file: 'credentials' as const });
  return {
    settings: withoutEmpty(settings),
    inFile: {
      ...(config && { config: inFile(config) }),
      ...(credentials && { credentials: inFile(credentials) }),
    },
    ...(malformed && { malformed }),
  };
}

const inFile = ({ settings, line }: Merged): InFile => ({ settings: withoutEmpty(settings), line });

/** An empty value is none. */
function withoutEmpty(settings: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...settings].filter(([, value]) => value));
}

function settingsOf(sections: ReadonlyMap<string, Merged>): Files['sessions'] {
  return new Map([...sections].map(([name, { settings }]) => [name, withoutEmpty(settings)]));
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
