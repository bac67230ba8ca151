// What a screen reader hears: each finished block once, and how the reply ended. The reply itself is not a
// live region, since it would be read out letter by letter.

const most = 12;
const longest = 4_000;

export type Announce = (text: string) => void;

/** Gives `parent` a live region, and what is read out in it. */
export function openAnnouncer(parent: HTMLElement): Announce {
  const region = document.createElement('div');
  region.className = 'unseen';
  region.setAttribute('aria-live', 'polite');
  parent.append(region);
  return (text) => {
    const said = text.trim();
    if (!said) return;
    const line = document.createElement('p');
    line.textContent = said.slice(0, longest);
    region.append(line);
    while (region.childElementCount > most) region.firstElementChild?.remove();
  };
}
