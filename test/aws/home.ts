// A home with a ~/.aws of its own, for a test: the SDK finds it by the variables that say where it is.
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export interface Home {
  readonly folder: string;
  /** Writes a file under the home; returns its path. */
  write(file: string, content: string | Uint8Array): Promise<string>;
  /** What `aws sso login` leaves behind, by the session's name (in the older form, its start URL). */
  signIn(session: string, token: object): Promise<string>;
  close(): Promise<void>;
}

/** What a test leaves behind of the environment is as it was. */
export async function openHome({ config = '', credentials = '' } = {}): Promise<Home> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'home-'));
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) unset(name);
  process.env['HOME'] = folder;
  process.env['USERPROFILE'] = folder;
  const write = async (file: string, content: string | Uint8Array) => {
    const whole = path.join(folder, file);
    await mkdir(path.dirname(whole), { recursive: true });
    await writeFile(whole, content);
    return whole;
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
      for (const name of Object.keys(process.env)) if (!(name in before)) unset(name);
      Object.assign(process.env, before);
      await rm(folder, { recursive: true });
    },
  };
}

function unset(variable: string): void {
  Reflect.deleteProperty(process.env, variable);
}
