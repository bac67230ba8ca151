// Keys that belong to an input method, such as those for Japanese, Chinese and Korean.

/** When Enter ended a composition and is still held down; ms of the events' clock. */
let enterTakenAt: number | undefined;
/** ms; nobody presses Enter twice within this time. */
const samePressMs = 80;

/**
 * Whether an input method handles the key of a keydown event: the Enter that ends a composition neither sends a prompt
 * nor breaks a line.
 */
export function isTakenByInputMethod(event: KeyboardEvent): boolean {
  // keyCode 229: Chromium's code for a key that an input method handles, when isComposing is already false.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no replacement for this
  const isComposing = event.isComposing || event.keyCode === 229;
  if (event.key !== 'Enter') return isComposing;
  if (isComposing) {
    enterTakenAt = event.timeStamp;
    return true;
  }
  // Some input methods let the same press come a second time, as an ordinary one.
  if (enterTakenAt === undefined || event.timeStamp - enterTakenAt > samePressMs) return false;
  event.preventDefault();
  return true;
}

addEventListener('keyup', ({ key }) => {
  if (key === 'Enter') enterTakenAt = undefined;
});
