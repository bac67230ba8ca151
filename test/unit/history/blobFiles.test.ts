// Pictures and documents on disk: each is there once, for as long as anybody uses it, and what is read is what was put.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BlobRef, type ImageBlock } from '../../../src/core/model/content';
import { BlobFiles } from '../../../src/history/blobFiles';
import { UnusedBlobs } from '../../../src/history/unusedBlobs';
import { promptEntry } from '../../../src/history/entries';
import { emptyDraft } from '../../../src/history/draft';
import { until } from '../../limits';
import { type HistoryWindow, historyForEachTest } from './directories';
import { requestIn } from './turns';

const bytes = new TextEncoder().encode('The bytes of a picture.');
const other = new TextEncoder().encode('The bytes of another.');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const imageOf = (data: BlobRef): ImageBlock => ({ type: 'image', format: 'png', data, name: 'secret.png' });

describe('pictures and documents on disk', () => {
  const history = historyForEachTest();
  const fileOf = (name = sha256) => history().directory.blob(name);
  const files = () => history().directory.blobs();
  /** Lets a file look as if it was put long ago. */
  const age = async (name = sha256) => {
    const long = new Date(Date.now() - 3_600_000);
    await utimes(fileOf(name), long, long);
  };
  /** Stores a prompt with this picture. */
  const store = async ({ store, index }: HistoryWindow, data: BlobRef, id = 'c') => {
    const request = requestIn({ id: `${id}-1`, conversation: id, blobs: [imageOf(data)] });
    await store.append(id, promptEntry(request, 1000));
    await index.update(id);
  };
  const attach = ({ drafts }: HistoryWindow, data: BlobRef, id = 'd') =>
    drafts.write(id, { ...emptyDraft, attachments: [{ id: 'x', block: imageOf(data) }] });

  it('are there once, by their hash, and are read by any window', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    assert.deepEqual(await window.blobs.put(bytes), { sha256, size: bytes.length });
    const { ino } = await stat(fileOf());
    await age();
    assert.deepEqual(await openWindow().blobs.put(bytes), { sha256, size: bytes.length });
    assert.deepEqual(await readdir(path.join(directory.path, 'blobs')), [sha256]);
    const again = await stat(fileOf());
    assert.equal(again.ino, ino);
    assert.ok(Date.now() - again.mtimeMs < 60_000, 'it is young again');
    const read = await openWindow().blobs.read({ sha256, size: bytes.length });
    assert.deepEqual(read && new Uint8Array(read), bytes);
  });

  it('count as missing if they are gone or damaged, until they are put again', async () => {
    const { openWindow } = history();
    const ref = await openWindow().blobs.put(bytes);
    const read = async () => (await openWindow().blobs.read(ref))?.length;
    assert.equal(await read(), bytes.length);
    const changed = bytes.slice();
    changed[3]! ^= 1;
    for (const damage of [changed, bytes.slice(1), new Uint8Array(), undefined]) {
      if (damage) await writeFile(fileOf(), damage);
      else await rm(fileOf());
      assert.equal(await read(), undefined);
      await openWindow().blobs.put(bytes);
      assert.equal(await read(), bytes.length);
    }
  });

  it('that can’t be read are reported, and count as missing', async () => {
    const errors: unknown[] = [];
    await mkdir(fileOf(), { recursive: true });
    const { size } = await stat(fileOf());
    const { blobs } = history().openWindow({ onError: (error) => errors.push(error) });
    assert.equal(await blobs.read({ sha256, size }), undefined);
    assert.equal(errors.length, 1);
  });

  it('are in memory alone while nothing may be written, and then on disk', async () => {
    let isEnabled = false;
    const { blobs, usedHere } = history().openWindow({ isEnabled: () => isEnabled });
    const ref = await blobs.put(bytes);
    await blobs.put(other);
    usedHere.add(ref.sha256);
    assert.deepEqual(await files(), []);
    assert.deepEqual(await blobs.read(ref), bytes);
    await blobs.writeUnwritten();
    assert.deepEqual(await files(), []);
    isEnabled = true;
    await blobs.writeUnwritten();
    assert.deepEqual(await files(), [sha256]);
  });

  it('are kept in memory while the disk fails, and written when it is fine again', async () => {
    const { openWindow, directory } = history();
    const errors: unknown[] = [];
    const { blobs, usedHere } = openWindow({ onError: (error) => errors.push(error) });
    usedHere.add(sha256);
    const folder = path.join(directory.path, 'blobs');
    await writeFile(folder, '');
    const ref = await blobs.put(bytes);
    assert.equal(errors.length, 1);
    assert.deepEqual(await blobs.read(ref), bytes);
    await assert.rejects(blobs.keep([ref]));
    await rm(folder);
    await until(async () => (await files().catch(() => [])).length > 0, 'it is tried again');
    assert.deepEqual(new Uint8Array(await readFile(fileOf())), bytes);
    // What a prompt uses that is being sent is written at once, also if another window has deleted everything.
    await rm(folder, { recursive: true });
    await blobs.keep([ref]);
    assert.deepEqual(await files(), [sha256]);
  });

  it('go with the last conversation that uses them', async () => {
    const window = history().openWindow();
    const ref = await window.blobs.put(bytes);
    await store(window, ref, 'a');
    await store(window, ref, 'b');
    await window.store.remove(['a']);
    await window.unusedBlobs.remove();
    assert.deepEqual(await files(), [sha256]);
    await window.store.remove(['b']);
    await window.unusedBlobs.remove();
    assert.deepEqual(await files(), []);
    assert.equal(await window.blobs.read(ref), undefined);
  });

  it('stay while they are attached or queued in any window, or used in this one’s memory', async () => {
    const { openWindow, crash } = history();
    const [window, second, crashed] = [openWindow(), openWindow(), openWindow()];
    const [one, two, three] = [
      await window.blobs.put(bytes),
      await second.blobs.put(other),
      await crashed.blobs.put(new TextEncoder().encode('A third.')),
    ];
    window.usedHere.add(one.sha256);
    const queued = { id: 'q', text: '', after: 'a', attachments: [{ id: 'x', block: imageOf(two) }] };
    await second.drafts.write('d', { ...emptyDraft, queue: [queued] });
    await attach(crashed, three);
    await crash(crashed);
    for (const ref of [one, two, three]) await age(ref.sha256);
    await window.unusedBlobs.remove();
    assert.deepEqual((await files()).length, 3);
    window.usedHere.clear();
    await second.drafts.write('d', emptyDraft);
    await window.drafts.remove(['d']);
    await window.unusedBlobs.remove();
    assert.deepEqual(await files(), []);
  });

  it('stay while a line uses them that this version cannot read, and count for the room', async () => {
    const { openWindow, directory } = history();
    const window = openWindow();
    const [one, two] = [await window.blobs.put(bytes), await window.blobs.put(other)];
    const laterLine = (data: BlobRef) =>
      JSON.stringify({
        ...{ type: 'prompt', at: 1 },
        request: { messages: [{ role: 'user', content: [{ type: 'film', data }] }] },
      });
    // One conversation that can be read otherwise, and one that can't be read at all.
    await window.store.append('a', promptEntry(requestIn({ id: 'a-1', conversation: 'a' }), 1000));
    await appendFile(directory.conversation('a'), `\n${laterLine(one)}\n`);
    await appendFile(directory.conversation('b'), `${laterLine(two).slice(0, -10)}\n`);
    for (const { unusedBlobs } of [window, openWindow()]) {
      await unusedBlobs.remove();
      assert.deepEqual((await files()).toSorted(), [one.sha256, two.sha256].toSorted());
    }
    assert.deepEqual((await window.index.read())[0]?.blobs, [one]);
    await window.store.remove(['a', 'b']);
    for (const ref of [one, two]) await age(ref.sha256);
    await window.unusedBlobs.remove();
    assert.deepEqual(await files(), []);
  });

  it('stay while a window takes over the draft that uses them', async () => {
    const { openWindow, crash } = history();
    const [first, second, third] = [openWindow(), openWindow(), openWindow()];
    const ref = await first.blobs.put(bytes);
    await attach(first, ref);
    await crash(first);
    await age();
    for (let round = 0; round < 20; round++) {
      const [, found] = await Promise.all([third.unusedBlobs.remove(), second.drafts.adopt('d')]);
      assert.ok(found);
      // The draft is the third's then, to be taken over again.
      await second.drafts.write('d', emptyDraft);
      await attach(first, ref);
      await crash(first);
    }
    assert.deepEqual(await files(), [sha256]);
  });

  it('stay for a minute if another window may have put them, and go at once if there is none', async () => {
    const { openWindow, crash } = history();
    const [window, second] = [openWindow(), openWindow()];
    await second.blobs.put(bytes);
    await window.unusedBlobs.remove();
    assert.deepEqual(await files(), [sha256]);
    await age();
    await second.blobs.keep([{ sha256, size: bytes.length }]);
    await window.unusedBlobs.remove();
    assert.deepEqual(await files(), [sha256], 'it is about to be sent there');
    await crash(second);
    await window.unusedBlobs.remove();
    assert.deepEqual(await files(), []);
  });

  it('are not deleted while they are put', async () => {
    const { openWindow } = history();
    const window = openWindow();
    await window.blobs.put(bytes);
    await age();
    for (let round = 0; round < 20; round++) {
      window.usedHere.clear();
      const put = window.blobs.put(bytes).then((ref) => window.usedHere.add(ref.sha256));
      await Promise.all([window.unusedBlobs.remove(), put]);
      assert.deepEqual(await files(), [sha256]);
    }
  });

  it('stay if they come into use while they are deleted', async () => {
    const { directory, openWindow } = history();
    let looks = 0;
    const blobs = new BlobFiles({
      ...{
        directory,
        presence: openWindow().presence,
        isEnabled: () => true,
        onError: (error: unknown) => assert.fail(String(error)),
      },
      usedHere: () => new Set(looks++ > 0 ? [sha256] : []),
      keptHere: () => new Set(),
    });
    await blobs.put(bytes);
    await blobs.removeUnused(() => Promise.resolve({ used: new Set(), minAge: 0 }));
    assert.deepEqual([await files(), looks], [[sha256], 2]);
  });

  it('are looked at again when they are older, if another window may have put them', async () => {
    const { openWindow, directory } = history();
    const { blobs, index, drafts, presence } = openWindow();
    const second = openWindow();
    await second.blobs.put(bytes);
    const onError = (error: unknown) => assert.fail(String(error));
    const unused = new UnusedBlobs({ blobs, index, draftFiles: drafts, presence, onError }, 50);
    await unused.remove();
    assert.deepEqual(await directory.blobs(), [sha256]);
    await until(async () => (await files()).length === 0, 'it is old');
    unused.dispose();
  });

  it('are deleted with everything, and what a crash has left of them', async () => {
    const { openWindow, directory } = history();
    const { blobs, store: conversations } = openWindow();
    await blobs.put(bytes);
    const half = `${fileOf()}.x.tmp`;
    await writeFile(half, 'half');
    const long = new Date(Date.now() - 3_600_000);
    await utimes(half, long, long);
    await conversations.removeLeftovers();
    assert.deepEqual(await readdir(path.join(directory.path, 'blobs')), [sha256]);
    await directory.removeAll();
    blobs.forget();
    assert.equal(await blobs.read({ sha256, size: bytes.length }), undefined);
  });
});
