// What the page knows about a picture before a browser reads it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type PictureHeader,
  pictureHeader,
} from '../../../../../src/webview/reply/attachments/pictureHeader';
import { bmp, claiming, gif, manyPixels, noise, twoColours, withOrientation } from '../../../../pictures';

const red = [255, 0, 0] as const;
const latin1 = (text: string) => Buffer.from(text, 'latin1');

/** A JPEG as far as its size. */
const jpeg = latin1('\xff\xd8\xff\xe0\0\x04JF\xff\xff\xc2\0\x11\x08\x02\x58\x03\x20\x03');
const webp = {
  lossy: latin1('RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x20\x03\x58\x02'),
  lossless: latin1('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x1f\xc3\x95\0'),
  extended: latin1('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x1f\x03\0\x57\x02\0'),
  animated: latin1('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\x1f\x03\0\x57\x02\0'),
};
const avif = (brand: string) => latin1(`\0\0\0\x1cftyp${brand}....ispe\0\0\0\0\0\0\x03\x20\0\0\x02\x58`);

const still = { isAnimated: false, isOpaque: false };
const cases: readonly (readonly [string, Uint8Array, PictureHeader])[] = [
  ['PNG', twoColours(7, 5, red, red), { format: 'png', width: 7, height: 5, ...still, isOpaque: true }],
  ['PNG with alpha', noise(7, 5, true), { format: 'png', width: 7, height: 5, ...still }],
  ['grey PNG', manyPixels(70, 5), { format: 'png', width: 70, height: 5, ...still, isOpaque: true }],
  [
    'PNG with a transparent colour',
    Buffer.concat([twoColours(7, 5, red, red), latin1('tRNS')]),
    { format: 'png', width: 7, height: 5, ...still },
  ],
  [
    'animated PNG',
    Buffer.concat([noise(7, 5, true), latin1('acTL')]),
    { format: 'png', width: 7, height: 5, ...still, isAnimated: true },
  ],
  [
    'a PNG that claims too much',
    claiming(60_000, 4_000_000_000),
    { format: 'png', width: 60_000, height: 4_000_000_000, ...still, isOpaque: true },
  ],
  ['GIF', gif(7, 300, [red]), { format: 'gif', width: 7, height: 300, ...still }],
  [
    'animated GIF',
    gif(7, 300, [red, red], 1000),
    { format: 'gif', width: 7, height: 300, ...still, isAnimated: true },
  ],
  ['BMP', bmp(7, 300, red), { format: 'bmp', width: 7, height: 300, ...still, isOpaque: true }],
  ['JPEG', jpeg, { format: 'jpeg', width: 800, height: 600, ...still, isOpaque: true }],
  [
    'JPEG with EXIF',
    withOrientation(jpeg, 6),
    { format: 'jpeg', width: 800, height: 600, ...still, isOpaque: true },
  ],
  ...(['lossy', 'lossless', 'extended'] as const).map(
    (kind) => [`${kind} WebP`, webp[kind], { format: 'webp', width: 800, height: 600, ...still }] as const,
  ),
  ['animated WebP', webp.animated, { format: 'webp', width: 800, height: 600, ...still, isAnimated: true }],
  ['AVIF', avif('avif'), { format: 'avif', width: 800, height: 600, ...still }],
  ['animated AVIF', avif('avis'), { format: 'avif', width: 800, height: 600, ...still, isAnimated: true }],
];

describe('the header of a picture', () => {
  for (const [name, bytes, header] of cases)
    it(`tells about a ${name}`, () => assert.deepEqual(pictureHeader(bytes), header));

  it('is looked for where the bytes are, within a larger buffer', () => {
    const bytes = Buffer.concat([Buffer.alloc(33), jpeg]).subarray(33);
    assert.deepEqual(pictureHeader(bytes), pictureHeader(jpeg));
  });

  it('is none of a damaged file, of another kind, or of a size of zero', () => {
    for (const text of ['', 'x', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', '\0\0\x01\0\x01\0'])
      assert.equal(pictureHeader(latin1(text)), undefined);
    assert.equal(pictureHeader(claiming(0, 10)), undefined);
    for (const [name, bytes] of cases)
      for (let length = 0; length < 10; length++)
        assert.equal(pictureHeader(bytes.subarray(0, length)), undefined, `${name}, ${length} bytes of it`);
  });

  it('never fails, and never takes long', () => {
    const beginnings = fc.constantFrom(...cases.map(([, bytes]) => bytes.subarray(0, 24)));
    const bytes = fc.oneof(beginnings, fc.constant(latin1('\xff\xd8')), fc.constant(latin1('')));
    fc.assert(
      fc.property(bytes, fc.uint8Array({ maxLength: 400 }), (start, rest) => {
        pictureHeader(Buffer.concat([start, rest]));
      }),
      { numRuns: 2000 },
    );
    const began = performance.now();
    pictureHeader(Buffer.concat([latin1('\xff\xd8'), Buffer.alloc(20_000_000, 0xff)]));
    pictureHeader(Buffer.concat([gif(1, 1, [red]).subarray(0, 13), Buffer.alloc(20_000_000, 0x21)]));
    assert.ok(performance.now() - began < 5_000);
  });
});
