// Code that is still being written: coloured now and then up to its last whole line, with the rest as plain
// text, so that a frame costs what arrived in it and not what the block holds.
import type { Content, Shape } from '../shape';
import type { OpenFence } from './boundaries';
import { codeBlock, language, uncoloured } from './code';
import { highlighted } from './highlight';
import type { Surroundings } from './surroundings';

const longest = 16_000;
/** Colouring takes at most one part in so many of the time. */
const share = 12;

export class OpenCode {
  #coloured: readonly Content[] = [];
  #length = 0;
  #next = 0;

  /** `source` begins with the fence's own line. `now` is in ms. */
  shape(source: string, fence: OpenFence, around: Surroundings, now: number): Shape {
    const code = contentOf(source, fence);
    return codeBlock(code, fence.info, around, this.#contents(code, language(fence.info), now));
  }

  #contents(code: string, name: string, now: number): readonly Content[] {
    if (code.length > longest) return uncoloured(code);
    const whole = code.lastIndexOf('\n') + 1;
    if (now >= this.#next && whole > this.#length) {
      const before = performance.now();
      this.#coloured = highlighted(code.slice(0, whole), name) ?? [code.slice(0, whole)];
      this.#length = whole;
      this.#next = now + share * (performance.now() - before);
    }
    return [...this.#coloured, code.slice(this.#length)];
  }
}

function contentOf(source: string, { marker, indent }: OpenFence): string {
  const code = source.slice(source.indexOf('\n') + 1);
  // The line being written may be the closing fence.
  const lastLine = code.lastIndexOf('\n') + 1;
  const shown =
    /^[ \t]*(?:`+|~+)[ \t]*$/.test(code.slice(lastLine)) && code.slice(lastLine).includes(marker[0] ?? '')
      ? code.slice(0, lastLine)
      : code;
  return indent > 0 ? shown.replace(new RegExp(`^ {1,${indent}}`, 'gm'), '') : shown;
}
