// What the reply panel says and hears about what goes along with a prompt.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import type { DocumentBlock, ImageBlock } from '../../src/core/model/content';
import type { Attachment } from '../../src/history/attachment';
import { type Draft, emptyDraft } from '../../src/history/draft';
import { attachProblemText } from '../../src/prompt/attachProblem';
import type { Attachable } from '../../src/prompt/attachable';
import type { AttachmentsToWebview } from '../../src/protocol/attachments';
import { PanelAttachments } from '../../src/reply/attachmentMessages';
import { attachmentView } from '../../src/reply/attachmentViews';
import { until } from '../limits';
import { turnIn } from '../unit/history/turns';

const image = (letter: string): ImageBlock => ({
  ...{ type: 'image', format: 'webp', name: `${letter}.webp`, width: 800, height: 600 },
  data: { sha256: letter.repeat(64), size: 1_300_000 },
});
const report: DocumentBlock = {
  ...{ type: 'document', format: 'pdf', name: 'report.pdf', pages: 12 },
  data: { sha256: 'd'.repeat(64), size: 200_000 },
};

/** A panel that shows the conversation 'c', with a picture in a prompt that was sent. */
function openPanel(draft: Partial<Draft> = {}) {
  const turn = turnIn({ id: 't', blobs: [image('a'), report] });
  const posted: AttachmentsToWebview[] = [];
  /** The types of what is posted, with the composer's view. */
  const types: string[] = [];
  const attached: (readonly [string, readonly Attachable[]])[] = [];
  const removed: string[] = [];
  let finish = (): void => undefined;
  const isFinished = new Promise<void>((resolve) => (finish = resolve));
  const panel = new PanelAttachments(
    {
      conversations: { allTurns: () => [turn], turn: (id) => (id === 't' ? turn : undefined) },
      drafts: { get: () => ({ ...emptyDraft, ...draft }) },
      // A Buffer out of Node's pool, as a small file may be read into.
      blobs: {
        read: ({ sha256 }) => Promise.resolve(sha256.startsWith('b') ? undefined : Buffer.from(sha256)),
      },
      attachments: {
        pick: () => Promise.resolve([{ uri: vscode.Uri.file('/picked') }]),
        attach: async (conversation, things) => {
          attached.push([conversation, things]);
          await isFinished;
          return [];
        },
      },
      pending: { remove: (id) => removed.push(id) },
    },
    () => 'c',
    (message) => {
      posted.push(message);
      types.push(message.type);
    },
    () => types.push('composer'),
  );
  return { panel, posted, types, attached, removed, finish };
}

