// How many pages a PDF has, as far as that can be found without reading it as a PDF. Does not use VS Code.
import { inflateSync } from 'node:zlib';

/** Limits: a hostile file must not keep anybody waiting. Bytes of a stream of objects, and how many are looked at. */
const maxInflated = 1024 * 1024;
const maxStreams = 200;
/** How many nodes of the tree of pages are looked at, and how many characters of each. */
const maxNodes = 2000;
const maxNodeLength = 20_000;
/** A PDF that claims more is not believed. */
const maxPages = 100_000;

/**
 * undefined if the document does not tell. In a file that is made for the web the first object has the number; in others,
 * the root of the tree of pages has the largest count.
 * https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf
 */
export function pdfPages(bytes: Uint8Array): number | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const text = buffer.toString('latin1');
  const linearized = /\/Linearized\b[^>]{0,400}?\/N\s{1,8}(\d{1,6})\b/.exec(text.slice(0, 2048))?.[1];
  const count = linearized === undefined ? largestCount([text, ...objectStreams(buffer, text)]) : +linearized;
  return count > 0 && count <= maxPages ? count : undefined;
}

function largestCount(texts: Iterable<string>): number {
  let largest = 0;
  let nodes = 0;
  for (const text of texts)
    for (const { index } of text.matchAll(/\/Type\s{0,8}\/Pages\b/g)) {
      if (++nodes > maxNodes) return largest;
      const after = /^[^>]*?\/Count\s{1,8}(\d{1,6})\b/.exec(text.slice(index, index + maxNodeLength));
      const before = /\/Count\s{1,8}(\d{1,6})\b[^<>]*$/.exec(text.slice(Math.max(0, index - 400), index));
      largest = Math.max(largest, Number((after ?? before)?.[1] ?? 0));
    }
  return largest;
}

/** The texts of compressed objects. */
function* objectStreams(buffer: Buffer, text: string): Generator<string, void> {
  let streams = 0;
  for (const { index } of text.matchAll(/\/Type\s{0,8}\/ObjStm\b/g)) {
    if (++streams > maxStreams) return;
    const start = /stream\r?\n/g;
    start.lastIndex = index;
    const found = start.exec(text);
    if (!found) return;
    const inflated = inflatedText(buffer.subarray(found.index + found[0].length));
    if (inflated !== undefined) yield inflated;
  }
}

/** undefined if it is compressed otherwise, encrypted, or too large. */
function inflatedText(bytes: Buffer): string | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: maxInflated }).toString('latin1');
  } catch {
    return undefined;
  }
}
