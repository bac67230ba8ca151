import { maskLookalikes } from './lookalikes';
import { maskSecrets } from './secretForms';

/** Removes from `text` `secrets`, in any encoding, and whatever looks like a credential. */
export function redact(text: string, secrets: readonly string[]): string {
  return maskLookalikes(maskSecrets(text, secrets), text);
}
