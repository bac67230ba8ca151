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
  const of = (type: string) => (section: Section) => section.type === type && section.name !== '';
  const profiles = new Map<string, ProfileSettings>();
  for (const [sections, file] of [
    [configured.filter(of('profile')), where.config],
    [keys.filter(of('profile')), where.credentials],
  ] as const)
    for (const { name, settings, malformed } of sections) {
      const before = profiles.get(name);
      const line =
        before?.malformed ?? (malformed === undefined ? undefined : `${shortPath(file)}:${malformed}`);
      profiles.set(name, {
        settings: new Map([...(before?.settings ?? []), ...settings]),
        ...(line !== undefined && { malformed: line }),
      });
    }
  return {
    where,
    profiles,
    sessions: byName(configured.filter(of('sso-session'))),
    services: byName(configured.filter(of('services'))),
    ...(unreadable >= 0 && { unreadable: unreadable === 0 ? where.config : where.credentials }),
  };
}

function byName(sections: readonly Section[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return new Map(sections.map(({ name, settings }) => [name, settings]));
}

/** The text of a file, '' when there is none; undefined when it cannot be read. */
async function textOf(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' || code === 'ENOTDIR' ? '' : undefined;
  }
}
