// Finds and reads the files of ~/.aws. They are small, and read anew for each prompt.
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { AwsFile } from '../core/model/failureDetails';
import { type Malformed, type Section, parseIni } from './ini';

/** The path of each file. */
export type AwsFilePaths = { readonly [F in AwsFile]: string };

/** The contents of both files; the credentials file takes precedence. */
export interface Files {
  readonly paths: AwsFilePaths;
  readonly profiles: ReadonlyMap<string, ProfileSettings>;
  readonly sessions: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly services: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** The first existing file that cannot be read. */
  readonly unreadable?: AwsFile;
}

export interface ProfileSettings {
  readonly settings: ReadonlyMap<string, string>;
  /** The settings in each file that has a section for the profile. */
  readonly inFile: { readonly [F in AwsFile]?: InFile };
  /** The first line that cannot be parsed. */
  readonly malformed?: Malformed & { readonly file: AwsFile };
}

export interface InFile {
  readonly settings: ReadonlyMap<string, string>;
  /** The line of the first section, from 1. */
  readonly line: number;
}

/** The home folder, as the SDK finds it, since sign-in tokens are stored there. */
export function home(): string {
  return [process.env['HOME'], process.env['USERPROFILE']].find(Boolean) ?? homedir();
}

/** The paths of both files. Only these two environment variables have an influence. */
export function awsFilePaths(): AwsFilePaths {
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
  return {
    config: AWS_CONFIG_FILE ? fromHome(AWS_CONFIG_FILE) : path.join(home(), '.aws', 'config'),
    credentials: AWS_SHARED_CREDENTIALS_FILE
      ? fromHome(AWS_SHARED_CREDENTIALS_FILE)
      : path.join(home(), '.aws', 'credentials'),
  };
}

/** Expands `~/…`; other paths stay unchanged. */
export function fromHome(file: string): string {
  return /^~[/\\]/.test(file) ? path.join(home(), file.slice(2)) : file;
}

/** A path for display, with `~/` for the home folder. */
export function shortPath(file: string): string {
  const folder = home() + path.sep;
  return file.startsWith(folder) ? `~/${file.slice(folder.length).replaceAll(path.sep, '/')}` : file;
}

export async function readFiles(paths = awsFilePaths()): Promise<Files> {
  const [config, credentials] = await Promise.all([textOf(paths.config), textOf(paths.credentials)]);
  const unreadable = config === undefined ? 'config' : credentials === undefined ? 'credentials' : undefined;
  const configured = parseIni(config ?? '');
  const keys = parseIni(credentials ?? '', { profilesOnly: true });
  const ofType = (type: string) => configured.filter((section) => section.type === type);
  const prefixed = ofType('profile').some(({ name, bare }) => name === 'default' && !bare);
  const inConfig = mergeSections(ofType('profile').filter(({ bare }) => !bare || !prefixed));
  const inCredentials = mergeSections(keys.filter(({ type }) => type === 'profile'));
  const names = new Set([...inConfig.keys(), ...inCredentials.keys()]);
  return {
    paths,
    profiles: new Map(
      [...names].map((name) => [name, profileOf(inConfig.get(name), inCredentials.get(name))]),
    ),
    sessions: settingsOf(mergeSections(ofType('sso-session'))),
    services: settingsOf(mergeSections(ofType('services'))),
    ...(unreadable && { unreadable }),
  };
}

interface Merged {
  readonly settings: Map<string, string>;
  readonly line: number;
  readonly malformed?: Malformed;
}

/** Merges sections of the same name; the last value of a setting counts. */
function mergeSections(sections: readonly Section[]): Map<string, Merged> {
  const merged = new Map<string, Merged>();
  for (const { name, settings, line, malformed } of sections) {
    if (!name) continue;
    const section = merged.get(name) ?? { settings: new Map<string, string>(), line };
    for (const [setting, value] of settings) section.settings.set(setting, value);
    merged.set(name, { ...section, ...(!section.malformed && malformed && { malformed }) });
  }
  return merged;
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

/** Empty values count as not set. */
function withoutEmpty(settings: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...settings].filter(([, value]) => value));
}

function settingsOf(sections: ReadonlyMap<string, Merged>): Files['sessions'] {
  return new Map([...sections].map(([name, { settings }]) => [name, withoutEmpty(settings)]));
}

/** The text of a file; '' if it does not exist; undefined if it cannot be read. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return decoded(await readFile(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? '' : undefined;
  }
}

/**
 * Decodes UTF-16 by its byte order mark, as editors and PowerShell on Windows write it; else UTF-8, or Windows-1252.
 */
function decoded(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
