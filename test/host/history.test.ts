// The history of a window, with its conversations and drafts as the shell puts them together.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, rename, rm, rmdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ReplyEvent } from '../../src/core/model/reply';
import { textBlock } from '../../src/core/model/content';
import { type Request, frozen } from '../../src/core/model/request';
import { type HistoryCommandDeps, historyCommands } from '../../src/historyView/commands';
import { HistoryTree } from '../../src/historyView/historyTree';
import { atIntervals } from '../../src/historyView/notices';
import { until } from '../limits';
import { prepared } from '../unit/asking';
import { type HistoryWindow, type WindowOptions, openPanel, openWindow } from './historyWindow';

const { request: sample } = prepared({ url: 'https://gateway.example/v1/account/gateway' });
const requestIn = (conversation: string, id: string, parent?: string): Request =>
  frozen({
    ...sample,
    ...{ id, conversation },
    ...(parent !== undefined && { parent }),
    messages: [{ role: 'user', content: [textBlock(`Prompt ${id}`)] }],
  });

/** A promise that resolves when `open` is called. */
function gateOf(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

const shownIn = ({ conversations }: HistoryWindow, id: string) =>
  conversations.get(id)?.turns.map(({ request, reply }) => `${request.id} ${reply.text}`);

/** Call it in a describe(): each test has a directory of its own, and its windows are closed after it. */
function windowsForEachTest() {
  let directory = '';
  const windows: HistoryWindow[] = [];
  beforeEach(async () => {
    directory = path.join(await mkdtemp(path.join(os.tmpdir(), 'history-')), 'history');
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
    await rm(path.dirname(directory), { recursive: true, force: true, maxRetries: 5 });
  });
  const open = (options?: WindowOptions): HistoryWindow => {
    const window = openWindow(directory, options);
    windows.push(window);
    return window;
  };
  return { open, directory: () => directory };
}

describe('the history of a window', () => {
  const { open, directory } = windowsForEachTest();

  it('deletes all drafts with all conversations, also one that belongs to no conversation', async () => {
    const { conversations, drafts, history } = open();
    const removed: unknown[] = [];
    history.onDidRemove((ids) => removed.push(ids));
    await conversations.send(requestIn('c', 'a'));
    await history.whenWritten();
    for (const id of ['c', 'without-prompt', 'typed-last']) drafts.update(id, { text: 'Typed' });
    await drafts.flush();
    drafts.update('typed-last', { text: 'Typed, and not yet written' });
    await history.removeAll();
    assert.deepEqual(removed, ['all']);
    await drafts.flush();
    for (const id of ['c', 'without-prompt', 'typed-last']) assert.equal(drafts.get(id).text, '', id);
    assert.deepEqual(await history.directory.drafts(), []);
  });

  it('shows an empty composer once what was typed is deleted with all', async () => {
    const window = open();
    const { panel, shown } = openPanel(window);
    try {
      await panel.startConversation();
      window.drafts.update(shown.at(-1)!, { text: 'Typed' });
      await window.history.removeAll();
      await panel.startConversation();
      assert.equal(shown.length, 2);
      assert.notEqual(shown[0], shown[1]);
    } finally {
      panel.dispose();
    }
  });

  it('keeps the place of a turn that could not be written until the disk was fine again', async () => {
    const errors: unknown[] = [];
    const { conversations, history } = open({ onError: (error) => errors.push(error) });
    const file = history.directory.conversation('c');
    await conversations.send(requestIn('c', 'p0'));
    await history.whenWritten();
    await rename(file, `${file}.aside`);
    await mkdir(file);
    await conversations.send(requestIn('c', 'p1', 'p0'));
    await until(() => errors.length > 1, 'neither prompt nor reply could be written');
    await rmdir(file);
    await rename(`${file}.aside`, file);
    await conversations.send(requestIn('c', 'p2', 'p1'));
    await history.whenWritten();
    const later = open();
    await later.history.open('c');
    assert.deepEqual(shownIn(later, 'c'), ['p0 A reply.', 'p1 A reply.', 'p2 A reply.']);
    assert.deepEqual(later.conversations.versions('p0').ids, ['p0']);
    assert.deepEqual(
      (await later.history.summaries()).map(({ turns: count }) => count),
      [3],
    );
  });

  describe('that is full', () => {
    /** A conversation of an earlier session, and one that makes the history too large. */
    const fill = async (before: (window: HistoryWindow) => Promise<void> | void = () => undefined) => {
      const first = open();
      await first.conversations.send(requestIn('old', 'p0'));
      await first.conversations.send(requestIn('old', 'p1', 'p0'));
      await first.close();
      const other = open();
      await other.history.open('old');
      await before(other);
      const full = open({ maxSize: () => 1 });
      full.conversations.keepShown(() => 'new');
      await full.conversations.send(requestIn('new', 'q'));
      await full.history.whenWritten();
      return { other, trimmed: full.trimmed, left: await full.history.directory.conversations() };
    };

    it('loses its oldest conversation, which comes back whole when another window goes on in it', async () => {
      const { other, left, trimmed } = await fill();
      assert.deepEqual([left, trimmed], [['new'], [1]]);
      await other.conversations.send(requestIn('old', 'p2', 'p1'));
      await other.close();
      const later = open();
      await later.history.open('old');
      assert.deepEqual(shownIn(later, 'old'), ['p0 A reply.', 'p1 A reply.', 'p2 A reply.']);
    });

    it('keeps a conversation in which something is typed in another window', async () => {
      const { left } = await fill(async ({ drafts }) => {
        drafts.update('old', { text: 'Typed' });
        await drafts.flush();
      });
      assert.deepEqual([...left].sort(), ['new', 'old']);
    });

    it('keeps a conversation that another window shows', async () => {
      const { left } = await fill(async ({ history }) => {
        history.show('old');
        await history.whenWritten();
      });
      assert.deepEqual([...left].sort(), ['new', 'old']);
    });

    it('keeps no conversation for a window that shows another one now, or is closed', async () => {
      const { left, other } = await fill(async ({ history }) => {
        history.show('old');
        history.show('of no prompt');
        await history.whenWritten();
      });
      assert.deepEqual(left, ['new']);
      await other.close();
      assert.deepEqual(await other.history.directory.windowsWithShown(), []);
    });
  });

  it('follows a reply that runs in another window by what is new of it alone', async () => {
    const gates: (() => void)[] = [];
    const wait = () => new Promise<void>((resolve) => gates.push(resolve));
    async function* ask(): AsyncGenerator<ReplyEvent, void> {
      yield { type: 'text', text: 'One. ' };
      await wait();
      yield { type: 'reasoning', text: 'Hm.' };
      yield { type: 'text', text: 'Two. ' };
      await wait();
      yield { type: 'text', text: 'Three.' };
      yield { type: 'ended', outcome: { kind: 'done', stopReason: 'end_turn' } };
    }
    const [first, other] = [open({ ask }), open()];
    const sent = first.conversations.send(requestIn('c', 'p0'));
    const journal = first.history.directory.running('c', 'p0');
    // Not there yet at first.
    const isWritten = async (text: string) =>
      (await readFile(journal, 'utf8').catch(() => '')).includes(text);
    await until(async () => gates.length === 1 && (await isWritten('One.')), 'it has begun');
    await other.history.open('c');
    const seen: unknown[] = [];
    other.conversations.onDidChange(({ event }) => seen.push(event));
    other.conversations.onDidAdopt(() => seen.push('all'));
    const follow = () => other.history.followOthers('c');
    assert.deepEqual([await follow(), await follow(), seen], [true, true, []]);
    gates.shift()?.();
    await until(() => isWritten('Two.'), 'it goes on');
    assert.deepEqual([await follow(), await follow()], [true, true]);
    assert.deepEqual(seen, [
      { type: 'reasoning', text: 'Hm.' },
      { type: 'text', text: 'Two. ' },
    ]);
    gates.shift()?.();
    await sent;
    await first.history.whenWritten();
    assert.equal(await follow(), false);
    await other.history.open('c');
    assert.deepEqual(shownIn(other, 'c'), ['p0 One. Two. Three.']);
    assert.equal(await follow(), true);
  });

  it('reads a conversation again if the window has crashed in which a reply of it runs', async () => {
    const wait = gateOf();
    async function* ask(): AsyncGenerator<ReplyEvent, void> {
      yield { type: 'text', text: 'Half.' };
      await wait.opened;
      yield { type: 'ended', outcome: { kind: 'stopped' } };
    }
    const [first, other] = [open({ ask }), open()];
    const sent = first.conversations.send(requestIn('c', 'p0'));
    const { directory: files } = first.history;
    await until(async () => (await files.runningReplies()).length > 0, 'it has begun');
    await first.history.whenWritten();
    await other.history.open('c');
    assert.equal(await other.history.followOthers('c'), true);
    await rm(path.join(directory(), 'windows'), { recursive: true });
    assert.equal(await other.history.followOthers('c'), false);
    wait.open();
    await sent;
  });

  it('does not write later what was said while it was off', async () => {
    let isEnabled = false;
    const window = open({ isEnabled: () => isEnabled });
    await window.conversations.send(requestIn('c', 'p0'));
    isEnabled = true;
    await window.conversations.send(requestIn('c', 'p1', 'p0'));
    await window.close();
    const later = open();
    await later.history.open('c');
    assert.deepEqual(shownIn(later, 'c'), ['p1 A reply.']);
  });
});

describe('a draft that belongs to no conversation', () => {
  const { open } = windowsForEachTest();
  const attachments = [{ id: 'x', name: 'main.ts:1', text: '```\ncode\n```', sources: [] }];
  const queue = [{ id: 'q', text: 'Queued', after: 'a', attachments: [] }];

  /** The rows of the history, with the drafts marked. */
  const rowsIn = async (window: HistoryWindow) => {
    const { history, conversations, drafts } = window;
    const onError = (error: unknown) => assert.fail(String(error));
    const tree = new HistoryTree({ history, conversations, drafts, onError, labelOf: () => undefined });
    const groups = await tree.getChildren();
    const nodes = (await Promise.all(groups.map((group) => tree.getChildren(group)))).flat();
    const rows = nodes.map((node) => {
      const { label, description, contextValue } = tree.getTreeItem(node);
      const title = typeof label === 'string' ? label : '';
      return contextValue === 'draft' ? `${title} (${String(description)})` : title;
    });
    tree.dispose();
    return { nodes, rows: rows.sort() };
  };

  it('is in the list of its window, also if nothing but an attachment or a queue is in it', async () => {
    const window = open();
    await window.conversations.send(requestIn('c', 'a'));
    await window.history.whenWritten();
    window.drafts.update('c', { text: 'A follow-up' });
    window.drafts.update('typed', { text: '\n# A long prompt\nwith more lines' });
    window.drafts.update('attached', { attachments });
    window.drafts.update('queued', { queue });
    window.drafts.update('model-only', { model: 'm' });
    const expected = ['A long prompt (Draft)', 'Prompt a', 'Queued (Draft)', 'main.ts:1 (Draft)'];
    assert.deepEqual((await rowsIn(window)).rows, expected);
    await window.drafts.flush();
    assert.deepEqual((await rowsIn(window)).rows, expected);
    window.drafts.update('typed', { text: '' });
    assert.deepEqual((await rowsIn(window)).rows, expected.slice(1));
  });

  it('is listed after a restart, opens with what was typed, and can be deleted', async () => {
    const [first, other] = [open(), open()];
    first.drafts.update('typed', { text: 'Typed' });
    first.drafts.update('attached', { attachments });
    await first.drafts.flush();
    // What is typed in a window that is open stays there.
    assert.deepEqual((await rowsIn(other)).rows, []);
    await first.close();
    await until(async () => (await rowsIn(other)).rows.length === 2, 'the window is closed');
    const { nodes, rows } = await rowsIn(other);
    assert.deepEqual(rows, ['Typed (Draft)', 'main.ts:1 (Draft)']);

    const { panel, shown } = openPanel(other);
    let focused = 0;
    const commands = historyCommands({
      ...(other as unknown as HistoryCommandDeps),
      show: (id) => panel.show(id),
      focusComposer: () => (focused += 1),
    });
    await commands.openConversation(nodes.find((node) => 'draft' in node && node.draft.id === 'typed'));
    // It may be read twice: a panel that comes into sight looks for what other windows have written.
    assert.deepEqual([new Set(shown), focused], [new Set(['typed']), 1]);
    assert.equal(other.drafts.get('typed').text, 'Typed');
    assert.deepEqual((await rowsIn(other)).rows, rows);
    await other.history.remove('typed');
    await other.drafts.flush();
    assert.deepEqual((await rowsIn(other)).rows, ['main.ts:1 (Draft)']);
    assert.equal((await other.history.directory.drafts()).length, 1);
    panel.dispose();
  });

  it('is not taken for a new conversation, whatever is in it', async () => {
    const window = open();
    const { panel, shown } = openPanel(window);
    await panel.startConversation();
    await panel.startConversation();
    assert.equal(new Set(shown).size, 1);
    for (const change of [{ text: 'Typed' }, { attachments }, { queue }]) {
      const before = shown.at(-1)!;
      window.drafts.update(before, change);
      await panel.startConversation();
      assert.notEqual(shown.at(-1), before);
    }
    assert.equal((await rowsIn(window)).rows.length, 3);
    panel.dispose();
  });
});

describe('errors of the history', () => {
  it('are logged when they are not shown, each once, and without what was read', async () => {
    const shown: unknown[] = [];
    const logged: string[] = [];
    const onError = atIntervals(
      (error) => shown.push(error),
      (reason) => logged.push(reason),
    );
    const missing: unknown = await readdir('/not-there').catch((error: unknown) => error);
    const errors = [new Error('first'), missing, missing, new SyntaxError('Unexpected token in "A prompt"')];
    errors.forEach((error) => onError(error));
    assert.deepEqual(shown.map(String), ['Error: first']);
    assert.deepEqual(logged, [(missing as Error).message, 'SyntaxError']);
    assert.match(logged[0]!, /not-there/);
  });
});
