// Files, pictures and selections on their way into the composer: what becomes of each kind, and what is said of the rest.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { Drafts } from '../../src/conversation/drafts';
import { type Attachment, attachmentName, isBlobAttachment } from '../../src/history/attachment';
import { pickAttachables } from '../../src/prompt/attachPick';
import { attachProblemText } from '../../src/prompt/attachProblem';
import type { Attachable } from '../../src/prompt/attachable';
import { Attacher } from '../../src/prompt/attacher';
import { quotedLines } from '../../src/prompt/promptContent';
import { thingsToAttach } from '../../src/prompt/loadAttach';
import { PendingAttachments } from '../../src/prompt/pendingAttachments';
import { LastEditor } from '../../src/prompt/selection';
import type { PlainFile, ScaledPicture } from '../../src/protocol/attachments';
import { until } from '../limits';
import { foreignPictures, jpegOf, pdfOf, pngOf, unsupportedFiles, zipOf } from '../unit/prompt/someFiles';

const mb = 1024 * 1024;
const { Uri } = vscode;

/** An attacher whose pictures are scaled as the test says. */
function openAttacher() {
  const onError = (error: unknown) => assert.fail(String(error));
  const drafts = new Drafts({ files: () => undefined, onError });
  const kept = new Map<string, Uint8Array>();
  const scaled: PlainFile[] = [];
  let picture: ((file: PlainFile) => ScaledPicture | undefined) | undefined;
  const pending = new PendingAttachments(drafts);
  const attacher = new Attacher({
    ...{ drafts, pending },
    blobs: {
      put: (bytes) => {
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        kept.set(sha256, bytes);
        return Promise.resolve({ sha256, size: bytes.length });
      },
    },
    scale: async (file) => {
      scaled.push(file);
      await new Promise(setImmediate);
      return picture?.(file);
    },
  });
  const attachments = () => drafts.get('c').attachments;
  const attachTo = async (conversation: string, ...things: readonly Attachable[]) =>
    (await attacher.attach(conversation, pending.begin(conversation, things))).map(attachProblemText);
  return {
    ...{ drafts, pending, kept, scaled, attachments, attachTo },
    /** Attaches, and resolves to what was said about the rest. */
    attach: (...things: readonly Attachable[]) => attachTo('c', ...things),
    names: () => attachments().map(attachmentName),
    scaleTo: (bytes: Uint8Array, more: Partial<ScaledPicture> = {}) =>
      (picture = ({ name, bytes: before }) => ({
        ...{ name, mimeType: 'image/jpeg', bytes },
        from: { width: 10_000, height: 9000, size: before.length },
        ...more,
      })),
  };
}

const byPage = (file: PlainFile | ScaledPicture): Attachable => ({
  ...{ id: randomUUID(), name: file.name, file: Promise.resolve(file) },
});
const dropped = (name: string, bytes: Uint8Array, mimeType = ''): Attachable =>
  byPage({ name, mimeType, bytes });
const textOf = (attachment: Attachment | undefined) =>
  attachment && !isBlobAttachment(attachment) ? attachment.text : undefined;
const blockOf = (attachment: Attachment | undefined) =>
  attachment && isBlobAttachment(attachment) ? attachment.block : undefined;

