// Makes a picture one that Bedrock takes: scaled down or converted only as far as needed, else it stays as it is, byte for
// byte. There is no worker for it, since the page's policy loads none; the browser decodes and encodes in threads of its own.
import type { PlainFile, ScaledPicture } from '../../../protocol/attachments';
import { type PictureHeader, pictureHeader } from './pictureHeader';

export interface PictureLimits {
  /** Bytes. */
  readonly size: number;
  /** Pixels. */
  readonly edge: number;
}

export interface FittedPicture {
  /** A ScaledPicture, unless it is the picture as it was. */
  readonly file: PlainFile | ScaledPicture;
  readonly from: ScaledPicture['from'];
  /** A data: URL. */
  readonly thumbnail: string;
}

/** A picture of more pixels would take more than a gigabyte of memory. */
const maxPixels = 2 ** 28;
/** What is encoded anew has no more pixels: models make larger pictures smaller themselves, and each million takes time. */
const maxEncodedPixels = 2 ** 23;
/** The loss at the first is hardly visible; rather than with less than the last, a picture is made smaller. */
const qualities = [0.9, 0.75];
/** How much smaller than a PNG a WebP without loss may be. It takes ten times as long. */
const smallerThanPng = 2;
const thumbnailEdge = 192;
/** So many are drawn at once: within a few frames. */
const pixelsAtOnce = 2 ** 22;
/** Rows. */
const stripMargin = 16;

const taken: ReadonlySet<PictureHeader['format']> = new Set(['png', 'jpeg', 'gif', 'webp']);

/** Never rejects. The result is turned as EXIF says, if it is not the picture itself. */
export async function fitPicture(
  { name, bytes }: PlainFile,
  limits: PictureLimits,
): Promise<FittedPicture | 'notAPicture' | 'tooLarge'> {
  const header = pictureHeader(bytes);
  if (!header) return 'notAPicture';
  if (header.width * header.height > maxPixels) return 'tooLarge';
  const whole = await createImageBitmap(new Blob([bytes as BlobPart])).catch(() => undefined);
  if (!whole) return 'notAPicture';
  const { width, height } = whole;
  const from = { width, height, size: bytes.length };
  const longest = Math.max(width, height);
  const isTaken = taken.has(header.format) && bytes.length <= limits.size && longest <= limits.edge;
  try {
    const bitmap = await withFewerPixels(whole);
    const thumbnail = await thumbnailOf(bitmap);
    if (isTaken) {
      bitmap.close();
      return { file: { name, mimeType: `image/${header.format}`, bytes }, from, thumbnail };
    }
    const blob = await encodeWithin(bitmap, header, limits).finally(() => bitmap.close());
    const fitted = { name, mimeType: blob.type, bytes: new Uint8Array(await blob.arrayBuffer()) };
    return { file: { ...fitted, from, ...(header.isAnimated && { isFirstFrame: true }) }, from, thumbnail };
  } catch {
    // The memory does not suffice, or the limit is too small for any picture.
    return 'tooLarge';
  }
}

/** Scales what has too many pixels, strip by strip: to draw all of a large picture at once would stop the page. */
async function withFewerPixels(whole: ImageBitmap): Promise<ImageBitmap> {
  const { width, height } = whole;
  const scale = Math.sqrt(maxEncodedPixels / (width * height));
  if (scale >= 1) return whole;
  const canvas = new OffscreenCanvas(scaled(width, scale), scaled(height, scale));
  const context = contextOf(canvas);
  const down = canvas.height / height;
  const rows = Math.ceil(pixelsAtOnce / width);
  for (let row = 0; row < height; row += rows) {
    // The pixels at an edge are mixed with those beyond it.
    const top = Math.max(0, row - stripMargin);
    const end = Math.min(height, row + rows + stripMargin);
    const strip = await createImageBitmap(whole, 0, top, width, end - top);
    context.save();
    context.beginPath();
    context.rect(0, Math.floor(row * down), canvas.width, Math.ceil(rows * down) + 1);
    context.clip();
    context.drawImage(strip, 0, top * down, canvas.width, strip.height * down);
    context.restore();
    strip.close();
    // Other things get their turn.
    await new Promise((resolve) => setTimeout(resolve));
  }
  whole.close();
  return canvas.transferToImageBitmap();
}

const scaled = (edge: number, scale: number) => Math.max(1, Math.floor(edge * scale));

/** Encodes without loss if that is small enough, else with as little as possible; what is still too large is scaled. */
async function encodeWithin(
  bitmap: ImageBitmap,
  { format, isOpaque }: PictureHeader,
  limits: PictureLimits,
): Promise<Blob> {
  let scale = Math.min(1, limits.edge / Math.max(bitmap.width, bitmap.height));
  for (let isFirst = true; ; isFirst = false) {
    const canvas = drawn(bitmap, scale);
    const encode = (type: string, quality = 1) => canvas.convertToBlob({ type, quality });
    if (isFirst && format !== 'jpeg' && format !== 'avif') {
      const png = await encode('image/png');
      if (png.size <= limits.size) return png;
      const webp = png.size > limits.size * smallerThanPng ? png : await encode('image/webp');
      if (webp.size <= limits.size) return webp;
    }
    // WebP is better, and takes ten times as long; JPEG can't be transparent.
    const type = isOpaque ? 'image/jpeg' : 'image/webp';
    let blob = await encode(type, qualities[0]);
    for (const quality of qualities.slice(1))
      if (blob.size > limits.size && blob.size < limits.size * 2) blob = await encode(type, quality);
    if (blob.size <= limits.size) return blob;
    if (canvas.width * canvas.height === 1) throw new RangeError('size');
    scale *= Math.min(0.9, Math.sqrt(limits.size / blob.size));
  }
}

/** A data: URL of the picture, small enough to be kept. */
async function thumbnailOf(bitmap: ImageBitmap): Promise<string> {
  const scale = Math.min(1, thumbnailEdge / Math.max(bitmap.width, bitmap.height));
  return dataUrl(await drawn(bitmap, scale).convertToBlob({ type: 'image/webp', quality: 0.8 }));
}

function drawn(bitmap: ImageBitmap, scale: number): OffscreenCanvas {
  const canvas = new OffscreenCanvas(scaled(bitmap.width, scale), scaled(bitmap.height, scale));
  contextOf(canvas).drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  // On the GPU, all would have to come back from there.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new RangeError('canvas');
  context.imageSmoothingQuality = 'high';
  return context;
}

export function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('FileReader'));
    reader.readAsDataURL(blob);
  });
}
