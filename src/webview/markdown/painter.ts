// Highlights the code of one region, which may take several frames. Until then, the code is plain.
import { Highlighting, isHighlightable } from './highlight';
import type { Child } from './renderContext';

interface Block {
  readonly code: string;
  readonly language: string;
  readonly highlighting: Highlighting;
  contents?: readonly Child[] | undefined;
}

export class Painter {
  readonly #blocks: Block[] = [];
  #deadline: number;

  /** While the region is drawn, highlights until `deadline` (ms of performance.now()). */
  constructor(deadline: number) {
    this.#deadline = deadline;
  }

  get isDone(): boolean {
    return !this.#next;
  }

  /** The highlighted code; undefined if it is not ready or not possible. */
  readonly highlight = (code: string, language: string): readonly Child[] | undefined => {
    const existing = this.#blocks.find((block) => block.code === code && block.language === language);
    if (existing ?? !isHighlightable(code, language)) return existing?.contents;
    const block: Block = { code, language, highlighting: new Highlighting(language) };
    this.#blocks.push(block);
    if (performance.now() < this.#deadline) paintBlock(block, this.#deadline);
    return block.contents;
  };

  /** Continues until `deadline`, with at least one piece of code. Returns whether everything is done. */
  paint(deadline: number): boolean {
    this.#deadline = deadline;
    const block = this.#next;
    if (block) paintBlock(block, deadline);
    return this.isDone;
  }

  get #next(): Block | undefined {
    return this.#blocks.find(({ contents, highlighting }) => !contents && !highlighting.isGivenUp);
  }
}

function paintBlock(block: Block, deadline: number): void {
  block.contents = block.highlighting.next(block.code, deadline);
}
