// A process that streams replies and types drafts as a window does, until it is killed:
// `node killedWriter.js DIRECTORY SEED`. It says everything on its standard output before it hands it to the history.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ReplyEvent, type Turn, newReply, reduceReply } from '../../src/core/model/reply';
import { HistoryDirectory } from '../../src/history/directory';
import { emptyDraft } from '../../src/history/draft';
import { DraftFiles } from '../../src/history/draftFiles';
import { DraftWriter } from '../../src/history/draftWriter';
import { HistoryIndex } from '../../src/history/historyIndex';
import { WindowPresence } from '../../src/history/presence';
import { ReplyWriter } from '../../src/history/replyWriter';
import { HistoryStore } from '../../src/history/store';
import { done, requestIn } from '../unit/history/turns';
import { randomFrom } from '../gateway/faults';
import { type Said, clock } from './said';

type Unsaid<T> = T extends unknown ? Omit<T, 'at'> : never;

function say(said: Unsaid<Said>): void {
  writeSync(1, `${JSON.stringify({ at: clock(), ...said })}\n`);
}

const pieces = ['a word ', 'ÄÖ ', '日本語の返答。', '\n', '"quoted" ', '\\', '🙂', '\u2028', '```ts\n'];

async function main([directoryPath = '', seed = '0']: readonly string[]): Promise<void> {
  const random = randomFrom(Number(seed));
  const chance = (share: number) => random() < share;
  const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
  const pause = () => wait(1 + random() * 30);
  const onError = (error: unknown) => say({ type: 'error', text: String(error) });

  // As History and Drafts put them together.
  const directory = new HistoryDirectory(directoryPath);
  const presence = new WindowPresence(directory);
  const store = new HistoryStore(directory, presence);
  const index = new HistoryIndex(directory);
  const replies = new ReplyWriter(store, onError);
  const files = new DraftFiles(directory, presence);
  const drafts = new DraftWriter({ files: () => files, onError });

  async function stream(conversation: string, parent: string | undefined): Promise<string> {
    const id = randomUUID();
    const prompt = `Prompt ${id} ${pick(pieces)}`;
    const at = Date.now();
    let turn: Turn = { request: requestIn({ id, conversation, parent, prompt }), reply: newReply(at) };
    const apply = (event: ReplyEvent) => {
      turn = { ...turn, reply: reduceReply(turn.reply, event, Date.now()) };
      replies.push(id, event, Date.now());
    };
    say({ type: 'prompt', conversation, turn: id, prompt });
    replies
      .begin(turn)
      .then(() => say({ type: 'promptStored', turn: id }))
      .then(() => index.update(conversation))
      .catch(onError);
    apply({ type: 'attempt', number: 1, operation: 'converse-stream' });
    for (let count = Math.floor(random() * 40); count > 0; count--) {
      await pause();
      const text = (pick(pieces) ?? '').repeat(chance(0.02) ? 100_000 : 1 + Math.floor(random() * 20));
      say({ type: 'text', turn: id, text });
      apply({ type: 'text', text });
      if (chance(0.05)) apply({ type: 'reasoning', text: 'Hm. ' });
    }
    say({ type: 'end', turn: id });
    turn = { ...turn, reply: reduceReply(turn.reply, done, Date.now()) };
    replies
      .end(turn)
      .then(() => say({ type: 'replyStored', turn: id }))
      .then(() => index.update(conversation))
      .catch(onError);
    return id;
  }

  async function type(conversation: string): Promise<void> {
    let text = '';
    for (;;) {
      await pause();
      // Sent, or more typed.
      text = chance(0.03) ? '' : text + (pick(pieces) ?? '');
      say({ type: 'draft', conversation, text });
      drafts.set(conversation, { ...emptyDraft, text });
    }
  }

  /** One conversation after the other, sometimes one that another process has begun, which may still run. */
  async function converse(): Promise<void> {
    for (;;) {
      const known = await directory.conversations();
      const other = chance(0.4) ? pick(known) : undefined;
      const before = other === undefined ? undefined : await store.read(other);
      let parent = before?.turns.at(-1)?.request.id;
      const conversation = parent === undefined ? randomUUID() : (other ?? '');
      for (let count = 1 + Math.floor(random() * 3); count > 0; count--)
        parent = await stream(conversation, parent);
    }
  }

  async function tick(): Promise<void> {
    const witness = path.join(path.dirname(directoryPath), `witness-${process.pid}`);
    for (;;) {
      await wait(10);
      await appendFile(witness, '.');
      say({ type: 'tick' });
    }
  }

  await Promise.all([tick(), converse(), converse(), converse(), type(randomUUID()), type(randomUUID())]);
}

void main(process.argv.slice(2));
