// Announces text to screen readers: each finished block once, and how the reply ended. The reply itself is not a live
// region, since it would be read letter by letter.

const maxLines = 12;
const maxLength = 4_000;

export type Announce = (text: string) => void;

/** Adds a live region to `parent`. Returns a function that announces text in it. */
export function openAnnouncer(parent: HTMLElement): Announce {
  const region = document.createElement('div');
  region.className = 'unseen';
  region.setAttribute('aria-live', 'polite');
  parent.append(region);
  return (text) => {
    const trimmed = text.trim();
    if (!trimmed) return;
    const line = document.createElement('p');
    line.textContent = trimmed.slice(0, maxLength);
    region.append(line);
    while (region.childElementCount > maxLines) region.firstElementChild?.remove();
  };
}
