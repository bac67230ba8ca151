// The menu of a code block. There is one on the page, filled when it opens, so that a reply with many blocks stays light.

export interface MenuItem {
  readonly label: string;
  readonly run: () => void;
}

let menu: HTMLElement | undefined;

/** Opens a menu below `button`, with the focus on its first item. Escape and a click elsewhere close it. */
export function openCodeMenu(button: HTMLElement, items: readonly MenuItem[]): void {
  menu?.remove();
  menu = document.createElement('div');
  menu.className = 'menu';
  menu.popover = 'auto';
  menu.setAttribute('role', 'menu');
  menu.append(...items.map((item) => itemOf(item, menu)));
  menu.addEventListener('keydown', moveFocus);
  // In the bar, so that the block stays the one in use. The browser draws it above everything, wherever it is.
  button.after(menu);
  menu.showPopover();
  placeBelow(button, menu);
  addEventListener('scroll', close, { capture: true, once: true });
  menu.querySelector('button')?.focus();
}

/** Whether a menu is open; then Escape closes it, and does nothing else. */
export function isCodeMenuOpen(): boolean {
  return menu?.matches(':popover-open') ?? false;
}

function close(): void {
  if (isCodeMenuOpen()) menu?.hidePopover();
}

function itemOf({ label, run }: MenuItem, parent: HTMLElement | undefined): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.setAttribute('role', 'menuitem');
  button.textContent = label;
  button.addEventListener('click', () => {
    parent?.hidePopover();
    run();
  });
  return button;
}

function placeBelow(button: HTMLElement, opened: HTMLElement): void {
  const { bottom, right, top } = button.getBoundingClientRect();
  const { offsetHeight, offsetWidth } = opened;
  const isBelow = bottom + offsetHeight <= innerHeight || top < offsetHeight;
  opened.style.top = `${isBelow ? bottom : top - offsetHeight}px`;
  opened.style.left = `${Math.max(4, right - offsetWidth)}px`;
}

function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const items = [...(menu?.querySelectorAll('button') ?? [])];
  const at = items.findIndex((item) => item === document.activeElement);
  items.at((at + step) % items.length)?.focus();
}
