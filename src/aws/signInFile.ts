// Finds the token files that a sign-in writes.
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { home } from './files';
import type { Login, Sso } from './profile';

/** The file in which the AWS CLI and the SDKs store the token of a profile's session. */
export function signInFile(profile: Sso | Login): string {
  if (profile.kind === 'sso') {
    const name = hashed('sha1', profile.session ?? profile.startUrl);
    return path.join(home(), '.aws', 'sso', 'cache', `${name}.json`);
  }
  const folder = process.env['AWS_LOGIN_CACHE_DIRECTORY'] ?? path.join(homedir(), '.aws', 'login', 'cache');
  return path.join(folder, `${hashed('sha256', profile.session)}.json`);
}

function hashed(algorithm: string, text: string): string {
  return createHash(algorithm).update(text).digest('hex');
}
