// What a list of conversations shows of each.
import { isBlobRef } from '../core/content/blockKinds';
import { type BlobRef, blobName } from '../core/model/content';
import { isRecord } from '../core/model/json';
import { type Request, promptBlobs, promptOf } from '../core/model/request';
import { oneLine, shortened } from '../util/plainText';
import { isId } from './directory';
import type { Entry } from './entries';
import { isListOf, isNumber, isString, isTime } from './replyFields';

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
  /** The pictures and documents of its prompts, each once; absent if there are none. */
  readonly blobs?: readonly BlobRef[];
  /** Bytes of its file when the summary was made. */
  readonly size: number;
}

/** Characters of a title. */
const maxTitleLength = 120;

/** Makes the summary of a conversation from its entries. Those of a line that is read twice count once. */
export class SummaryBuilder {
  private readonly turns = new Set<string>();
  /** USD, by turn. */
  private readonly costs = new Map<string, number>();
  /** By SHA-256. */
  private readonly blobs = new Map<string, BlobRef>();
  private ownTitle: string | undefined;
  private isPinned = false;
  private firstTitle = '';
  private last = { model: '', at: 0 };

  constructor(private readonly id: string) {}

  add(entry: Entry): void {
    switch (entry.type) {
      case 'prompt':
        this.addPrompt(entry.request, entry.at);
        break;
      case 'cost':
        this.costs.set(entry.turn, entry.usd);
        break;
      case 'title':
        this.ownTitle = entry.title;
        break;
      case 'pinned':
        this.isPinned = entry.pinned;
        break;
      case 'reply':
      case 'shown':
        // Nothing of them is shown in a list.
        break;
    }
  }

  /**
   * A line that can't be read: damaged, or written by a later version of this extension. Whatever may be a picture or a
   * document in it is in use.
   */
  addUnread(line: string): void {
    for (const [, sha256 = '', size = '0'] of line.matchAll(/([0-9a-f]{64})(?:","size":(\d{1,12}))?/g))
      if (!this.blobs.has(sha256)) this.blobs.set(sha256, { sha256, size: Number(size) });
  }

  /** The SHA-256 of each picture and document, also if there is no prompt that can be read. */
  get used(): readonly string[] {
    return [...this.blobs.keys()];
  }

  /** undefined if there is no prompt. `size`: bytes of the conversation's file. */
  summary(size: number): Summary | undefined {
    const { id, turns, costs, blobs, isPinned } = this;
    if (turns.size === 0) return undefined;
    const usd = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
    return {
      ...{ id, title: this.ownTitle ?? this.firstTitle, ...this.last },
      turns: turns.size,
      ...(costs.size > 0 && { usd }),
      unpriced: turns.size - costs.size,
      ...(blobs.size > 0 && { blobs: [...blobs.values()] }),
      ...{ isPinned, size },
    };
  }

  private addPrompt({ id, conversation, target, ...request }: Request, at: number): void {
    if (this.turns.has(id) || conversation !== this.id) return;
    if (this.turns.size === 0) this.firstTitle = requestTitle(request);
    for (const { data } of promptBlobs(request)) this.blobs.set(data.sha256, data);
    this.turns.add(id);
    this.last = { model: target.model, at };
  }
}

/** The title of a prompt: the beginning of its text, else the names of what is attached. */
export function requestTitle(request: Pick<Request, 'messages'>): string {
  const text = promptTitle(promptOf(request));
  return text || promptTitle(promptBlobs(request).map(blobName).join(', '));
}

/** The first line of a prompt that has words. */
export function promptTitle(prompt: string): string {
  const beginning = prompt.slice(0, 4000);
  const lines = beginning.split(/[\r\n]+/).map((line) => oneLine(line).trim());
  const line = lines.find((text) => /[\p{L}\p{N}]/u.test(text)) ?? lines.find(Boolean) ?? '';
  return shortened(line.replace(/^#+\s+/, ''), maxTitleLength);
}

const areBlobs = isListOf(isBlobRef);

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
    (value['blobs'] === undefined || areBlobs(value['blobs'])) &&
    typeof value['isPinned'] === 'boolean'
  );
}
