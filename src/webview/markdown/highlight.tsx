// Colours for code, by lowlight's common grammars. A language is never guessed: guessing tries them all.
//
// Grammars are regular expressions, some of which take time that grows with the square of the code, and a call
// cannot be stopped. So code is coloured in pieces, and given up when it has taken its time.
import { common, createLowlight } from 'lowlight';
import type { Child } from './renderContext';

const lowlight = createLowlight(common);

const longestCode = 150_000;
/** How much goes into one call: the slowest grammar takes some 30 ms over as much of the worst code. */
export const pieceLength = 2_000;
/** Code that is all one comment is taken in larger pieces, up to this. */
const longestPiece = 16 * pieceLength;
/** What one call may take, in ms, as far as that can be foretold. */
const longestCall = 30;
const mostTries = 3;
/** What all calls for one block may take, in ms. They are spread over many frames. */
const budget = 1_000;
/** Elements inside elements beyond this become text: browsers recurse over the page. */
const deepest = 50;

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

export function isHighlightable(code: string, language: string): boolean {
  if (!language || code.length > longestCode || !lowlight.registered(language.toLowerCase())) return false;
  return code.length <= pieceLength || code.split('\n').every((line) => line.length < pieceLength);
}

/** The colours of code, found piece by piece. The code may grow at its end. */
export class Highlighting {
  readonly #language: string;
  readonly #done: Child[] = [];
  /** How much of the code has been coloured for good. */
  #length = 0;
  #size = pieceLength;
  /** What calls of this size have taken, at the same place. */
  #times: number[] = [];
  #spent = 0;
  #isGivenUp = false;

  readonly #now: () => number;

  /** `now`: ms, by a clock that nobody sets. */
  constructor(language: string, now = () => performance.now()) {
    this.#language = language.toLowerCase();
    this.#now = now;
  }

  /** True when this code will not have colours. */
  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  /**
   * Colours what it can until `deadline` (ms of performance.now()), one piece at least. Undefined when it is to be
   * called again, or when the code will not have colours.
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
      if (!nodes || this.#spent > budget) this.#isGivenUp = true;
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

  /** Keeps the colours up to where the grammar begins anew; where it nowhere does, tries a larger piece. */
  #keep(piece: string, nodes: readonly Node[], took: number): void {
    const restart = restartIn(piece, nodes);
    if (restart > 0) {
      this.#done.push(...upTo(restart, nodes));
      this.#length += restart;
      this.#size = pieceLength;
      this.#times = [];
      return;
    }
    // A first call takes longer than the grammar needs, and so does one on a busy machine.
    this.#times.push(took);
    if (4 * Math.min(...this.#times) <= longestCall) {
      this.#size *= 2;
      this.#times = [];
    }
    this.#isGivenUp = this.#size > longestPiece || this.#times.length >= mostTries;
  }
}

/** The colours of code, found in one go; undefined when it has none: unknown, too long or too slow. */
export function highlighted(
  code: string,
  language: string,
  now?: () => number,
): readonly Child[] | undefined {
  return isHighlightable(code, language) ? new Highlighting(language, now).next(code, Infinity) : undefined;
}

/**
 * Where in a piece the grammar is in no construct: after a newline that lies in no element. Best where a line
 * begins at the margin, since what is indented may belong to a construct without a colour of its own.
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
    if (depth >= deepest) return [textIn(node)];
    const names = node.properties.className;
    const classes = Array.isArray(names) ? names.join(' ') : '';
    return [<span class={classes}>{contents(node.children, depth + 1)}</span>];
  });
}