describe('what is attached', () => {
  let outside: string;
  let inside: string;
  let scene: ReturnType<typeof openAttacher>;
  const file = async (name: string, content: string | Uint8Array, folder = outside): Promise<Attachable> => {
    const target = path.join(folder, name);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
    return { uri: Uri.file(target) };
  };
  before(async () => {
    outside = await mkdtemp(path.join(os.tmpdir(), 'attach-'));
    inside = path.join(vscode.workspace.workspaceFolders![0]!.uri.fsPath, 'attached');
  });
  beforeEach(() => (scene = openAttacher()));
  afterEach(() => scene.drafts.dispose());
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const folder of [outside, inside]) await rm(folder, { recursive: true, force: true });
  });

  it('is a text file as a block with its language and relative name, and never with a path of the machine', async () => {
    const things = [
      await file('src/main.ts', 'const a = 1;\n', inside),
      await file('notes.MD', '# ```\n'),
      await file('table.csv', 'a,b'),
      await file('page.html', '<p>'),
      await file('some.unknownkind', 'x'),
      await file('picture.svg', '<svg/>'),
      await file('Dockerfile', 'FROM x'),
      await file('wide.txt', Buffer.from('\ufeffwide', 'utf16le')),
      dropped('C:\\Users\\someone\\dropped.py', new TextEncoder().encode('pass')),
    ];
    assert.deepEqual(await scene.attach(...things), []);
    assert.deepEqual(scene.attachments().map(textOf), [
      'attached/src/main.ts\n```typescript\nconst a = 1;\n```',
      'notes.MD\n````markdown\n# ```\n````',
      'table.csv\n```csv\na,b\n```',
      'page.html\n```html\n<p>\n```',
      'some.unknownkind\n```unknownkind\nx\n```',
      'picture.svg\n```xml\n<svg/>\n```',
      'Dockerfile\n```dockerfile\nFROM x\n```',
      'wide.txt\n```txt\nwide\n```',
      'dropped.py\n```python\npass\n```',
    ]);
    const texts = JSON.stringify(scene.attachments().map(textOf));
    for (const part of [os.tmpdir(), 'someone', path.basename(outside)])
      assert.ok(!texts.includes(part), part);
    // The address is for opening it, and stays here.
    const uris = scene.attachments().map((each) => each.uri);
    assert.deepEqual([typeof uris[0], uris.at(-1)], ['string', undefined]);
    assert.equal(scene.kept.size, 0);
  });

  it('is what the editor has of a file, with what is not saved, and in its language', async () => {
    const thing = await file('open.txt', 'on disk', inside);
    const { uri } = thing as { uri: vscode.Uri };
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'python');
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'typed, ');
    await vscode.workspace.applyEdit(edit);
    await scene.attach(thing);
    assert.equal(textOf(scene.attachments()[0]), 'attached/open.txt\n```python\ntyped, on disk\n```');
    await document.save();
  });

  it('is the cells of an open notebook, with what is not saved, and without their outputs', async () => {
    const cell = (type: 'code' | 'markdown', source: string) => ({
      ...{ cell_type: type, metadata: {}, source: [source] },
      ...(type === 'code' && {
        execution_count: 1,
        outputs: [{ output_type: 'display_data', metadata: {}, data: { 'image/png': pixels } }],
      }),
    });
    const pixels = Buffer.from(pngOf(8, 8)).toString('base64');
    const saved = JSON.stringify({
      ...{ nbformat: 4, nbformat_minor: 2, metadata: { language_info: { name: 'python' } } },
      cells: [
        cell('markdown', '# Sums'),
        cell('code', '1 + 1'),
        cell('code', ' '),
        cell('code', 'print(```)'),
      ],
    });
    const thing = await file('sums.ipynb', saved, inside);
    const { uri } = thing as { uri: vscode.Uri };
    const notebook = await vscode.workspace.openNotebookDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(notebook.cellAt(1).document.uri, new vscode.Position(0, 0), '2 + ');
    await vscode.workspace.applyEdit(edit);
    // From its file, as long as nobody has changed it.
    const whole = [
      'sums.ipynb, cell 1\n```markdown\n# Sums\n```',
      'sums.ipynb, cell 2\n```python\n1 + 1\n```',
      'sums.ipynb, cell 4\n````python\nprint(```)\n````',
    ].join('\n\n');
    assert.deepEqual(await scene.attach(await file('sums.ipynb', saved)), []);
    assert.equal(textOf(scene.attachments()[0]), whole);
    scene.drafts.update('c', { attachments: [] });
    assert.deepEqual(await scene.attach(thing), []);
    const [attached] = scene.attachments();
    assert.equal(
      textOf(attached),
      [
        'attached/sums.ipynb, cell 1\n```markdown\n# Sums\n```',
        'attached/sums.ipynb, cell 2\n```python\n2 + 1 + 1\n```',
        'attached/sums.ipynb, cell 4\n````python\nprint(```)\n````',
      ].join('\n\n'),
    );
    assert.deepEqual([scene.names(), attached?.uri], [['attached/sums.ipynb'], uri.toString()]);
    // Its lines are not those of a file.
    assert.deepEqual(quotedLines({ text: '', attachments: scene.attachments() }), [
      { name: 'attached/sums.ipynb', first: 1, last: 14 },
    ]);
    // One cell, from the menu of its editor.
    await scene.attach({ uri: notebook.cellAt(1).document.uri });
    assert.equal(textOf(scene.attachments()[1]), 'attached/sums.ipynb, cell 2\n```python\n2 + 1 + 1\n```');
    await notebook.save();
  });

  it('is no notebook without a text', async () => {
    const empty = JSON.stringify({ nbformat: 4, nbformat_minor: 2, metadata: {}, cells: [] });
    const thing = await file('empty.ipynb', empty, inside);
    await vscode.workspace.openNotebookDocument((thing as { uri: vscode.Uri }).uri);
    assert.deepEqual(await scene.attach(thing), ['attached/empty.ipynb is empty.']);
  });

  it('is a text in the encoding that is set for it', async () => {
    const thing = await file('sjis.txt', Uint8Array.of(0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea), inside);
    const [problem = ''] = await scene.attach(thing);
    assert.match(problem, /^sjis\.txt seems to be a text that isn’t in UTF-8/);
    const settings = vscode.workspace.getConfiguration('files');
    await settings.update('encoding', 'shiftjis', vscode.ConfigurationTarget.Global);
    try {
      assert.deepEqual(await scene.attach(thing), []);
      assert.match(textOf(scene.attachments()[0]) ?? '', /\n日本語\n/);
    } finally {
      await settings.update('encoding', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('is a picture or a document by its content, whatever its name is, in the order given', async () => {
    const things = [
      await file('report.txt', pdfOf(12)),
      await file('picture.pdf', pngOf(800, 600)),
      dropped('', jpegOf(30, 20), 'image/jpeg'),
      await file('table.zip', zipOf('[Content_Types].xml', 'xl/workbook.xml')),
    ];
    assert.deepEqual(await scene.attach(...things), []);
    assert.deepEqual(scene.names(), ['report.txt', 'picture.pdf', 'Pasted picture', 'table.zip']);
    const [report, picture, pasted, table] = scene.attachments().map(blockOf);
    assert.deepEqual([report?.format, report?.type === 'document' && report.pages], ['pdf', 12]);
    assert.deepEqual(
      [picture, pasted].map((block) => block?.type === 'image' && [block.format, block.width, block.height]),
      [
        ['png', 800, 600],
        ['jpeg', 30, 20],
      ],
    );
    assert.equal(table?.format, 'xlsx');
    for (const block of [report, picture, pasted, table])
      assert.equal(scene.kept.get(block!.data.sha256)?.length, block!.data.size);
    assert.deepEqual(scene.scaled, []);
    // Once more, it is there already.
    await scene.attach(...things);
    assert.equal(scene.names().length, 4);
  });

  it('is a picture that a page has scaled down, and says what it was', async () => {
    const large = pngOf(100, 100, 4 * mb);
    const wide = pngOf(8001, 10);
    scene.scaleTo(jpegOf(8000, 7200), { isFirstFrame: true });
    assert.deepEqual(await scene.attach(await file('large.png', large), dropped('wide.png', wide)), []);
    assert.deepEqual(
      scene.scaled.map(({ name, bytes }) => [name, bytes.length]),
      [
        ['large.png', 4 * mb],
        ['wide.png', wide.length],
      ],
    );
    const [first] = scene.attachments();
    assert.deepEqual(first && isBlobAttachment(first) && [first.scaledFrom, first.block.format], [
      { width: 10_000, height: 9000, size: 4 * mb, isFirstFrame: true },
      'jpeg',
    ]);
    // Just within the limits, it stays as it is.
    await scene.attach(await file('fits.png', pngOf(8000, 8000, 3_932_160)));
    assert.equal(scene.scaled.length, 2);
    // What the page scaled itself is not scaled again.
    const from = { width: 9000, height: 9000, size: 5 * mb };
    await scene.attach(byPage({ name: 'page.jpg', mimeType: 'image/jpeg', bytes: jpegOf(10, 10), from }));
    const last = scene.attachments().at(-1);
    assert.deepEqual([scene.scaled.length, last && isBlobAttachment(last) && last.scaledFrom], [2, from]);
  });

  it('is no picture that nobody could scale or convert', async () => {
    assert.match(
      (await scene.attach(dropped('large.png', pngOf(8001, 1))))[0] ?? '',
      /^Couldn’t scale large\.png down to what Bedrock takes \(3\.75 MB, 8,000 px\)/,
    );
    for (const [name, bytes] of Object.entries(foreignPictures))
      assert.match(
        (await scene.attach(dropped('a.pic', bytes)))[0] ?? '',
        new RegExp(
          `^a\\.pic is a ${name} picture, which Bedrock doesn’t take and VS Code can’t convert\\. Save it as PNG or JPEG`,
        ),
      );
    // Whatever a page answers is looked at.
    for (const answer of [pdfOf(1), pngOf(8001, 1), pngOf(0, 0), new Uint8Array()]) {
      scene.scaleTo(answer);
      assert.equal((await scene.attach(dropped('a.bmp', foreignPictures.BMP))).length, 1);
    }
    scene.scaleTo(pngOf(10, 10));
    assert.deepEqual(await scene.attach(dropped('a.bmp', foreignPictures.BMP)), []);
    assert.deepEqual(scene.names(), ['a.bmp']);
    assert.match((await scene.attach(dropped('b.png', pngOf(0, 0))))[0] ?? '', /^b\.png is damaged/);
  });

  it('is nothing that a model does not get; each is named, with what would be right', async () => {
    const said = async (name: string, thing: Attachable) => {
      const problems = await scene.attach(thing);
      assert.ok(problems[0]?.includes(name), problems[0] ?? name);
      assert.deepEqual([problems.length, scene.names()], [1, []], name);
    };
    for (const [what, [bytes]] of Object.entries(unsupportedFiles))
      await said(`a.${what}`, dropped(`a.${what}`, bytes));
    await said('empty.txt', await file('empty.txt', ''));
    await said('blank.txt', await file('blank.txt', ' \n\t'));
    await said('folder.d', {
      uri: Uri.file(
        (await mkdir(path.join(outside, 'folder.d'), { recursive: true }), path.join(outside, 'folder.d')),
      ),
    });
    await said('gone.txt', { uri: Uri.file(path.join(outside, 'gone.txt')) });
    await said('page', { uri: Uri.parse('nobody-provides:/a/page') });
    await symlink(path.join(outside, 'gone.txt'), path.join(outside, 'broken.link'));
    await said('broken.link', { uri: Uri.file(path.join(outside, 'broken.link')) });
    execFileSync('mkfifo', [path.join(outside, 'pipe.fifo')]);
    await said('pipe.fifo', { uri: Uri.file(path.join(outside, 'pipe.fifo')) });
  });

  it('is a link’s file', async () => {
    await file('target.ts', 'let a;');
    await symlink(path.join(outside, 'target.ts'), path.join(outside, 'link.ts'));
    assert.deepEqual(await scene.attach({ uri: Uri.file(path.join(outside, 'link.ts')) }), []);
    assert.deepEqual(scene.names(), ['link.ts']);
  });

  it('is not read if it is too large for what it is', async () => {
    /** A file of this size, almost all of which takes no room on the disk. */
    const sparse = async (name: string, beginning: Uint8Array, size: number): Promise<Attachable> => {
      const handle = await open(path.join(outside, name), 'w');
      await handle.write(beginning);
      await handle.truncate(size);
      await handle.close();
      return { uri: Uri.file(path.join(outside, name)) };
    };
    const gb = 1024 * mb;
    const began = performance.now();
    for (const [name, beginning, size, said] of [
      [
        'a.pdf',
        pdfOf(1),
        5 * mb,
        /^a\.pdf is too large \(5 MB\)\. Bedrock takes documents of up to 4\.5 MB\.$/,
      ],
      [
        'a.log',
        new TextEncoder().encode('line\n'.repeat(1000)),
        2 * gb,
        /^a\.log is too large \(2 GB\)\. Text files of up to 4 MB can be attached\./,
      ],
      [
        'a.png',
        pngOf(9000, 9000),
        2 * gb,
        /^a\.png is too large \(2 GB\)\. Pictures of up to 64 MB can be scaled down\.$/,
      ],
      ['a.mp4', unsupportedFiles.video[0], 2 * gb, /^a\.mp4 is a video/],
      ['a.docx', zipOf('a'), 2 * gb, /Bedrock takes documents/],
      ['a.zip', zipOf('a'), 2 * gb, /is an archive/],
    ] as const)
      assert.match((await scene.attach(await sparse(name, beginning, size)))[0] ?? '', said);
    assert.ok(performance.now() - began < 5000);
    // A large picture is scaled down.
    scene.scaleTo(jpegOf(10, 10));
    assert.deepEqual(await scene.attach(await sparse('b.png', pngOf(9000, 9000), 30 * mb)), []);
    assert.equal(scene.scaled[0]?.bytes.length, 30 * mb);
    const text = new TextEncoder().encode('x'.repeat(4 * mb));
    assert.deepEqual(await scene.attach(dropped('fits.txt', text)), []);
    assert.match(
      (await scene.attach(dropped('b.txt', new TextEncoder().encode('x'.repeat(4 * mb + 1)))))[0] ?? '',
      /too large/,
    );
    assert.match(
      (await scene.attach(dropped('b.pdf', Buffer.concat([pdfOf(1), Buffer.alloc(5 * mb)]))))[0] ?? '',
      /4\.5 MB/,
    );
  });

  it('is no 21st picture and no sixth document, which are said together', async () => {
    const pictures = Array.from({ length: 22 }, (_, index) => dropped(`${index}.png`, pngOf(index + 1, 1)));
    const documents = Array.from({ length: 6 }, (_, index) => dropped(`${index}.pdf`, pdfOf(index + 1)));
    const problems = await scene.attach(...pictures, ...documents);
    assert.deepEqual(problems, [
      'Bedrock takes up to 20 pictures. Not attached: 20.png.',
      'Bedrock takes up to 20 pictures. Not attached: 21.png.',
      'Bedrock takes up to 5 documents. Not attached: 5.pdf.',
    ]);
    assert.equal(scene.names().length, 25);
    // Nothing is kept of what is not attached.
    assert.equal(scene.kept.size, 25);
  });

  it('is no 201st text, and no text beyond what a request holds, which are said together', async () => {
    const textFile = (name: string, text: string) => dropped(name, new TextEncoder().encode(text));
    const texts = Array.from({ length: 201 }, (_, index) => textFile(`${index}.txt`, `text ${index}`));
    assert.deepEqual(await scene.attach(...texts), [
      'Up to 200 texts can be attached. Not attached: 200.txt.',
    ]);
    // What is there already is not left out, nor is a picture.
    assert.deepEqual(await scene.attach(texts[0]!, dropped('a.png', pngOf(1, 1))), []);
    assert.equal(scene.names().length, 201);
    scene.drafts.update('c', { attachments: [] });
    const large = Array.from({ length: 7 }, (_, index) =>
      textFile(`${index}.txt`, `${index}`.repeat(4 * mb)),
    );
    assert.deepEqual(await scene.attach(...large, textFile('small.txt', 'small')), [
      'The attached texts can have up to 25 MB together. Not attached: 6.txt.',
    ]);
    assert.deepEqual(scene.names().slice(5), ['5.txt', 'small.txt']);
  });

  it('is in a draft that an earlier session left, whose text stays', async () => {
    const drafts = new Drafts({
      files: () => ({
        adopt: () => Promise.resolve({ text: 'Typed before.', attachments: [], queue: [] }),
        write: () => Promise.resolve(),
        hasOthers: () => Promise.resolve(false),
        withoutConversation: () => Promise.resolve([]),
      }),
      onError: (error) => assert.fail(String(error)),
    });
    const pending = new PendingAttachments(drafts);
    const attacher = new Attacher({
      ...{ drafts, pending, blobs: { put: () => assert.fail() } },
      scale: () => Promise.resolve(undefined),
    });
    const things = [dropped('a.txt', new TextEncoder().encode('a'))];
    await attacher.attach('c', pending.begin('c', things));
    assert.deepEqual([drafts.get('c').text, drafts.get('c').attachments.length], ['Typed before.', 1]);
    drafts.dispose();
  });
});

describe('the command that attaches', () => {
  const lastEditor = new LastEditor();
  const pick = () => Promise.resolve([{ uri: Uri.file('/picked') }]);
  const what = async (argument?: unknown, further?: unknown) =>
    (await thingsToAttach(argument, further, lastEditor, pick)).map((thing) =>
      'uri' in thing ? thing.uri.path : 'selection' in thing ? thing.selection.text : '',
    );
  after(() => lastEditor.dispose());

  it('takes all files that are selected in the explorer', async () => {
    const uris = [Uri.file('/a'), Uri.file('/b')];
    assert.deepEqual(await what(uris[1], uris), ['/a', '/b']);
    assert.deepEqual(await what(uris[1], [uris[1]]), ['/b']);
  });

  it('takes the selection of the editor from whose menu it was run, else its file', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'one\ntwo\n', language: 'python' });
    const editor = await vscode.window.showTextDocument(document);
    await until(() => lastEditor.editor === editor, 'it is the last editor');
    editor.selection = new vscode.Selection(1, 0, 1, 3);
    assert.match((await what(document.uri, { groupId: 1 }))[0] ?? '', /:2\n```python\ntwo\n```$/);
    assert.deepEqual(await what(Uri.file('/other')), ['/other']);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    assert.deepEqual(await what(document.uri), [document.uri.path]);
  });

  it('asks if nothing says what is meant', async () => {
    for (const [argument, further] of [[], ['text'], [{}], [undefined, []], [undefined, ['x']]])
      assert.deepEqual(await what(argument, further), ['/picked']);
  });
});

