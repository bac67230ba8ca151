// Pastes into a page and drops on it.
import type { CDPSession, Frame, Page } from 'playwright-core';

export interface PastedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Pastes where the focus is, as a browser tells the page. `data`: texts, by their type. */
export async function paste(
  page: Page | Frame,
  files: readonly PastedFile[],
  data: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.evaluate(
    ([all, texts]) => {
      const clipboardData = new DataTransfer();
      for (const [type, text] of Object.entries(texts)) clipboardData.setData(type, text);
      for (const { name, type, bytes } of all) clipboardData.items.add(new File([bytes], name, { type }));
      const options = { clipboardData, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(new ClipboardEvent('paste', options));
    },
    [files.map((file) => ({ ...file, bytes: new Uint8Array(file.bytes) })), data] as const,
  );
}

/** Lets no picture be read until the function is called that it returns. */
export async function holdPictures(page: Page | Frame): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const read = createImageBitmap as (...given: unknown[]) => Promise<ImageBitmap>;
    const held = new Promise<void>((resolve) => Object.assign(window, { letGo: resolve }));
    Object.assign(window, { createImageBitmap: (...given: unknown[]) => held.then(() => read(...given)) });
  });
  return () => page.evaluate(() => (window as unknown as { readonly letGo: () => void }).letGo());
}

const shift = 8;

export interface DropOptions {
  readonly at: { readonly x: number; readonly y: number };
  /** Without Shift, VS Code takes what is dropped. */
  readonly withShift?: boolean;
  /** Called while the files are over the page, with a function that moves them. */
  readonly over?: (move: () => Promise<void>) => Promise<void>;
}

/** Drags files from the desktop to a place on the page, and drops them. `files`: paths, which the browser reads. */
export async function dropFiles(
  page: Page,
  files: readonly string[],
  { at, withShift = true, over }: DropOptions,
): Promise<void> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  const drag = async (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<void> => {
    await devtools.send('Input.dispatchDragEvent', { type, ...at, data, modifiers: withShift ? shift : 0 });
  };
  await drag('dragEnter');
  await drag('dragOver');
  await over?.(() => drag('dragOver'));
  await drag('drop');
  await devtools.detach();
}
