// A temporary home folder with its own ~/.aws for a test, set by the environment variables that the SDK reads.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface Home {
  readonly folder: string;
  /** Writes a file under the home; returns its path. */
  write(file: string, content: string | Uint8Array): Promise<string>;
  /** Writes the token that `aws sso login` stores, by the session's name (in the older format, its start URL). */
  signIn(session: string, token: object): Promise<string>;
  close(): Promise<void>;
}

/** Sets the environment; close() restores it. */
export async function openHome({ config = '', credentials = '' } = {}): Promise<Home> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'home-'));
  const previous = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) unset(name);
  process.env['HOME'] = folder;
  process.env['USERPROFILE'] = folder;
  const write = async (file: string, content: string | Uint8Array) => {
    const absolute = path.join(folder, file);
    await mkdir(path.dirname(absolute), { recursive: true });
    await writeFile(absolute, content);
    return absolute;
  };
  if (config) await write('.aws/config', config);
  if (credentials) await write('.aws/credentials', credentials);
  return {
    folder,
    write,
    signIn: (session, token) => {
      const name = createHash('sha1').update(session).digest('hex');
      return write(`.aws/sso/cache/${name}.json`, JSON.stringify(token));
    },
    close: async () => {
      for (const name of Object.keys(process.env)) if (!(name in previous)) unset(name);
      Object.assign(process.env, previous);
      await rm(folder, { recursive: true });
    },
  };
}

function unset(variable: string): void {
  Reflect.deleteProperty(process.env, variable);
}
