// The colours of one region's code, which may take more than one frame to find. Until then the code is plain.
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

  /** Colours what it can until `deadline` (ms of performance.now()), while the region is drawn. */
  constructor(deadline: number) {
    this.#deadline = deadline;
  }

  get isDone(): boolean {
    return !this.#next;
  }

  /** The colours of code, where they are found. */
  readonly highlight = (code: string, language: string): readonly Child[] | undefined => {
    const known = this.#blocks.find((block) => block.code === code && block.language === language);
    if (known ?? !isHighlightable(code, language)) return known?.contents;
    const block: Block = { code, language, highlighting: new Highlighting(language) };
    this.#blocks.push(block);
    if (performance.now() < this.#deadline) paintBlock(block, this.#deadline);
    return block.contents;
  };

  /** Goes on until `deadline`, with one piece of code at least; true when there is no more to find. */
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
