// A code block that is still being written. It is highlighted from time to time up to its last complete line, with the
// rest as plain text, so that a frame costs as much as the text that arrived, not as the whole block.
import type { VNode } from 'preact';
import type { OpenFence } from '../../markdown/boundaries';
import { openCodeOf } from '../../markdown/codeBlocks';
import { codeBlock, group, plainCode } from './code';
import { language } from '../../markdown/fencedLines';
import { Highlighting, isHighlightable } from './highlight';
import type { Child, RenderContext } from './renderContext';

const maxHighlightedLength = 16_000;
/** Highlighting takes at most one part in this many of the time. */
const timeShare = 12;

export class OpenCode {
  #highlighting: Highlighting | undefined;
  #coloured: Child = group([]);
  #length = 0;
  #next = 0;

  /** `source` begins with the line of the fence. `now` is in ms. */
  draw(source: string, fence: OpenFence, context: RenderContext, now: number): VNode {
    const code = openCodeOf(source, fence);
    const [contents, rest] = this.#contents(code, language(fence.info), now);
    return codeBlock(code, fence.info, context, contents, rest);
  }

  #contents(code: string, name: string, now: number): readonly [coloured: Child, rest: string] {
    if (code.length > maxHighlightedLength) return [group(plainCode(code)), ''];
    const completeLength = code.lastIndexOf('\n') + 1;
    if (now >= this.#next && completeLength > this.#length) {
      const before = performance.now();
      const coloured = this.#colour(code.slice(0, completeLength), name, before);
      if (coloured) {
        this.#coloured = group(coloured);
        this.#length = completeLength;
      }
      this.#next = now + timeShare * (performance.now() - before);
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
