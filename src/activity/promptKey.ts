// The key of the prompts' fingerprints. It is a secret: with it and the record, anyone could try out what was asked.
import { randomBytes } from 'node:crypto';
import type { SecretStorage } from 'vscode';

const entry = 'activity.promptKey';

/** The secret storage forgets what it is given. */
class KeyNotKept extends Error {
  override readonly name = 'KeyNotKept';
}

/** The same in all windows, and from session to session. @throws KeyNotKept, and whatever the secret storage throws */
export async function promptKey(secrets: SecretStorage): Promise<string> {
  const kept = await secrets.get(entry);
  if (kept) return kept;
  await secrets.store(entry, randomBytes(32).toString('base64url'));
  // Another window may have stored one at the same moment: what stands there in the end holds.
  const stored = await secrets.get(entry);
  if (!stored) throw new KeyNotKept();
  return stored;
}
