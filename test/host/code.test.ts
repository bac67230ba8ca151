// Code from a reply in real editors: inserted, put in place of a selection, opened, saved.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { CodeActions } from '../../src/code/codeActions';
import type { Change } from '../../src/conversation/conversations';
import { newReply, reduceReply } from '../../src/core/model/reply';
import type { Source } from '../../src/core/model/request';
import { wholeText } from '../../src/code/wholeText';
import { SourceRanges } from '../../src/code/sourceRanges';
import { saveAs } from '../../src/code/saveCode';
import { lastCode } from '../../src/code/findCode';
import { LastEditor, rangesIn, sourceOf } from '../../src/prompt/selection';
import { until } from '../limits';
import { prepared } from '../unit/asking';

const { request: sample } = prepared({ url: 'https://gateway.example/v1/account/gateway' });

describe('code from a reply', () => {
  let lastEditor: LastEditor;
  let actions: CodeActions;
  let ranges: SourceRanges;
  const sent = new vscode.EventEmitter<Change>();
  let directory: string;
  before(async () => {
    directory = await realpath(await mkdtemp(path.join(os.tmpdir(), 'code-')));
    lastEditor = new LastEditor();
    ranges = new SourceRanges({ onDidChange: sent.event });
    actions = new CodeActions(lastEditor, ranges);
  });
  after(async () => {
    actions.dispose();
    ranges.dispose();
    sent.dispose();
    lastEditor.dispose();
    await rm(directory, { recursive: true });
  });
  afterEach(() => closeAll());

  /** A block as it is found in a reply. */
  const found = async (code: string, { info = '', sources = [] as readonly Source[] } = {}) => {
    const request = { ...sample, sources };
    const text = { type: 'text', text: `Here:\n\n\`\`\`\`${info}\n${code}\n\`\`\`\`\n` } as const;
    const reply = reduceReply(newReply(0), text, 0);
    const block = await lastCode([{ request, reply }]);
    assert.equal(block?.code, code);
    return block;
  };
  let count = 0;
  // VS Code keeps a closed document for a while, so no two tests have one file.
  const open = async (content: string, name = `file${(count += 1)}.txt`) => {
    const file = path.join(directory, name);
    await writeFile(file, content);
    const document = await vscode.workspace.openTextDocument(file);
    return vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, preview: false });
  };
  /** A notebook with these cells, of which the first is selected. */
  const openNotebook = async (kind: 'code' | 'markdown', ...cells: readonly string[]) => {
    const file = path.join(directory, `notebook${(count += 1)}.ipynb`);
    const ofCode = kind === 'code' ? { outputs: [], execution_count: null } : {};
    const content = {
      ...{ nbformat: 4, nbformat_minor: 2, metadata: { language_info: { name: 'python' } } },
      cells: cells.map((source) => ({ cell_type: kind, metadata: {}, source: [source], ...ofCode })),
    };
    await writeFile(file, JSON.stringify(content));
    const notebook = await vscode.workspace.openNotebookDocument(vscode.Uri.file(file));
    await vscode.window.showNotebookDocument(notebook, { selections: [new vscode.NotebookRange(0, 1)] });
    return notebook;
  };
  const select = (editor: vscode.TextEditor, ...ranges: [number, number, number, number][]) => {
    editor.selections = ranges.map((range) => new vscode.Selection(...range));
  };
  const sourcesIn = (editor: vscode.TextEditor) =>
    rangesIn(editor).map((range) => sourceOf(editor.document, range));
  /** The sources of a prompt that was just sent. */
  const send = (sources: readonly Source[]) => {
    const turn = { request: { ...sample, sources }, reply: newReply(0) };
    sent.fire({ conversation: 'c', turn, at: 0 });
    return sources;
  };
  /** The same after a reload of the window: nothing was followed, and versions of documents begin anew. */
  const afterReload = (sources: readonly Source[]) => sources.map((source) => ({ ...source, version: 1 }));
  const undo = () => vscode.commands.executeCommand('undo');
  /** The diff that shows a proposed edit. */
  const proposal = () => {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff ? input : undefined;
  };
  const proposed = async () => {
    await until(() => proposal() !== undefined, 'the diff is shown');
    return (await vscode.workspace.openTextDocument(proposal()!.modified)).getText();
  };

  describe('is inserted', () => {
    it('at every cursor, indented as the line is, and taken back by one undo', async () => {
      const before = 'a\n    b()\nc\n';
      const editor = await open(before);
      select(editor, [0, 1, 0, 1], [1, 4, 1, 7], [2, 0, 2, 0]);
      await actions.run('insert', await found('if (x) {\n  y();\n}'));
      assert.equal(
        editor.document.getText(),
        'aif (x) {\n  y();\n}\n    if (x) {\n      y();\n    }\nif (x) {\n  y();\n}c\n',
      );
      const cursors = editor.selections.map(({ active, isEmpty }) => [
        active.line,
        active.character,
        isEmpty,
      ]);
      assert.deepEqual(cursors, [
        [2, 1, true],
        [5, 5, true],
        [8, 1, true],
      ]);
      await undo();
      assert.equal(editor.document.getText(), before);
    });

    it('with the line ends of the document', async () => {
      const editor = await open('a\r\nb\r\n');
      select(editor, [1, 0, 1, 0]);
      await actions.run('insert', await found('x\ny'));
      assert.equal(editor.document.getText(), 'a\r\nx\r\nyb\r\n');
    });

    it('into the editor that was used last, which then has the focus', async () => {
      const editor = await open('a');
      select(editor, [0, 1, 0, 1]);
      const panel = vscode.window.createWebviewPanel('test', 'Test', vscode.ViewColumn.Two);
      await until(() => panel.active && !vscode.window.activeTextEditor, 'the panel has the focus');
      await actions.run('insert', await found('b'));
      assert.equal(editor.document.getText(), 'ab');
      await until(
        () => vscode.window.activeTextEditor?.document === editor.document,
        'the editor has the focus',
      );
      panel.dispose();
    });

    it('as a cell below the one that is selected, if none is edited', async () => {
      const notebook = await openNotebook('markdown', '1', '2');
      await vscode.commands.executeCommand('notebook.cell.quitEdit');
      const isActive = () => vscode.window.activeNotebookEditor?.notebook === notebook;
      await until(() => isActive() && !vscode.window.activeTextEditor, 'no cell is edited');
      await actions.run('insert', await found('print(1)', { info: 'py' }));
      assert.deepEqual(
        notebook.getCells().map(({ document }) => document.getText()),
        ['1', 'print(1)', '2'],
      );
      assert.equal(notebook.cellAt(1).document.languageId, 'python');
    });

    it('into the cell of a notebook that is edited', async () => {
      const notebook = await openNotebook('code', '1', '2');
      await vscode.commands.executeCommand('notebook.cell.edit');
      await until(
        () => vscode.window.activeTextEditor?.document === notebook.cellAt(0).document,
        'a cell is edited',
      );
      const editor = vscode.window.activeTextEditor!;
      select(editor, [0, 1, 0, 1]);
      await actions.run('insert', await found('b'));
      assert.equal(notebook.cellAt(0).document.getText(), '1b');
      await undo();
      await until(() => notebook.cellAt(0).document.getText() === '1', 'one undo takes it back');
    });
  });

  describe('of a document that is read-only', () => {
    it('is not inserted, and the document is named', async () => {
      const provider = vscode.workspace.registerTextDocumentContentProvider('read-only', {
        provideTextDocumentContent: () => 'old',
      });
      const uri = vscode.Uri.parse('read-only:/virtual.txt');
      const editor = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
      const block = await found('new');
      assert.equal(
        await actions.perform('insert', block),
        '“virtual.txt (read-only)” is read-only, so the code was not inserted.',
      );
      assert.equal(editor.document.getText(), 'old');
      provider.dispose();
    });

    it('is not put in place of a selection', async () => {
      const editor = await open('old\n', 'readonly.txt');
      select(editor, [0, 0, 0, 3]);
      const sources = sourcesIn(editor);
      await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
      const block = await found('new', { sources, info: 'ts' });
      assert.equal(
        await actions.perform('replace', block),
        '“readonly.txt” is read-only, so nothing was replaced.',
      );
      assert.equal(editor.document.getText(), 'old\n');
    });

    it('is not inserted anywhere when no editor is open', async () => {
      await closeAll();
      const block = await found('new');
      assert.equal(await actions.perform('insert', block), 'No editor is open to insert the code into.');
    });
  });

  describe('takes the place of the selection that was asked about', () => {
    it('at once where it is unchanged, in one undo step', async () => {
      const before = 'a\n  one();\n  two();\nb\n';
      const editor = await open(before);
      select(editor, [1, 0, 3, 0]);
      const sources = sourcesIn(editor);
      select(editor, [0, 0, 0, 0]);
      await actions.run('replace', await found('three();', { sources }));
      assert.equal(editor.document.getText(), 'a\n  three();\nb\n');
      await undo();
      assert.equal(editor.document.getText(), before);
    });

    it('at once where the document was closed', async () => {
      const editor = await open('a\nold\n', 'closed.txt');
      select(editor, [1, 0, 1, 3]);
      const sources = sourcesIn(editor);
      await closeAll();
      await actions.run('replace', await found('new', { sources }));
      assert.equal(vscode.window.activeTextEditor?.document.getText(), 'a\nnew\n');
    });

    it('by a diff where it has moved; Apply is one undo step', async () => {
      const editor = await open('a\nold\n', 'moved.txt');
      select(editor, [1, 0, 1, 3]);
      const sources = sourcesIn(editor);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'above\n'));
      await actions.run('replace', await found('new', { sources }));
      assert.equal(await proposed(), 'above\na\nnew\n');
      assert.equal(editor.document.getText(), 'above\na\nold\n');
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
      assert.equal(await actions.proposals.apply(), undefined);
      assert.equal(editor.document.getText(), 'above\na\nnew\n');
      assert.equal(proposal(), undefined);
      await undo();
      assert.equal(editor.document.getText(), 'above\na\nold\n');
    });

    it('by a diff that follows the document, and is applied to what it is then', async () => {
      const editor = await open('a\nold\n', 'follows.txt');
      select(editor, [1, 0, 1, 3]);
      const sources = sourcesIn(editor);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '1\n'));
      await actions.run('replace', await found('new', { sources }));
      await proposed();
      const elsewhere = new vscode.WorkspaceEdit();
      elsewhere.insert(editor.document.uri, new vscode.Position(0, 0), '2\n');
      await vscode.workspace.applyEdit(elsewhere);
      await until(async () => (await proposed()) === '2\n1\na\nnew\n', 'the diff follows');
      assert.equal(await actions.proposals.apply(), undefined);
      assert.equal(editor.document.getText(), '2\n1\na\nnew\n');
    });

    it('by a diff where the same text is in other places too', async () => {
      const editor = await open('x\n\n\n\nx\n', 'several.txt');
      select(editor, [4, 0, 4, 1]);
      const sources = send(sourcesIn(editor));
      await editor.edit((edit) => edit.insert(new vscode.Position(4, 0), '\n'));
      await actions.run('replace', await found('y', { sources }));
      assert.equal(await proposed(), 'x\n\n\n\n\ny\n');
      await actions.proposals.discard();
      assert.equal(proposal(), undefined);
      assert.equal(editor.document.getText(), 'x\n\n\n\n\nx\n');
    });

    const lines = (...numbers: readonly number[]) => numbers.map((number) => `line ${number}\n`).join('');
    const notFound = (name: string) =>
      `The selected text in “${name}” has changed and can’t be found, so nothing was replaced. ` +
      'Select the text to replace, then use “Insert”.';

    /** Changes a document, also if a diff has taken the place of its editor. */
    const change = async (
      { document }: vscode.TextEditor,
      ...changes: readonly (readonly [readonly [number, number, number, number], string])[]
    ) => {
      const edit = new vscode.WorkspaceEdit();
      for (const [range, text] of changes) edit.replace(document.uri, new vscode.Range(...range), text);
      await vscode.workspace.applyEdit(edit);
    };

    it('by a diff of exactly the lines that it has by now, if it was edited', async () => {
      const editor = await open(lines(1, 2, 3, 4, 5), 'inside.txt');
      select(editor, [1, 0, 4, 0]);
      const sources = send(sourcesIn(editor));
      await editor.edit((edit) => edit.insert(new vscode.Position(2, 0), 'one more\n'));
      const block = await found('new', { sources });
      await actions.run('replace', block);
      assert.equal(await proposed(), 'line 1\nnew\nline 5\n');
      await actions.proposals.discard();
      await change(editor, [[0, 0, 0, 0], '1\n2\n3\n4\n'], [[3, 0, 3, 1], 'L']);
      await actions.run('replace', block);
      assert.equal(await proposed(), '1\n2\n3\n4\nline 1\nnew\nline 5\n');
      await actions.proposals.apply();
      assert.equal(editor.document.getText(), '1\n2\n3\n4\nline 1\nnew\nline 5\n');
      assert.equal(await actions.perform('replace', block), '“inside.txt” already has this code there.');
      assert.equal(await actions.perform('replace', await found('newer', { sources })), undefined);
      assert.equal(await proposed(), '1\n2\n3\n4\nline 1\nnewer\nline 5\n');
      await actions.proposals.discard();
    });

    it('each of several, by a diff, wherever they are by now', async () => {
      const editor = await open(lines(1, 2, 3, 4, 5), 'cursors.txt');
      select(editor, [1, 0, 1, 6], [3, 0, 3, 6]);
      const sources = send(sourcesIn(editor));
      await editor.edit((edit) => {
        edit.insert(new vscode.Position(1, 4), '\n');
        edit.insert(new vscode.Position(3, 4), '\n');
      });
      for (const [source, expected] of [
        [sources[0]!, 'line 1\nnew\nline 3\nline\n 4\nline 5\n'],
        [sources[1]!, 'line 1\nline\n 2\nline 3\nnew\nline 5\n'],
      ] as const) {
        await actions.run('replace', await found('new', { sources: [source] }));
        assert.equal(await proposed(), expected);
        await actions.proposals.discard();
      }
    });

    it('by a diff after its line ends have changed', async () => {
      const editor = await open(lines(1, 2, 3), 'lineEnds.txt');
      select(editor, [1, 0, 2, 0]);
      const sources = send(sourcesIn(editor));
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 4), '\n'));
      await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
      assert.match(editor.document.getText(), /\r\n/);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'above\n'));
      await actions.run('replace', await found('new', { sources }));
      assert.equal((await proposed()).replaceAll('\r\n', '\n'), 'above\nline 1\nnew\nline 3\n');
      await actions.proposals.discard();
    });

    /** Sends the middle of a file, edits that, saves and closes the file. */
    const closedAfterEdit = async (name: string) => {
      const uri = vscode.Uri.file(path.join(directory, name));
      await writeFile(uri.fsPath, lines(1, 2, 3));
      // Not by openTextDocument(), which keeps a closed document for minutes.
      await vscode.commands.executeCommand('vscode.open', uri);
      const editor = vscode.window.activeTextEditor!;
      select(editor, [1, 0, 2, 0]);
      const sources = send(sourcesIn(editor));
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 4), '\n'));
      await editor.document.save();
      await closeAll();
      await until(() => editor.document.isClosed, 'the document is closed');
      return { uri, block: await found('new', { sources }) };
    };

    it('by a diff where the edited document was closed, and opened as it was', async () => {
      const { block } = await closedAfterEdit('again.txt');
      await actions.run('replace', block);
      assert.equal(await proposed(), 'line 1\nnew\nline 3\n');
      await actions.proposals.discard();
    });

    it('not where the edited document has changed while it was closed', async () => {
      const { uri, block } = await closedAfterEdit('meanwhile.txt');
      await writeFile(uri.fsPath, lines(0, 1, 9, 3));
      assert.equal(await actions.perform('replace', block), notFound('meanwhile.txt'));
      assert.equal(proposal(), undefined);
    });

    it('by a diff where the language of the edited document was changed', async () => {
      const editor = await open(lines(1, 2, 3), 'language.txt');
      select(editor, [1, 0, 2, 0]);
      const sources = send(sourcesIn(editor));
      await editor.edit((edit) => edit.insert(new vscode.Position(1, 4), '\n'));
      await vscode.languages.setTextDocumentLanguage(editor.document, 'markdown');
      await actions.run('replace', await found('new', { sources }));
      assert.equal(await proposed(), 'line 1\nnew\nline 3\n');
      await actions.proposals.discard();
    });

    it('not where it was replaced together with text around it', async () => {
      const editor = await open(lines(1, 2, 3, 4), 'around.txt');
      select(editor, [1, 0, 2, 0]);
      const sources = send(sourcesIn(editor));
      await editor.edit((edit) => edit.replace(new vscode.Range(0, 2, 2, 2), 'x'));
      assert.equal(await actions.perform('replace', await found('new', { sources })), notFound('around.txt'));
      assert.equal(proposal(), undefined);
      await undo();
      await actions.run('replace', await found('new', { sources }));
      assert.equal(editor.document.getText(), 'line 1\nnew\nline 3\nline 4\n');
    });

    it('after a reload where the text is at its place or at one other, else not', async () => {
      const editor = await open('x\ny\nx\nx\n', 'reloaded.txt');
      select(editor, [2, 0, 2, 1]);
      const ofX = afterReload(sourcesIn(editor));
      select(editor, [1, 0, 1, 1]);
      const ofY = afterReload(sourcesIn(editor));
      await actions.run('replace', await found('new', { sources: ofX }));
      assert.equal(await proposed(), 'x\ny\nnew\nx\n');
      await actions.proposals.discard();
      await change(editor, [[0, 0, 0, 0], 'above\n\n\n\n\n']);
      await actions.run('replace', await found('new', { sources: ofY }));
      assert.equal(await proposed(), 'above\n\n\n\n\nx\nnew\nx\nx\n');
      await actions.proposals.discard();
      assert.equal(
        await actions.perform('replace', await found('new', { sources: ofX })),
        notFound('reloaded.txt'),
      );
      await change(editor, [[6, 0, 6, 1], 'z']);
      const block = await found('new', { sources: ofY });
      assert.equal(await actions.perform('replace', block), notFound('reloaded.txt'));
      assert.equal(proposal(), undefined);
      await change(editor, [[0, 0, 6, 1], 'x\nnew']);
      assert.equal(await actions.perform('replace', block), '“reloaded.txt” already has this code there.');
    });

    it('with the first lines of it alone', async () => {
      const editor = await open('one();\ntwo();\n', 'shorter.txt');
      select(editor, [0, 0, 1, 6]);
      const sources = send(sourcesIn(editor));
      await actions.run('replace', await found('one();', { sources }));
      assert.equal(editor.document.getText(), 'one();\n');
    });

    it('in the cell of a notebook that has it by now', async () => {
      const notebook = await openNotebook('code', 'first', 'old');
      const { document } = notebook.cellAt(1);
      const source = sourceOf(document, new vscode.Range(0, 0, 0, 3));
      const [sentSource] = send([source]);
      const inCell = new vscode.WorkspaceEdit();
      inCell.insert(document.uri, new vscode.Position(0, 1), '\n');
      await vscode.workspace.applyEdit(inCell);
      await actions.run('replace', await found('new', { sources: [sentSource!] }));
      assert.equal(await proposed(), 'new');
      await actions.proposals.discard();
      const back = new vscode.WorkspaceEdit();
      back.delete(document.uri, new vscode.Range(0, 1, 1, 0));
      await vscode.workspace.applyEdit(back);
      // After a reload, the address of a cell may be that of another one.
      const reloaded = { ...source, version: 1, uri: notebook.cellAt(0).document.uri.toString() };
      await actions.run('replace', await found('new', { sources: [reloaded] }));
      assert.deepEqual(
        notebook.getCells().map((cell) => cell.document.getText()),
        ['first', 'new'],
      );
    });

    it('in a cell of a notebook', async () => {
      const notebook = await openNotebook('code', 'old');
      const { document } = notebook.cellAt(0);
      const sources = [sourceOf(document, new vscode.Range(0, 0, 0, 3))];
      await actions.run('replace', await found('new', { sources }));
      assert.equal(document.getText(), 'new');
      await undo();
      await until(() => document.getText() === 'old', 'one undo takes it back');
    });

    it('in a document that has no file', async () => {
      const document = await vscode.workspace.openTextDocument({ content: 'old' });
      const editor = await vscode.window.showTextDocument(document);
      select(editor, [0, 0, 0, 3]);
      await actions.run('replace', await found('new', { sources: sourcesIn(editor) }));
      assert.equal(document.getText(), 'new');
    });
  });

  it('is a new file in its language', async () => {
    await actions.run('newFile', await found('echo 1', { info: 'sh' }));
    const document = vscode.window.activeTextEditor?.document;
    assert.deepEqual(
      [document?.isUntitled, document?.languageId, document?.getText()],
      [true, 'shellscript', 'echo 1'],
    );
  });

  it('is proposed with no more than the lines that differ', async () => {
    const texts = ['', 'a', 'a\n', 'a\nb', 'a\nb\n', 'a\na\n', 'b\na\n', '\n', '\n\n', 'a\nx\nb\n', 'a\n\nb'];
    for (const before of texts)
      for (const after of texts) {
        const document = await vscode.workspace.openTextDocument({ content: before });
        const { range, text } = wholeText(document, after);
        const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
        assert.equal(
          before.slice(0, start) + text + before.slice(end),
          after,
          JSON.stringify([before, after]),
        );
      }
    const document = await vscode.workspace.openTextDocument({ content: 'a\nb\nc\nd\n' });
    const { range, text } = wholeText(document, 'a\nb\nC\nd\n');
    assert.deepEqual([range.start.line, range.end.line, text], [2, 2, 'C']);
  });

  describe('is saved', () => {
    let folder: string;
    before(() => {
      folder = vscode.workspace.workspaceFolders![0]!.uri.fsPath;
    });
    /** Returns why it was not saved. */
    const save = async (
      name: string,
      { code = 'new', agrees = (_: string) => Promise.resolve(false) } = {},
    ) =>
      saveAs(
        await found(code),
        { name, folder: vscode.workspace.workspaceFolders![0]!, agrees },
        actions.proposals,
      );
    const textOf = (name: string) => readFile(path.join(folder, name), 'utf8');

    it('under its name, in folders that are new too, and is shown', async () => {
      assert.equal(await save('lib/new.txt', { code: 'let a;' }), undefined);
      assert.equal(await textOf('lib/new.txt'), 'let a;\n');
      assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, path.join(folder, 'lib', 'new.txt'));
    });

    it('over an existing file only by a diff, which then saves it; undo takes it back', async () => {
      await writeFile(path.join(folder, 'existing.txt'), 'old\n');
      await save('existing.txt');
      assert.equal(await proposed(), 'new\n');
      assert.equal(await textOf('existing.txt'), 'old\n');
      assert.equal(await actions.proposals.apply(), undefined);
      assert.equal(await textOf('existing.txt'), 'new\n');
      await undo();
      assert.equal(vscode.window.activeTextEditor?.document.getText(), 'old\n');
      await vscode.commands.executeCommand('workbench.action.files.revert');
    });

    it('nowhere else, and the sentence says why', async () => {
      await mkdir(path.join(folder, '.git'), { recursive: true });
      await symlink(directory, path.join(folder, 'out')).catch(() => undefined);
      const before = await readdir(directory);
      const hostile = [
        '../a.txt',
        '/tmp/a.txt',
        '.git/config',
        'NUL',
        'a.ts.',
        'out/a.txt',
        'C:\\a.txt',
        'EXISTING.txt',
      ];
      for (const name of hostile) {
        assert.ok((await save(name))?.startsWith(`“${name}” was not saved.`), name);
        assert.equal(proposal(), undefined);
      }
      assert.deepEqual(await readdir(directory), before);
      assert.deepEqual(await readdir(path.join(folder, '.git')), []);
    });

    it('where tools may run it only after a question', async () => {
      const asked: string[] = [];
      const answers = (isAgreed: boolean) => (name: string) => {
        asked.push(name);
        return Promise.resolve(isAgreed);
      };
      assert.equal(await save('.vscode/tasks.json', { agrees: answers(false) }), undefined);
      await assert.rejects(textOf('.vscode/tasks.json'), { code: 'ENOENT' });
      await save('.vscode/tasks.json', { code: '{}', agrees: answers(true) });
      assert.equal(await textOf('.vscode/tasks.json'), '{}\n');
      assert.deepEqual(asked, ['.vscode/tasks.json', '.vscode/tasks.json']);
    });

    it('not where a link has come to be while the user was asked', async () => {
      await mkdir(path.join(folder, '.later'));
      const exchange = async () => {
        await rm(path.join(folder, '.later'), { recursive: true });
        await symlink(directory, path.join(folder, '.later'));
        return true;
      };
      assert.equal(
        await save('.later/a.txt', { agrees: exchange }),
        '“.later/a.txt” was not saved. “.later” leads out of the workspace folder.',
      );
      await assert.rejects(readFile(path.join(directory, 'a.txt'), 'utf8'), { code: 'ENOENT' });
    });

    it('not over a file that has become a link to another since the diff was shown', async () => {
      await writeFile(path.join(folder, 'swapped.txt'), 'old\n');
      const victim = path.join(directory, 'victim.txt');
      await writeFile(victim, 'old\n');
      await save('swapped.txt');
      await proposed();
      await rm(path.join(folder, 'swapped.txt'));
      await symlink(victim, path.join(folder, 'swapped.txt'));
      assert.equal(
        await actions.proposals.apply(),
        '“swapped.txt” was not saved. “swapped.txt” is a symbolic link, which may lead elsewhere.',
      );
      assert.equal(await readFile(victim, 'utf8'), 'old\n');
      await actions.proposals.discard();
    });
  });
});

async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter((each) => each.isDirty)) {
    if (document.uri.scheme === 'vscode-notebook-cell') continue;
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  for (const tab of vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ isDirty }) => isDirty)) {
    if (!(tab.input instanceof vscode.TabInputNotebook)) continue;
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(tab.input.uri));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.window.tabGroups.close(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs));
}
