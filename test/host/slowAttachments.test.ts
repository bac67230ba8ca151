// Files that take long to read: what waits for them, and what becomes of them if their prompt is another by then.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Drafts } from '../../src/conversation/drafts';
import { type Attachment, attachmentName } from '../../src/history/attachment';
import { type Draft, withEditBegun, withEditCancelled } from '../../src/history/draft';
import { attachProblemText } from '../../src/prompt/attachProblem';
import type { Attachable } from '../../src/prompt/attachable';
import { Attacher } from '../../src/prompt/attacher';
import { PendingAttachments } from '../../src/prompt/pendingAttachments';
import { SlowFiles } from './slowFiles';

const encoded = (text: string) => new TextEncoder().encode(text);
const namesOf = (attachments: readonly Attachment[] = []) => attachments.map(attachmentName);

describe('a file that takes long to read', () => {
  let files: SlowFiles;
  let drafts: Drafts;
  let pending: PendingAttachments;
  let provider: vscode.Disposable;
  beforeEach(() => {
    files = new SlowFiles();
    drafts = new Drafts({ files: () => undefined, onError: (error) => assert.fail(String(error)) });
    pending = new PendingAttachments(drafts);
    provider = vscode.workspace.registerFileSystemProvider('slow', files);
  });
  afterEach(() => {
    for (const part of [provider, pending, drafts]) part.dispose();
  });

  const slow = (path: string): Attachable => ({ uri: vscode.Uri.from({ scheme: 'slow', path }) });
  const quickFile = { name: 'quick.txt', mimeType: '', bytes: encoded('Quick.') };
  const quick: Attachable = { id: 'quick', name: 'quick.txt', file: Promise.resolve(quickFile) };
  const openAttacher = (more: { readonly readWithinMs?: number } = {}) => {
    const attacher = new Attacher({
      ...{ drafts, pending, ...more },
      blobs: { put: () => assert.fail() },
      scale: () => assert.fail(),
    });
    return async (conversation: string, ...things: readonly Attachable[]) =>
      (await attacher.attach(conversation, pending.begin(conversation, things))).map(attachProblemText);
  };
  const attached = (conversation: string) => namesOf(drafts.get(conversation).attachments);
  const promptOf = () => ({ text: 'Earlier.', attachments: [] });
  const edit = (turn: string): Draft =>
    withEditBegun(drafts.get('one'), { turn, text: 'Earlier.', before: 'Typed.' }, promptOf);

  it('holds up its own conversation, whose order stays, and no other', async () => {
    const attach = openAttacher();
    const first = attach('one', slow('/a.txt'));
    const second = attach('one', quick);
    assert.deepEqual(await attach('two', quick), []);
    assert.deepEqual([attached('one'), attached('two')], [[], ['quick.txt']]);
    assert.deepEqual(
      pending.of('one').map(({ name }) => name),
      ['a.txt', 'quick.txt'],
    );
    await files.finish('/a.txt');
    assert.deepEqual([await first, await second, attached('one')], [[], [], ['a.txt (slow)', 'quick.txt']]);
    assert.deepEqual(pending.of('one'), []);
  });

  it('is named if it is not read in time, and not attached when it is', async () => {
    const attach = openAttacher({ readWithinMs: 50 });
    assert.deepEqual(await attach('one', slow('/a.txt'), quick), [
      'Couldn’t read a.txt within 1 seconds. Copy it to this computer, and attach the copy.',
    ]);
    await files.finish('/a.txt');
    await new Promise(setImmediate);
    assert.deepEqual(attached('one'), ['quick.txt']);
  });

  it('is not attached to an earlier prompt that is edited meanwhile, but to what comes back after it', async () => {
    const attach = openAttacher();
    const attaching = attach('one', slow('/a.txt'));
    drafts.set('one', edit('turn'));
    assert.deepEqual(pending.of('one'), []);
    await files.finish('/a.txt');
    assert.deepEqual([await attaching, attached('one')], [[], []]);
    drafts.set('one', withEditCancelled(drafts.get('one'), promptOf));
    assert.deepEqual([drafts.get('one').text, attached('one')], ['Typed.', ['a.txt (slow)']]);
  });

  it('is not attached to what was typed before an edit that is given up meanwhile, and is named', async () => {
    const attach = openAttacher();
    drafts.set('one', edit('turn'));
    const attaching = attach('one', slow('/a.txt'));
    await files.isRead('/a.txt');
    drafts.set('one', withEditCancelled(drafts.get('one'), promptOf));
    await files.finish('/a.txt');
    const said = ['a.txt was not attached, because its prompt is no longer there.'];
    assert.deepEqual([await attaching, attached('one')], [said, []]);
  });

  it('does not bring a deleted conversation back, and is named', async () => {
    const attach = openAttacher();
    const changed: string[] = [];
    for (const forgotten of [['one'], undefined]) {
      const attaching = attach('one', slow('/a.txt'));
      await files.isRead('/a.txt');
      pending.forget(forgotten);
      await drafts.forget(forgotten);
      const listener = drafts.onDidChange((id) => changed.push(id));
      // Nobody waits for the file.
      assert.deepEqual(await attaching, ['a.txt was not attached, because its prompt is no longer there.']);
      await files.finish('/a.txt');
      await new Promise(setImmediate);
      listener.dispose();
    }
    assert.deepEqual(changed, []);
  });

  it('is removed by the user: nobody waits for it, and nothing is said', async () => {
    const attach = openAttacher();
    const attaching = attach('one', slow('/a.txt'), quick);
    await files.isRead('/a.txt');
    const [first] = pending.of('one');
    pending.remove(first!.id);
    assert.deepEqual([await attaching, attached('one')], [[], ['quick.txt']]);
    await files.finish('/a.txt');
    await new Promise(setImmediate);
    assert.deepEqual(attached('one'), ['quick.txt']);
  });

  it('goes along when what is typed moves to another conversation', async () => {
    const attach = openAttacher();
    const attaching = attach('one', slow('/a.txt'));
    pending.move('one', 'two');
    await files.finish('/a.txt');
    assert.deepEqual([await attaching, attached('one'), attached('two')], [[], [], ['a.txt (slow)']]);
  });
});
