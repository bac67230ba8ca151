// A button that has copied something says so for a moment.
import { announce } from './announcer';

/** ms */
const moment = 1500;

/** `copied` is the word for it. */
export function showCopied(from: HTMLElement, copied: string): void {
  announce(copied);
  const label = from.textContent;
  if (label === copied) return;
  from.textContent = copied;
  setTimeout(() => {
    // The page may have been drawn anew since then.
    if (from.textContent === copied) from.textContent = label;
  }, moment);
}
