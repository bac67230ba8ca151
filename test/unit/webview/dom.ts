// A page without a browser: what the pages' own logic needs of a DOM, for as long as a suite runs. Whatever hangs on
// layout is in test/e2e.
import { Window } from 'happy-dom';

const names = [
  ...['document', 'Node', 'Text', 'Element', 'HTMLElement', 'HTMLButtonElement', 'HTMLInputElement'],
  ...['HTMLSelectElement', 'Event', 'MouseEvent', 'MessageEvent', 'ResizeObserver', 'addEventListener'],
  ...['removeEventListener', 'dispatchEvent', 'scrollTo', 'scrollBy', 'innerHeight', 'getComputedStyle'],
] as const;

/** Frames that are asked for and not drawn yet. */
let frames: (() => void)[] = [];

/** Gives the tests of a suite a page. */
export function withPage(): void {
  let window: Window;
  const before = new Map<string, PropertyDescriptor | undefined>();
  const set = (name: string, value: unknown) => {
    before.set(name, Object.getOwnPropertyDescriptor(globalThis, name));
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  };
  beforeEach(() => {
    window = new Window({ url: 'http://page.test/' });
    for (const name of names) {
      const value: unknown = Reflect.get(window, name);
      set(name, typeof value === 'function' && /^[a-z]/.test(name) ? value.bind(window) : value);
    }
    frames = [];
    // The number of a frame is its place in the order of asking, from 1.
    set('requestAnimationFrame', (run: () => void) => frames.push(run));
    set('cancelAnimationFrame', (number: number) => frames.splice(number - 1, 1, () => undefined));
  });
  afterEach(async () => {
    for (const [name, descriptor] of before) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
    before.clear();
    await window.happyDOM.close();
  });
}

/** Draws the frame that the page has asked for, if it has. @returns whether it had */
export function drawFrame(): boolean {
  const asked = frames;
  frames = [];
  for (const run of asked) run();
  return asked.length > 0;
}

/** An element on the page, to draw into. */
export function place(): HTMLElement {
  return document.body.appendChild(document.createElement('main'));
}
