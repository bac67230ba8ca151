// Finds a code block of a reply: the page names it and never sends its text back.
import type { Turn } from '../core/model/reply';
import type { CodeBlock } from '../markdown/codeBlocks';
import { systemClock } from '../platform/clock';
import type { CodePlace } from '../protocol/reply';
import { loadPart } from '../util/loadPart';

/** A code block and the turn in whose reply it is. */
export interface FoundCode extends CodeBlock {
  readonly turn: Turn;
}

/** The block at a place; undefined if there is none. @throws PartNotLoaded */
export async function codeAt(
  turn: Turn,
  { block, length, isOver }: CodePlace,
): Promise<FoundCode | undefined> {
  return find(turn, block, { length, isOver });
}

/** A block of a turn as it is by now; undefined if there is none. @throws PartNotLoaded */
export async function codeOfTurn(turn: Turn, block: number | 'last'): Promise<FoundCode | undefined> {
  const { text, outcome } = turn.reply;
  return find(turn, block, { length: text.length, isOver: outcome !== undefined });
}

/** The last block of the last turn that has one. @throws PartNotLoaded */
export async function lastCode(turns: readonly Turn[]): Promise<FoundCode | undefined> {
  for (const turn of turns.toReversed()) {
    const found = await codeOfTurn(turn, 'last');
    if (found) return found;
  }
  return undefined;
}

async function find(
  turn: Turn,
  block: number | 'last',
  arrived: Pick<CodePlace, 'length' | 'isOver'>,
): Promise<FoundCode | undefined> {
  const { text } = turn.reply;
  if (!text) return undefined;
  const { codeBlockAt } = await loadPart(() => import('../markdown/markdown.chunk'));
  const found = await codeBlockAt(block, { text, ...arrived }, systemClock.turn);
  return found && { ...found, turn };
}
