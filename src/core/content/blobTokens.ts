// Estimates the tokens of pictures and documents, whose bytes are not looked at.
import type { DocumentBlock, DocumentFormat, ImageBlock } from '../model/content';

/**
 * Pixels of a picture for each token, and the longest edge, in pixels, to which a model scales it down.
 * https://platform.claude.com/docs/en/build-with-claude/vision#calculate-image-costs
 */
const pixelsPerToken = 750;
const longestEdge = 1568;
/** Of a picture whose size is not known. */
const usualImage = 1600;

export function imageTokens({ width, height }: Pick<ImageBlock, 'width' | 'height'>): number {
  if (!width || !height) return usualImage;
  const scale = Math.min(1, longestEdge / Math.max(width, height));
  return Math.max(1, Math.min(usualImage, Math.round((width * height * scale * scale) / pixelsPerToken)));
}

/**
 * Of a page, its text and its picture: "1,500 to 3,000 tokens a page", and those of a picture.
 * https://platform.claude.com/docs/en/build-with-claude/pdf-support#estimate-your-costs
 */
const perPage = 3000;
/** Bytes of a PDF for each page, if it does not tell how many it has. */
const usualPage = 50_000;

/** Bytes for each token. Word's and Excel's newer formats are compressed, and hold more than text. */
const bytesPerToken: { readonly [F in Exclude<DocumentFormat, 'pdf'>]: number } = {
  ...{ txt: 4, md: 4, csv: 3, html: 4 },
  ...{ doc: 16, docx: 6, xls: 8, xlsx: 4 },
};

export function documentTokens({ format, data, pages }: DocumentBlock): number {
  if (format === 'pdf') return perPage * (pages ?? Math.max(1, Math.round(data.size / usualPage)));
  return Math.ceil(data.size / bytesPerToken[format]);
}
