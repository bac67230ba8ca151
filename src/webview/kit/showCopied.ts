// A button that has copied something says so for a moment.
import type { Announce } from './announcer';

/** ms */
const moment = 1500;

/** `copied` is the word for it. */
export function showCopied(from: HTMLElement, copied: string, announce: Announce): void {
  announce(copied);
  const label = from.firstChild;
  if (!(label instanceof Text) || label.data === copied) return;
  const before = label.data;
  // In the text that is there, which the page goes on to know as the button's.
  label.data = copied;
  setTimeout(() => {
    // The page may have been drawn anew since then.
    if (label.data === copied) label.data = before;
  }, moment);
}