describe('the panel', () => {
  it('has the page scale a picture, again if it is loaded again, and waits for nobody when it is closed', async () => {
    const { panel, posted } = openPanel();
    const bytes = Buffer.from('A large picture.');
    const from = { width: 9000, height: 9000, size: 16 };
    const picture = { name: 'a.jpg', mimeType: 'image/jpeg', bytes: new Uint8Array(1), from };
    const scaling = panel.scale({ name: 'a.png', mimeType: 'image/png', bytes });
    panel.onPageReady();
    const [first, again] = posted;
    assert.ok(first?.type === 'scalePicture' && again?.type === 'scalePicture');
    assert.deepEqual([first.maxSize, first.maxEdge, first.id], [3_932_160, 8000, again.id]);
    assert.equal(first.file.bytes.constructor, Uint8Array);
    assert.equal(first.file.bytes.buffer.byteLength, bytes.length);
    await panel.handle({ type: 'scaled', id: 'another', picture });
    await panel.handle({ type: 'scaled', id: first.id, picture });
    assert.equal(await scaling, picture);
    // It does not ask for what is answered.
    panel.onPageReady();
    assert.equal(posted.length, 2);
    const closed = panel.scale({ name: 'b.png', mimeType: 'image/png', bytes });
    panel.onPanelClosed();
    assert.equal(await closed, undefined);
    panel.dispose();
  });

  it('gives the page the pictures that it shows, and nothing else', async () => {
    const queue = [{ id: 'q', text: '', after: 't', attachments: [{ id: 'x', block: image('c') }] }];
    const { panel, posted } = openPanel({ queue, attachments: [{ id: 'x', block: image('b') }] });
    for (const sha256 of ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64), 'd'.repeat(64), '../../secret'])
      await panel.handle({ type: 'readPicture', sha256 });
    const read = posted.map(
      (message) => message.type === 'picture' && [message.mimeType, message.bytes?.length],
    );
    assert.deepEqual(read, [
      ['image/webp', 64],
      ['image/webp', undefined],
      ['image/webp', 64],
      ['image/png', undefined],
      ['image/png', undefined],
    ]);
    const [first] = posted;
    assert.ok(first?.type === 'picture' && first.bytes?.buffer.byteLength === 64);
    panel.dispose();
  });

  /** What the page has read, or why it can't be attached. */
  const found = async (thing: Attachable | undefined) => {
    assert.ok(thing && 'file' in thing);
    const file = await thing.file;
    return 'why' in file ? attachProblemText(file) : file.name;
  };

  it('attaches what was dropped, in the conversation where it was, and says what is no address', async () => {
    const { panel, attached, posted, types, removed, finish } = openPanel();
    const handled = panel.handle({
      ...{ type: 'attachFiles', conversation: 'other' },
      files: [
        { id: '1', name: 'a.txt' },
        { id: '2', name: 'b.ts', uri: 'file:///folder/b.ts' },
        { id: '3', name: 'no address', uri: 'no address' },
      ],
    });
    // The page leaves the chips to the host.
    assert.deepEqual(types, ['composer']);
    const [[conversation, [first, second, third]]] = attached as [(typeof attached)[number]];
    const file = { name: 'a.txt', mimeType: '', bytes: new Uint8Array(1) };
    await panel.handle({ type: 'fileRead', id: 'another', file: { ...file, name: 'b.txt' } });
    await panel.handle({ type: 'fileRead', id: '1', file });
    assert.deepEqual([conversation, await found(first)], ['other', 'a.txt']);
    assert.ok(second && 'uri' in second);
    assert.deepEqual([second.uri.path, second.id], ['/folder/b.ts', '2']);
    assert.equal(await found(third), 'Couldn’t read no address.');
    finish();
    await handled;
    // The page holds no prompt back any longer.
    assert.deepEqual(types, ['composer', 'composer', 'attachDone']);
    assert.deepEqual(posted, [{ type: 'attachDone', files: ['1', '2', '3'] }]);
    await panel.handle({ type: 'cancelAttach', id: '2' });
    assert.deepEqual(removed, ['2']);
    panel.dispose();
  });

  it('says which files the page has not read when it is hidden, closed or loaded again', async () => {
    for (const goes of ['onPanelHidden', 'onPanelClosed', 'onPageReady'] as const) {
      const { panel, attached, finish } = openPanel();
      const files = ['a.txt', 'b.txt', ''].map((name, at) => ({ id: `${at}`, name }));
      const handled = panel.handle({ type: 'attachFiles', conversation: 'c', files });
      const file = { name: 'a.txt', mimeType: '', bytes: new Uint8Array(1) };
      await panel.handle({ type: 'fileRead', id: '0', file });
      panel[goes]();
      // What arrives later is not attached: the user has been told.
      await panel.handle({ type: 'fileRead', id: '1', file: { ...file, name: 'b.txt' } });
      const why = 'because the reply panel was hidden or closed before it was read. Attach it again.';
      assert.deepEqual(await Promise.all(attached[0]![1].map(found)), [
        'a.txt',
        `b.txt was not attached, ${why}`,
        `Pasted picture was not attached, ${why}`,
      ]);
      finish();
      await handled;
      panel.dispose();
    }
  });

  it('attaches what the user picks', async () => {
    const { panel, attached, finish } = openPanel();
    finish();
    await panel.handle({ type: 'attachPick', conversation: 'c' });
    assert.deepEqual(
      attached[0]?.[1].map((thing) => 'uri' in thing && thing.uri.path),
      ['/picked'],
    );
    panel.dispose();
  });

  it('says why the page could not take something', async () => {
    const { panel, attached, finish } = openPanel();
    const failed = [
      ['a.bin', 'tooLarge'],
      ['a.png', 'tooLarge'],
      ['', 'tooLarge'],
      ['a.heic', 'notAPicture'],
      ['src', 'folder'],
      ['a.txt', 'unreadable'],
    ] as const;
    const files = failed.map(([name], at) => ({ id: `${at}`, name }));
    const handled = panel.handle({ type: 'attachFiles', conversation: 'c', files });
    for (const [at, [, why]] of failed.entries())
      await panel.handle({ type: 'fileFailed', id: `${at}`, why });
    const said = await Promise.all(attached[0]![1].map(found));
    assert.deepEqual(
      said.map((text) => text.split('. ')[0]),
      [
        'a.bin is too large',
        'Couldn’t scale a.png down to what Bedrock takes (3.75 MB, 8,000 px)',
        'Couldn’t scale Pasted picture down to what Bedrock takes (3.75 MB, 8,000 px)',
        'Couldn’t read a.heic as a picture',
        'src is a folder',
        'Couldn’t read a.txt.',
      ],
    );
    finish();
    await handled;
    panel.dispose();
  });

  describe('that is asked to show an attachment', () => {
    let folder: string;
    before(async () => (folder = await mkdtemp(path.join(os.tmpdir(), 'opened-'))));
    after(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await rm(folder, { recursive: true, force: true });
    });
    const openIn = async (attachment: Attachment) => {
      const { panel } = openPanel({ attachments: [attachment] });
      await panel.handle({ type: 'openAttachment', attachment: attachment.id });
      return panel;
    };
    const active = () => vscode.window.activeTextEditor;

    it('shows the file, at what was selected', async () => {
      const file = path.join(folder, 'main.ts');
      await writeFile(file, 'one\ntwo\nthree\n');
      const uri = vscode.Uri.file(file).toString();
      const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
      const sources = [{ uri, version: 1, range }];
      const panel = await openIn({ id: 'x', name: 'main.ts:2', text: 'two', sources });
      await until(() => active()?.document.uri.fsPath === file, 'it is shown');
      assert.deepEqual([active()?.selection.start.line, active()?.selection.end.character], [1, 3]);
      panel.dispose();
    });

    it('shows a selection where it is now, and the text that was selected if it is nowhere', async () => {
      const file = path.join(folder, 'moved.ts');
      await writeFile(file, 'zero\none\ntwo\nthree\n');
      const uri = vscode.Uri.file(file).toString();
      const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } };
      const attached = (text: string) => {
        const sources = [{ uri, version: 1, range, text }];
        return { id: 'x', name: 'src/moved.ts:2', text: `moved.ts:2\n${text}`, sources };
      };
      const panel = await openIn(attached('two'));
      await until(() => active()?.document.uri.fsPath === file, 'it is shown');
      const { start, end } = active()!.selection;
      assert.deepEqual([start.line, start.character, end.line, end.character], [2, 0, 2, 3]);
      panel.dispose();
      const other = await openIn(attached('gone'));
      await until(() => active()?.document.getText() === 'moved.ts:2\ngone', 'the text is shown');
      other.dispose();
    });

    it('shows the text under its name, which no address has, beside a panel that has the focus', async () => {
      const code = await vscode.workspace.openTextDocument({ content: 'code' });
      await vscode.window.showTextDocument(code, vscode.ViewColumn.One);
      const beside = vscode.ViewColumn.Two;
      const webview = vscode.window.createWebviewPanel('panel', 'Panel', beside);
      const { tabGroups } = vscode.window;
      await until(() => tabGroups.activeTabGroup.viewColumn === beside, 'the panel has the focus');
      const panel = await openIn({ id: 'x', name: 'src/notes.txt', text: 'The notes.', sources: [] });
      await until(() => active()?.document.getText() === 'The notes.', 'it is shown');
      const { label, group } = tabGroups.activeTabGroup.activeTab!;
      assert.deepEqual([label, group.viewColumn], ['notes.txt', vscode.ViewColumn.One]);
      assert.doesNotMatch(active()!.document.uri.toString(), /notes/);
      assert.ok(webview.visible);
      const file = path.join(folder, 'beside.ts');
      await writeFile(file, 'one\n');
      webview.reveal(beside);
      await until(() => tabGroups.activeTabGroup.viewColumn === beside, 'the panel has the focus again');
      const uri = vscode.Uri.file(file).toString();
      const other = await openIn({ id: 'y', name: 'beside.ts', text: 'one', sources: [], uri });
      await until(() => active()?.document.uri.fsPath === file, 'the file is shown');
      assert.equal(active()?.viewColumn, vscode.ViewColumn.One);
      for (const part of [panel, other, webview]) part.dispose();
    });

    it('shows the text alone if there is no file, or not any more', async () => {
      for (const uri of [undefined, vscode.Uri.file(path.join(folder, 'gone.txt')).toString()]) {
        const text = `a.txt\n\`\`\`\nThe text ${String(uri)}.\n\`\`\``;
        const panel = await openIn({ ...{ id: 'x', name: 'a.txt', text, sources: [] }, ...(uri && { uri }) });
        await until(() => active()?.document.getText() === text, 'it is shown');
        const shown = active()!.document;
        assert.deepEqual([shown.isDirty, shown.uri.toString().includes('text')], [false, false]);
        panel.dispose();
      }
    });
  });
});

