// Highlights code with lowlight's common grammars. It never guesses the language, since that would try all grammars.
//
// Grammars are regular expressions. Some take quadratic time, and a call can't be stopped. So code is highlighted in
// pieces, and without colours if that takes too long.
import { common, createLowlight } from 'lowlight';
import type { Child } from './renderContext';

const lowlight = createLowlight(common);

const maxCodeLength = 150_000;
/** Characters per call: the slowest grammar takes about 30 ms for that much of the worst code. */
export const pieceLength = 2_000;
/** The largest piece, for code such as one long comment. */
const maxPieceLength = 16 * pieceLength;
/** The expected maximum time of one call, in ms. */
const maxCallMs = 30;
const maxTries = 3;
/** The total time of all calls for one block, in ms, spread over many frames. */
const budgetMs = 1_000;
/** Deeper elements become text, since browsers recurse over the page. */
const maxDepth = 50;

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

export function isHighlightable(code: string, language: string): boolean {
  if (!language || code.length > maxCodeLength || !lowlight.registered(language.toLowerCase())) return false;
  return code.length <= pieceLength || code.split('\n').every((line) => line.length < pieceLength);
}

/** Highlights code piece by piece. The code may grow at its end. */
export class Highlighting {
  readonly #language: string;
  readonly #done: Child[] = [];
  /** How many characters are finished. */
  #length = 0;
  #size = pieceLength;
  /** The times of the calls with this size at this position, in ms. */
  #times: number[] = [];
  #spent = 0;
  #isGivenUp = false;

  readonly #now: () => number;

  /** `now`: a monotonic clock, in ms. */
  constructor(language: string, now = () => performance.now()) {
    this.#language = language.toLowerCase();
    this.#now = now;
  }

  /** Whether highlighting was given up. */
  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  /**
   * Highlights until `deadline` (ms of performance.now()), at least one piece. Returns undefined if it must be called
   * again, or if highlighting was given up.
   */
  next(code: string, deadline: number): readonly Child[] | undefined {
    while (!this.#isGivenUp) {
      const isRest = code.length - this.#length <= this.#size;
      const end = isRest ? code.length : code.lastIndexOf('\n', this.#length + this.#size - 1) + 1;
      const piece = code.slice(this.#length, end);
      const before = this.#now();
      const nodes = this.#highlight(piece);
      const now = this.#now();
      if (nodes && isRest) return [...this.#done, ...contents(nodes)];
      this.#spent += now - before;
      if (!nodes || this.#spent > budgetMs) this.#isGivenUp = true;
      else this.#keep(piece, nodes, now - before);
      if (now >= deadline) return undefined;
    }
    return undefined;
  }

  #highlight(piece: string): readonly Node[] | undefined {
    try {
      return lowlight.highlight(this.#language, piece).children;
    } catch {
      return undefined;
    }
  }

  /** Keeps the result up to where the grammar restarts; if it restarts nowhere, tries a larger piece. */
  #keep(piece: string, nodes: readonly Node[], took: number): void {
    const restart = restartIn(piece, nodes);
    if (restart > 0) {
      this.#done.push(...upTo(restart, nodes));
      this.#length += restart;
      this.#size = pieceLength;
      this.#times = [];
      return;
    }
    // The first call, and one on a busy machine, takes longer than the grammar needs.
    this.#times.push(took);
    if (4 * Math.min(...this.#times) <= maxCallMs) {
      this.#size *= 2;
      this.#times = [];
    }
    this.#isGivenUp = this.#size > maxPieceLength || this.#times.length >= maxTries;
  }
}

/** Highlights code in one go; undefined if the language is unknown, or the code is too long or too slow. */
export function highlighted(
  code: string,
  language: string,
  now?: () => number,
): readonly Child[] | undefined {
  return isHighlightable(code, language) ? new Highlighting(language, now).next(code, Infinity) : undefined;
}

/**
 * The position in a piece where the grammar can restart: after a newline outside of any element. Preferably before a line
 * without indentation, since an indented line may belong to a construct without an element.
 */
function restartIn(piece: string, nodes: readonly Node[]): number {
  let at = 0;
  let [any, atMargin] = [0, 0];
  for (const node of nodes) {
    const text = textIn(node);
    if (node.type === 'text')
      for (let line = text.indexOf('\n') + 1; line > 0; line = text.indexOf('\n', line) + 1) {
        any = at + line;
        if (/[^\s})\]]/.test(piece.charAt(any))) atMargin = any;
      }
    at += text.length;
  }
  return atMargin > piece.length / 4 ? atMargin : any;
}

function upTo(length: number, nodes: readonly Node[]): readonly Child[] {
  const kept: Child[] = [];
  let at = 0;
  for (const node of nodes) {
    if (at >= length) break;
    const text = textIn(node);
    if (node.type === 'text') kept.push(text.slice(0, length - at));
    else kept.push(...contents([node]));
    at += text.length;
  }
  return kept;
}

function textIn(node: Node): string {
  const texts: string[] = [];
  const open: Node[] = [node];
  for (let next = open.pop(); next; next = open.pop()) {
    if (next.type === 'text') texts.push(next.value);
    else if (next.type === 'element') open.push(...next.children.toReversed());
  }
  return texts.join('');
}

function contents(nodes: readonly Node[], depth = 0): readonly Child[] {
  return nodes.flatMap((node): readonly Child[] => {
    if (node.type === 'text') return [node.value];
    if (node.type !== 'element') return [];
    if (depth >= maxDepth) return [textIn(node)];
    const names = node.properties.className;
    const classes = Array.isArray(names) ? names.join(' ') : '';
    return [<span class={classes}>{contents(node.children, depth + 1)}</span>];
  });
}
