// How the page makes pictures fit, in a real browser: only as far as needed, upright, and at the side of typing.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { pictureLimits } from '../../src/core/content/limits';
import type { ScaledPicture } from '../../src/protocol/attachments';
import { until } from '../limits';
import { type Colour, bmp, gif, manyPixels, noise, twoColours, withOrientation } from '../pictures';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, snapshotOf } from './replyPageAlone';
import { dropFiles } from './transfers';

const red: Colour = [255, 0, 0];
const blue: Colour = [0, 0, 255];
const green: Colour = [0, 255, 0];

describe('pictures on the page', () => {
  let browser: Browser;
  let alone: ReplyPageAlone;
  let folder: string;
  before(async () => {
    browser = await openBrowser();
    folder = await mkdtemp(path.join(os.tmpdir(), 'pictures-'));
  });
  beforeEach(async () => (alone = await ReplyPageAlone.open(browser, snapshotOf([]))));
  afterEach(() => alone.close());
  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** What the host is given of a file of the desktop. */
  const attached = async (name: string, bytes: Uint8Array): Promise<ScaledPicture> => {
    const file = path.join(folder, name);
    await writeFile(file, bytes);
    await dropFiles(alone.page, [file], { at: { x: 300, y: 60 } });
    const [picture] = (await alone.attached())[0]!.files;
    return picture as ScaledPicture;
  };

  it('stay as they are, byte for byte, if they fit', async () => {
    for (const [name, bytes] of [
      ['a.png', twoColours(40, 30, red, blue)],
      ['b.gif', gif(20, 10, [red, blue])],
      ['c.png', manyPixels(8000, 4000)],
    ] as const) {
      const picture = await attached(name, bytes);
      assert.ok(Buffer.from(picture.bytes).equals(bytes), name);
      assert.deepEqual([picture.name, 'from' in picture], [name, false]);
      await alone.close();
      alone = await ReplyPageAlone.open(browser, snapshotOf([]));
    }
  });

  it('are told by their contents, whatever their names say', async () => {
    const picture = await attached('a.jpg', twoColours(40, 30, red, blue));
    assert.equal(picture.mimeType, 'image/png');
  });

  it('are scaled down to 8,000 pixels, with what they show in its place', async () => {
    const bytes = manyPixels(12_000, 9_000);
    const picture = await attached('large.png', bytes);
    assert.deepEqual(picture.from, { width: 12_000, height: 9_000, size: bytes.length });
    assert.equal(picture.name, 'large.png');
    const { width, height, pixels } = await shown(alone.page, picture);
    assert.ok(width <= pictureLimits.edge && width > 2500, `${width}`);
    assert.ok(Math.abs(width / height - 12 / 9) < 0.01, `${width} × ${height}`);
    assert.deepEqual(pixels, [
      [0, 0, 0],
      [255, 255, 255],
    ]);
    assert.ok(picture.bytes.length <= pictureLimits.size);
  });

  it('keep their proportions if they are long and thin, and never vanish', async () => {
    const picture = await attached('thin.png', manyPixels(32_000, 3));
    const { width, height } = await shown(alone.page, picture);
    assert.deepEqual([width, height], [8000, 1]);
  });

  it('of 30 MB become small enough, while the user types', async () => {
    const bytes = noise(3300, 3100);
    assert.ok(bytes.length > 30_000_000);
    await alone.page.locator('textarea').focus();
    const attaching = attached('noise.png', bytes);
    await alone.page.locator('.chip.preparing').waitFor();
    await alone.page.keyboard.type('typed meanwhile', { delay: 20 });
    const picture = await attaching;
    assert.equal(await alone.page.locator('textarea').inputValue(), 'typed meanwhile');
    assert.ok(picture.bytes.length <= pictureLimits.size && picture.bytes.length > pictureLimits.size / 3);
    const { width, height } = await shown(alone.page, picture);
    assert.ok(width > 1500 && Math.abs(width / height - 33 / 31) < 0.01, `${width} × ${height}`);
  });

  it('keep what is transparent', async () => {
    const picture = await attached('alpha.png', noise(1400, 1000, true));
    assert.equal(picture.mimeType, 'image/webp');
    assert.equal(picture.from.size > pictureLimits.size, true);
  });

  it('that Bedrock does not take are converted without loss', async () => {
    const bytes = bmp(61, 43, [12, 200, 99]);
    const picture = await attached('a.bmp', bytes);
    assert.deepEqual(
      [picture.mimeType, picture.from],
      ['image/png', { width: 61, height: 43, size: bytes.length }],
    );
    const { width, height, pixels } = await shown(alone.page, picture);
    assert.deepEqual([width, height, pixels[0]], [61, 43, [12, 200, 99]]);
  });

  it('are upright, as EXIF says', async () => {
    const jpeg = await alone.page.evaluate(async () => {
      const canvas = new OffscreenCanvas(9000, 600);
      const context = canvas.getContext('2d')!;
      context.fillStyle = '#f00';
      context.fillRect(0, 0, 4500, 600);
      context.fillStyle = '#00f';
      context.fillRect(4500, 0, 4500, 600);
      const blob = await canvas.convertToBlob({ type: 'image/jpeg' });
      return new Uint8Array(await blob.arrayBuffer());
    });
    const picture = await attached('turned.jpg', withOrientation(jpeg, 6));
    assert.deepEqual([picture.from.width, picture.from.height], [600, 9000]);
    const { width, height, ends } = await shown(alone.page, picture);
    assert.deepEqual([width, height], [533, 8000]);
    // What was on the left is above.
    assert.ok(ends.top[0] > 200 && ends.top[2] < 60, ends.top.join());
    assert.ok(ends.bottom[2] > 200 && ends.bottom[0] < 60, ends.bottom.join());
  });

  it('of which only the first frame can be sent say so', async () => {
    const bytes = gif(30, 20, [green, blue], pictureLimits.size);
    assert.ok(bytes.length > pictureLimits.size);
    const picture = await attached('moving.gif', bytes);
    assert.deepEqual([picture.mimeType, picture.isFirstFrame], ['image/png', true]);
    assert.deepEqual((await shown(alone.page, picture)).pixels[0], [...green]);
  });

  it('are scaled for the host, which names the limits', async () => {
    const file = { name: 'a.png', mimeType: '', bytes: new Uint8Array(noise(400, 300)) };
    await alone.tell({ type: 'scalePicture', id: '1', file, maxSize: 20_000, maxEdge: 200 });
    await alone.tell({
      type: 'scalePicture',
      id: '2',
      file: { ...file, bytes: new Uint8Array(9) },
      maxSize: 20_000,
      maxEdge: 200,
    });
    const whole = { ...file, bytes: new Uint8Array(twoColours(10, 5, red, blue)) };
    await alone.tell({ type: 'scalePicture', id: '3', file: whole, maxSize: 20_000, maxEdge: 200 });
    await alone.tell({ type: 'scalePicture', id: '4', file, maxSize: 1, maxEdge: 200 });
    await until(() => alone.posted('scaled').length === 4, 'the page answers');
    const answers = new Map(alone.posted('scaled').map(({ id, picture }) => [id, picture]));
    const scaled = answers.get('1')!;
    assert.deepEqual(scaled.from, { width: 400, height: 300, size: file.bytes.length });
    assert.ok(scaled.bytes.length <= 20_000);
    const { width } = await shown(alone.page, scaled);
    assert.ok(width <= 200 && width > 80, `${width}`);
    assert.equal(answers.get('2'), undefined);
    assert.deepEqual(answers.get('3'), {
      ...whole,
      mimeType: 'image/png',
      from: { width: 10, height: 5, size: whole.bytes.length },
    });
    assert.equal(answers.get('4'), undefined);
  });
});

type Pixel = readonly [number, number, number];

/** The size of a picture, and its pixels: in the middle of its left and right half, and at its upper and lower end. */
function shown(
  page: Page,
  { bytes }: ScaledPicture,
): Promise<{
  readonly width: number;
  readonly height: number;
  readonly pixels: readonly Pixel[];
  readonly ends: { readonly top: Pixel; readonly bottom: Pixel };
}> {
  return page.evaluate(async (data) => {
    const bitmap = await createImageBitmap(new Blob([data]));
    const { width, height } = bitmap;
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const pixel = (x: number, y: number) => {
      const [red = 0, green = 0, blue = 0] = context.getImageData(Math.floor(x), Math.floor(y), 1, 1).data;
      return [red, green, blue] as const;
    };
    return {
      width,
      height,
      pixels: [pixel(width / 4, height / 2), pixel((width * 3) / 4, height / 2)],
      ends: { top: pixel(width / 2, height / 4), bottom: pixel(width / 2, (height * 3) / 4) },
    };
  }, new Uint8Array(bytes));
}
