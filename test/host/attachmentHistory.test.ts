// Pictures and documents in the history of windows: they are there again after a reload, and go with what uses them.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { BlobRef, ImageBlock } from '../../src/core/model/content';
import { type Request, frozen } from '../../src/core/model/request';
import { jsonOf, markdownOf } from '../../src/historyView/exportText';
import { promptContent } from '../../src/prompt/promptContent';
import { filesWith } from '../e2e/filesWith';
import { until } from '../limits';
import { prepared } from '../unit/asking';
import { type HistoryWindow, type WindowOptions, openWindow } from './historyWindow';

const { request: sample } = prepared({ url: 'https://gateway.example/v1/account/gateway' });
const canary = 'canary of a picture k3Xw8';
const bytes = new TextEncoder().encode(`${canary} ${'x'.repeat(1000)}`);

const imageOf = (data: BlobRef): ImageBlock => ({ type: 'image', format: 'png', data, name: 'diagram.png' });
const requestWith = (conversation: string, data: BlobRef, text = 'What is it?'): Request =>
  frozen({
    ...sample,
    ...{ id: `${conversation}-1`, conversation },
    messages: [
      { role: 'user', content: promptContent({ text, attachments: [{ id: 'x', block: imageOf(data) }] }) },
    ],
  });

describe('pictures in the history of a window', () => {
  let directory: string;
  const windows: HistoryWindow[] = [];
  beforeEach(async () => {
    directory = path.join(await mkdtemp(path.join(os.tmpdir(), 'attached-')), 'history');
  });
  afterEach(async () => {
    for (const window of windows.splice(0)) await window.close();
    await rm(path.dirname(directory), { recursive: true, force: true, maxRetries: 5 });
  });
  const open = (options?: WindowOptions) => {
    const window = openWindow(directory, options);
    windows.push(window);
    return window;
  };
  const blobs = () => readdir(path.join(directory, 'blobs')).catch(() => []);
  const attach = async ({ history, drafts }: HistoryWindow, id: string) => {
    const data = await history.blobs.put(bytes);
    drafts.update(id, { attachments: [{ id: 'x', block: imageOf(data) }] });
    await drafts.flush();
    return data;
  };
  const send = async ({ conversations, history }: HistoryWindow, request: Request) => {
    await conversations.send(request);
    await history.whenWritten();
  };

  it('are attached again after a reload, and sent again after another', async () => {
    const first = open();
    const data = await attach(first, 'c');
    await first.close();
    const second = open();
    await second.drafts.open('c');
    await until(() => second.drafts.get('c').attachments.length > 0, 'the first window is gone');
    const [chip] = second.drafts.get('c').attachments;
    assert.deepEqual(chip && 'block' in chip && chip.block, imageOf(data));
    await send(second, requestWith('c', data));
    second.drafts.update('c', { attachments: [] });
    await second.drafts.flush();
    await second.close();
    const third = open();
    await third.history.open('c');
    const [turn] = third.conversations.get('c')!.turns;
    assert.deepEqual(turn?.request.messages[0]?.content[0], imageOf(data));
    assert.deepEqual(new Uint8Array((await third.history.blobs.read(data))!), bytes);
    assert.deepEqual((await third.history.summaries())[0]?.blobs, [data]);
  });

  it('are in one file alone, which has no name of the user’s', async () => {
    const window = open();
    const data = await attach(window, 'd');
    await send(window, requestWith('c', data));
    const found = filesWith(path.dirname(directory), [canary]);
    assert.deepEqual(found, [path.join('history', 'blobs', data.sha256)]);
  });

  it('go with the last that uses them: a conversation, or a draft', async () => {
    const window = open();
    const data = await attach(window, 'd');
    await send(window, requestWith('a', data));
    await send(window, requestWith('b', data));
    await window.history.remove('a');
    await window.history.remove('d');
    assert.deepEqual(await blobs(), [data.sha256]);
    await window.history.remove('b');
    assert.deepEqual(await blobs(), []);
  });

  it('stay while a prompt with them is about to be sent, edited or queued, in memory alone', async () => {
    const window = open();
    const data = await window.history.blobs.put(bytes);
    const attachments = [{ id: 'x', block: imageOf(data) }];
    for (const change of [
      { attachments },
      { outgoing: [{ text: '', attachments }], attachments: [] },
      { queue: [{ id: 'q', text: '', after: 'a', attachments }] },
      { editing: { turn: 'a', before: '', attachments } },
      { rewrites: [{ turn: 'a', text: '', attachments }] },
    ]) {
      window.drafts.set('c', { text: '', attachments: [], queue: [], ...change });
      await window.history.remove('another');
      assert.deepEqual(await blobs(), [data.sha256], Object.keys(change)[0]);
    }
    await window.drafts.flush();
  });

  it('are deleted with everything', async () => {
    const window = open();
    const data = await attach(window, 'd');
    await send(window, requestWith('a', data));
    await window.history.removeAll();
    assert.deepEqual(await blobs(), []);
    assert.equal(await window.history.blobs.read(data), undefined);
  });

  it('are in memory alone while the history is off, and are sent from there', async () => {
    const window = open({ isEnabled: () => false });
    const data = await attach(window, 'c');
    await send(window, requestWith('c', data));
    assert.deepEqual(await blobs(), []);
    assert.deepEqual(await window.history.blobs.read(data), bytes);
  });

  it('are not written later if they were sent while the history was off; those of drafts are', async () => {
    let isEnabled = false;
    const window = open({ isEnabled: () => isEnabled });
    const { history, drafts } = window;
    const sent = await history.blobs.put(bytes);
    await send(window, requestWith('c', sent));
    const typed = await history.blobs.put(new TextEncoder().encode('in a draft'));
    drafts.update('d', { attachments: [{ id: 'x', block: imageOf(typed) }] });
    isEnabled = true;
    await history.blobs.writeUnwritten();
    assert.deepEqual(await blobs(), [typed.sha256]);
    // It is sent from there as before, and written with the next prompt that uses it.
    assert.deepEqual(await history.blobs.read(sent), bytes);
    await send(window, requestWith('e', sent));
    assert.deepEqual((await blobs()).toSorted(), [sent.sha256, typed.sha256].toSorted());
  });

  it('are on disk with the first prompt that is kept again', async () => {
    let isEnabled = false;
    const window = open({ isEnabled: () => isEnabled });
    const data = await attach(window, 'c');
    isEnabled = true;
    await send(window, requestWith('c', data));
    assert.deepEqual(await blobs(), [data.sha256]);
  });

  it('count for the room that there is: the oldest conversation goes, with its picture', async () => {
    const window = open({ maxSize: () => 1_500_000 });
    for (const id of ['a', 'b', 'c']) {
      const data = await window.history.blobs.put(new Uint8Array(600_000).fill(id.charCodeAt(0)));
      window.conversations.keepShown(() => id).dispose();
      await send(window, requestWith(id, data));
    }
    await until(async () => (await blobs()).length === 2, 'there is room again');
    assert.deepEqual((await window.history.summaries()).map(({ id }) => id).sort(), ['b', 'c']);
    assert.deepEqual(window.trimmed, [1]);
  });

  it('are missing for the reply alone if their file is damaged', async () => {
    const first = open();
    const data = await attach(first, 'c');
    await first.close();
    await writeFile(path.join(directory, 'blobs', data.sha256), bytes.toReversed());
    assert.equal(await open().history.blobs.read(data), undefined);
  });
});

describe('an exported conversation', () => {
  const data = { sha256: 'a'.repeat(64), size: 1_300_000 };
  const turn = {
    request: requestWith('c', data, ''),
    reply: {
      ...{ startedAt: 0, endedAt: 1, text: 'A diagram.', reasoning: '', attempts: 1, requestIds: {} },
      ...{ records: [], outcome: { kind: 'done', stopReason: 'end_turn' } },
    },
  } as unknown as Parameters<typeof markdownOf>[1][number];
  const conversation = { id: 'c', turns: [turn], costs: new Map(), shown: [], pinned: false };

  it('names what was attached with its size, and has a title without a text', () => {
    const markdown = markdownOf(conversation, [turn]);
    assert.match(markdown, /^# diagram\.png\n\n> Attached: `diagram\.png`, 1\.24 MB\n\nA diagram\./);
    const { turns } = JSON.parse(jsonOf(conversation)) as { turns: { attachments: unknown }[] };
    assert.deepEqual(turns[0]?.attachments, [{ type: 'image', format: 'png', name: 'diagram.png', ...data }]);
  });
});
