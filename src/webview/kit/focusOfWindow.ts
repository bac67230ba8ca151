// Gives the focus back to what had it, after it was elsewhere in VS Code: in the palette, a pick, another editor. VS Code
// itself gives it to the page as a whole, where the keys of somebody who was typing would lead nowhere.

/** Call it once. */
export function keepFocusOfWindow(): void {
  let left: HTMLElement | undefined;
  document.addEventListener('focusout', ({ target }) => {
    left = target instanceof HTMLElement ? target : undefined;
    // While the window has the focus, it was the user's wish, such as to select a text.
    setTimeout(() => {
      if (document.hasFocus()) left = undefined;
    });
  });
  addEventListener('focus', () => {
    if (document.activeElement === document.body) left?.focus({ preventScroll: true });
    left = undefined;
  });
}
