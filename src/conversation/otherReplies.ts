// Follows replies that run in other windows by their journals alone: to read the whole conversation each time would take
// longer the longer it is.
import { stat } from 'node:fs/promises';
import type { Turn } from '../core/model/reply';
import type { HistoryDirectory } from '../history/directory';
import { type JournalLine, journalLines } from '../history/journal';
import type { WindowPresence } from '../history/presence';
import { AppendedText } from '../platform/node/appendedText';
import { unlessMissing } from '../platform/node/files';
import type { Conversations } from './conversations';

interface FollowedReply {
  readonly journal: AppendedText;
  /** The window in which it runs; '' if its journal has not said. */
  window: string;
  /** How much of its text from the beginning of the journal is known already, in characters. */
  known: { text: number; reasoning: number };
}

export interface OtherRepliesDeps {
  readonly conversations: Pick<Conversations, 'addEvent' | 'allTurns' | 'runsElsewhere'>;
  readonly directory: Pick<HistoryDirectory, 'conversation' | 'running'>;
  readonly presence: Pick<WindowPresence, 'isOpen'>;
}

export class OtherReplies {
  private conversation = '';
  /** Bytes of the conversation's file when it was read. */
  private size: number | undefined;
  /** By request. */
  private readonly replies = new Map<string, FollowedReply>();

  constructor(private readonly deps: OtherRepliesDeps) {}

  /** Call it before a conversation is read: what is written from now on is new. */
  async begin(conversation: string): Promise<void> {
    const size = await this.sizeOf(conversation);
    this.conversation = conversation;
    this.size = size;
    this.replies.clear();
  }

  /** Call it when Conversations has a conversation as it was read. */
  restart(): void {
    this.replies.clear();
  }

  /**
   * Adds to Conversations what other windows have written of running replies since the conversation was read. Resolves to
   * false if it must be read again: something was added to it, a reply has ended, or its window has.
   */
  async follow(conversation: string): Promise<boolean> {
    if (conversation !== this.conversation || (await this.sizeOf(conversation)) !== this.size) return false;
    const { conversations } = this.deps;
    const running = conversations.allTurns(conversation).filter((turn) => conversations.runsElsewhere(turn));
    const followed = await Promise.all(running.map((turn) => this.followReply(turn)));
    return followed.every(Boolean);
  }

  private async followReply({ request: { id, conversation }, reply }: Turn): Promise<boolean> {
    const { directory, presence } = this.deps;
    let followed = this.replies.get(id);
    if (!followed) {
      const known = { text: reply.text.length, reasoning: reply.reasoning.length };
      followed = { journal: new AppendedText(directory.running(conversation, id)), window: '', known };
      this.replies.set(id, followed);
    }
    const added = await followed.journal.read();
    // If the conversation was read meanwhile, it may have these lines already.
    if (!added || this.replies.get(id) !== followed) return false;
    for (const line of journalLines(added.text)) this.take(id, followed, line);
    return presence.isOpen(followed.window);
  }

  private take(id: string, followed: FollowedReply, line: JournalLine): void {
    if (!('event' in line)) {
      followed.window = line.window || followed.window;
      return;
    }
    const { at, event } = line;
    if (event.type !== 'text' && event.type !== 'reasoning') {
      this.deps.conversations.addEvent(id, event, at);
      return;
    }
    const { known } = followed;
    const text = event.text.slice(known[event.type]);
    known[event.type] = Math.max(0, known[event.type] - event.text.length);
    if (text) this.deps.conversations.addEvent(id, { ...event, text }, at);
  }

  private async sizeOf(conversation: string): Promise<number | undefined> {
    return (await unlessMissing(stat(this.deps.directory.conversation(conversation))))?.size;
  }
}
