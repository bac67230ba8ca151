// Code that is still being written: coloured now and then up to its last whole line, with the rest as plain
// text, so that a frame costs what arrived in it and not what the block holds.
import type { VNode } from 'preact';
import type { OpenFence } from '../../markdown/boundaries';
import { openCodeOf } from '../../markdown/codeBlocks';
import { codeBlock, group, plainCode } from './code';
import { language } from '../../markdown/fencedLines';
import { Highlighting, isHighlightable } from './highlight';
import type { Child, RenderContext } from './renderContext';

const longest = 16_000;
/** Colouring takes at most one part in so many of the time. */
const share = 12;

export class OpenCode {
  #highlighting: Highlighting | undefined;
  #coloured: Child = group([]);
  #length = 0;
  #next = 0;

  /** `source` begins with the fence's own line. `now` is in ms. */
  draw(source: string, fence: OpenFence, around: RenderContext, now: number): VNode {
    const code = openCodeOf(source, fence);
    const [contents, rest] = this.#contents(code, language(fence.info), now);
    return codeBlock(code, fence.info, around, contents, rest);
  }

  #contents(code: string, name: string, now: number): readonly [coloured: Child, rest: string] {
    if (code.length > longest) return [group(plainCode(code)), ''];
    const whole = code.lastIndexOf('\n') + 1;
    if (now >= this.#next && whole > this.#length) {
      const before = performance.now();
      const coloured = this.#colour(code.slice(0, whole), name, before);
      if (coloured) {
        this.#coloured = group(coloured);
        this.#length = whole;
      }
      this.#next = now + share * (performance.now() - before);
    }
    return [this.#coloured, code.slice(this.#length)];
  }

  #colour(code: string, name: string, now: number): readonly Child[] | undefined {
    if (!isHighlightable(code, name)) return [code];
    this.#highlighting ??= new Highlighting(name);
    const coloured = this.#highlighting.next(code, now);
    return coloured ?? (this.#highlighting.isGivenUp ? [code] : undefined);
  }
}
