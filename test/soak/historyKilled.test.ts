// Processes that stream replies and type drafts are killed at random moments, several at a time over one directory. What
// is read afterwards lacks the last 250 ms alone.
//
// 250 ms are the process's own. A window writes by timers, and a timer is late where the machine runs something else; so
// is a write where the disk is busy. So each process has a witness: again and again a timer of 10 ms and an append to
// another file of the same disk. Between two of the witness's ticks at most 25 ms count. On a quiet machine that is the
// time on the clock; on a busy one it is what the process could have done anything with. What was lost is also printed
// by the clock.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { Turn } from '../../src/core/model/reply';
import { promptOf } from '../../src/core/model/request';
import { HistoryDirectory } from '../../src/history/directory';
import { DraftFiles } from '../../src/history/draftFiles';
import { HistoryIndex } from '../../src/history/historyIndex';
import { WindowPresence } from '../../src/history/presence';
import { HistoryStore } from '../../src/history/store';
import { randomFrom } from '../gateway/faults';
import { type Said, clock } from './said';

const kills = Number(process.env['TEST_KILLS'] ?? 200);
const atOnce = 4;
const allowedMs = 250;
const maxTickMs = 25;

/** A turn of which a killed process has spoken. */
interface SaidTurn {
  readonly conversation: string;
  readonly prompt: string;
  readonly at: number;
  readonly texts: { readonly at: number; readonly text: string }[];
  endedAt?: number;
  isPromptStored?: true;
  isReplyStored?: true;
}

interface Killed {
  readonly at: number;
  readonly turns: ReadonlyMap<string, SaidTurn>;
  /** By conversation, the texts in their order. */
  readonly drafts: ReadonlyMap<string, readonly { readonly at: number; readonly text: string }[]>;
  readonly ticks: readonly number[];
  readonly errors: readonly string[];
}

/** Adds up what a process has said until it was killed at `at`. */
function killedAt(at: number, said: readonly Said[]): Killed {
  const turns = new Map<string, SaidTurn>();
  const drafts = new Map<string, { at: number; text: string }[]>();
  const ticks: number[] = [];
  const errors: string[] = [];
  for (const each of said) {
    const turn = 'turn' in each ? turns.get(each.turn) : undefined;
    if (each.type === 'prompt') turns.set(each.turn, { ...each, texts: [] });
    else if (each.type === 'text') turn?.texts.push(each);
    else if (each.type === 'end' && turn) turn.endedAt = each.at;
    else if (each.type === 'promptStored' && turn) turn.isPromptStored = true;
    else if (each.type === 'replyStored' && turn) turn.isReplyStored = true;
    else if (each.type === 'draft')
      drafts.set(each.conversation, [...(drafts.get(each.conversation) ?? []), each]);
    else if (each.type === 'tick') ticks.push(each.at);
    else if (each.type === 'error') errors.push(each.text);
  }
  return { at, turns, drafts, ticks, errors };
}

/** ms of its own that a process had between `from` and its death. */
function ownTime({ at, ticks }: Killed, from: number): number {
  const times = [from, ...ticks.filter((tick) => tick > from && tick < at), at];
  return times.slice(1).reduce((sum, time, i) => sum + Math.min(maxTickMs, time - (times[i] ?? time)), 0);
}

