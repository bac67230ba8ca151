// Shows on a button for a moment that something was copied.
import type { Announce } from './announcer';

const durationMs = 1500;

/** `copied`: the text to show and announce. */
export function showCopied(from: HTMLElement, copied: string, announce: Announce): void {
  announce(copied);
  const label = from.firstChild;
  if (!(label instanceof Text) || label.data === copied) return;
  const before = label.data;
  // Changes the existing text node, which Preact still owns.
  label.data = copied;
  setTimeout(() => {
    // The page may have been drawn again since.
    if (label.data === copied) label.data = before;
  }, durationMs);
}
