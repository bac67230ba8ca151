import { maskLookalikes } from './lookalikes';
import { maskSecrets } from './secretForms';

/** `text` without `secrets`, however they are spelled, and without whatever looks like a credential. */
export function redact(text: string, secrets: readonly string[]): string {
  return maskLookalikes(maskSecrets(text, secrets), text);
}