describe('a window that is killed', () => {
  let root: string;
  let directory: HistoryDirectory;
  const running = new Set<ChildProcess>();
  before(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'killed-'));
    directory = new HistoryDirectory(path.join(root, 'history'));
  });
  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await rm(root, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Starts a process, and kills it `lifeMs` after its first word. */
  async function killOne(seed: number, lifeMs: number): Promise<Killed> {
    const program = path.join(__dirname, 'killedWriter.js');
    const child = spawn(process.execPath, [program, directory.path, String(seed)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.add(child);
    const said: Said[] = [];
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      // The last may be half a line.
      if (line.endsWith('}')) said.push(JSON.parse(line) as Said);
    });
    const closed = once(child, 'close');
    await once(lines, 'line');
    await wait(lifeMs);
    const at = clock();
    child.kill('SIGKILL');
    await closed;
    running.delete(child);
    return killedAt(at, said);
  }

  const reader = () => new HistoryStore(directory, new WindowPresence(directory));
  /** ms by the clock, of the oldest text or draft that was lost. */
  let oldestLost = 0;
  const lost = ({ at }: Killed, saidAt: number) => (oldestLost = Math.max(oldestLost, at - saidAt));

  function checkTurn(killed: Killed, said: SaidTurn, turn: Turn | undefined, what: string): void {
    if (!turn) {
      assert.ok(!said.isPromptStored && ownTime(killed, said.at) < allowedMs, `${what}: lost`);
      lost(killed, said.at);
      return;
    }
    const { outcome, text } = turn.reply;
    const all = said.texts.map((each) => each.text).join('');
    assert.equal(promptOf(turn.request), said.prompt, what);
    assert.ok(all.startsWith(text), `${what}: its text is not what was said`);
    assert.ok(outcome, `${what}: it is found as running`);
    if (outcome.kind === 'done') {
      assert.ok(said.endedAt !== undefined, what);
      assert.equal(text.length, all.length, what);
      return;
    }
    assert.equal('failure' in outcome && outcome.failure.kind, 'windowClosed', what);
    const isRecent = said.endedAt === undefined || ownTime(killed, said.endedAt) < allowedMs;
    assert.ok(!said.isReplyStored && isRecent, `${what}: its end is lost`);
    let length = 0;
    const missing = said.texts.find((each) => (length += each.text.length) > text.length);
    if (!missing) return;
    const age = ownTime(killed, missing.at);
    assert.ok(age < allowedMs, `${what}: lost what was said ${age.toFixed(0)} ms before`);
    lost(killed, missing.at);
  }

  async function checkDraft(killed: Killed, conversation: string): Promise<void> {
    const states = [{ at: 0, text: '' }, ...(killed.drafts.get(conversation) ?? [])];
    const presence = new WindowPresence(directory);
    const draft = await new DraftFiles(directory, presence).adopt(conversation);
    await presence.withdraw();
    const found = states.findLastIndex(({ text }) => text === (draft?.text ?? ''));
    assert.ok(found >= 0, `the draft of ${conversation} is not what was typed`);
    const next = states[found + 1];
    if (!next) return;
    const age = ownTime(killed, next.at);
    assert.ok(age < allowedMs, `${conversation}: lost what was typed ${age.toFixed(0)} ms before`);
    lost(killed, next.at);
  }

  async function check(killed: Killed): Promise<void> {
    assert.deepEqual(killed.errors, []);
    const store = reader();
    for (const [id, said] of killed.turns) {
      const conversation = await store.read(said.conversation);
      const turn = conversation?.turns.find(({ request }) => request.id === id);
      checkTurn(killed, said, turn, `turn ${id} of ${said.conversation}`);
    }
    for (const conversation of killed.drafts.keys()) await checkDraft(killed, conversation);
  }

  it(`has lost nothing but its last ${allowedMs} ms, ${kills} times`, async () => {
    const seed = Number(process.env['TEST_SEED'] ?? Date.now() % 1_000_000);
    console.log(`      seed ${seed}`);
    const random = randomFrom(seed);
    const lives = Array.from({ length: kills }, (_, index) => ({ seed: seed + index, ms: random() * 800 }));
    const all: Killed[] = [];
    const lane = async () => {
      for (let life = lives.pop(); life; life = lives.pop()) {
        const killed = await killOne(life.seed, life.ms);
        await check(killed);
        all.push(killed);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, lane));
    assert.equal(all.length, kills);

    // All of it once more, after the others have written to the same conversations, by the list as well.
    const store = reader();
    const index = new HistoryIndex(directory);
    await index.read();
    await index.verify();
    const listed = new Set((await index.read()).map(({ id }) => id));
    let turns = 0;
    for (const killed of all)
      for (const [id, said] of killed.turns) {
        const conversation = await store.read(said.conversation);
        const turn = conversation?.turns.find(({ request }) => request.id === id);
        checkTurn(killed, said, turn, `turn ${id} of ${said.conversation}`);
        if (!turn) continue;
        turns += 1;
        assert.ok(listed.has(said.conversation), `${said.conversation} is not in the list`);
      }
    assert.ok(turns > kills);
    console.log(
      `      ${kills} kills, ${listed.size} conversations, ${turns} turns; lost at most the last ${oldestLost.toFixed(0)} ms by the clock`,
    );
  });
});