describe('a chip', () => {
  const view = (attachment: Attachment, usd?: number) => attachmentView(attachment, () => usd);

  it('says of a tiny cost that it is below a hundredth of a cent', () => {
    const text: Attachment = { id: 'x', name: 'a.ts', text: 'a', sources: [] };
    assert.match(view(text, 0.000_000_2).facts, / · < \$0\.0001$/);
    assert.match(view(text, 0.000_2).facts, / · \$0\.00020$/);
  });

  it('says how large a picture is, and what it was before', () => {
    const scaledFrom = { width: 10_000, height: 7500, size: 31_457_280, isFirstFrame: true } as const;
    assert.deepEqual(view({ id: 'x', block: image('a'), scaledFrom }, 0.0052), {
      ...{ id: 'x', name: 'a.webp', kind: 'image', sha256: 'a'.repeat(64) },
      facts: '1.24 MB · about 640 tokens · $0.0052',
      detail:
        '800 × 600 px\nMade to fit Bedrock’s limits. Before: 10,000 × 7,500 px, 30 MB.\nIt was animated. This is its first picture.',
    });
  });

  it('says how many pages a document has, and how many tokens a text', () => {
    assert.deepEqual(view({ id: 'x', block: report }), {
      ...{ id: 'x', name: 'report.pdf', kind: 'document' },
      ...{ facts: '195 kB · about 36,000 tokens', detail: 'Pages: 12' },
    });
    const { pages, ...unknown } = report;
    assert.equal(view({ id: 'x', block: unknown }).detail, '');
    const text = 'word '.repeat(100);
    assert.deepEqual(view({ id: 'x', name: 'main.ts:1-9', text, sources: [] }), {
      ...{ id: 'x', name: 'main.ts:1-9', kind: 'text', facts: 'about 130 tokens', detail: '' },
    });
  });
});
