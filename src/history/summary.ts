// What a list of conversations shows of each.
import { isRecord } from '../core/model/json';
import { promptOf } from '../core/model/request';
import { oneLine, shortened } from '../util/plainText';
import { isId } from './directory';
import type { StoredConversation } from './entries';
import { isNumber, isString, isTime } from './replyFields';

export interface Summary {
  readonly id: string;
  /** The user's title, else the beginning of the first prompt. */
  readonly title: string;
  /** The ID of the model of the last prompt. */
  readonly model: string;
  /** When the last prompt was sent, ms since the epoch. */
  readonly at: number;
  readonly turns: number;
  /** What all replies cost, USD; absent if none of them has a known cost. */
  readonly usd?: number;
  /** How many replies have no known cost. */
  readonly unpriced: number;
  readonly isPinned: boolean;
  /** Bytes of its file when the summary was made. */
  readonly size: number;
}

/** Characters of a title. */
const maxTitleLength = 120;

/** `size`: bytes of the conversation's file. */
export function summarize(conversation: StoredConversation, size: number): Summary {
  const { id, turns, costs, pinned } = conversation;
  const last = turns.at(-1);
  const usd = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  return {
    id,
    title: conversation.title ?? promptTitle(turns[0] ? promptOf(turns[0].request) : ''),
    model: last?.request.target.model ?? '',
    at: last?.reply.startedAt ?? 0,
    turns: turns.length,
    ...(costs.size > 0 && { usd }),
    unpriced: turns.length - costs.size,
    isPinned: pinned,
    size,
  };
}

/** The first line of a prompt that has words. */
export function promptTitle(prompt: string): string {
  const beginning = prompt.slice(0, 4000);
  const lines = beginning.split(/[\r\n]+/).map((line) => oneLine(line).trim());
  const line = lines.find((text) => /[\p{L}\p{N}]/u.test(text)) ?? lines.find(Boolean) ?? '';
  return shortened(line.replace(/^#+\s+/, ''), maxTitleLength);
}

export function isSummary(value: unknown): value is Summary {
  if (!isRecord(value)) return false;
  // Field by field: there may be thousands.
  return (
    isId(value['id']) &&
    isString(value['title']) &&
    isString(value['model']) &&
    isTime(value['at']) &&
    isNumber(value['turns']) &&
    isNumber(value['unpriced']) &&
    isNumber(value['size']) &&
    (value['usd'] === undefined || isNumber(value['usd'])) &&
    typeof value['isPinned'] === 'boolean'
  );
}