describe('what is offered to attach', () => {
  const { window } = vscode;
  const { showOpenDialog, createQuickPick } = window;
  let picks: vscode.QuickPick<vscode.QuickPickItem>[];
  let dialogs: number;
  beforeEach(async () => {
    [picks, dialogs] = [[], 0];
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    Object.assign(window, {
      showOpenDialog: () => {
        dialogs += 1;
        return Promise.resolve([Uri.file('/report.pdf')]);
      },
      createQuickPick: () => {
        const pick = createQuickPick();
        picks.push(pick);
        return pick;
      },
    });
  });
  afterEach(async () => {
    Object.assign(window, { showOpenDialog, createQuickPick });
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('is a file at once where nothing else is', async () => {
    const chosen = await pickAttachables(new LastEditor());
    assert.deepEqual(
      chosen.map((each) => 'uri' in each && each.uri.path),
      ['/report.pdf'],
    );
    assert.deepEqual([dialogs, picks.length], [1, 0]);
  });

  it('is a choice where a file is open', async () => {
    await window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'text' }));
    const chosen = pickAttachables(new LastEditor());
    await until(() => picks.length === 1, 'the choice is shown');
    picks[0]!.hide();
    assert.deepEqual(await chosen, []);
    assert.equal(dialogs, 0);
  });
});
