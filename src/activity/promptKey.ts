// The key of the prompts' fingerprints. It is a secret: with it and the record, anyone could test guesses of prompts.
import { randomBytes } from 'node:crypto';
import type { SecretStorage } from 'vscode';

const entry = 'activity.promptKey';

/** The secret storage did not keep the key. */
class KeyNotStored extends Error {
  override readonly name = 'KeyNotStored';
}

/** The same in all windows and sessions. @throws KeyNotStored, and any error of the secret storage */
export async function promptKey(secrets: SecretStorage): Promise<string> {
  const existing = await secrets.get(entry);
  if (existing) return existing;
  await secrets.store(entry, randomBytes(32).toString('base64url'));
  // Another window may have stored a key at the same moment; the last one wins.
  const stored = await secrets.get(entry);
  if (!stored) throw new KeyNotStored();
  return stored;
}
