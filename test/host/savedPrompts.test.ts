// The saved prompts in VS Code: of the settings and of files, whose they are, in which order, and what is wrong with them.
import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { promptArgument, promptNamed } from '../../src/prompt/promptArgument';
import { offeredPrompts } from '../../src/prompt/promptLibrary';
import { AgreedPrompts, LastUsedPrompts } from '../../src/prompt/promptStates';
import type { OfferedPrompt } from '../../src/prompt/savedPrompts';
import { readPrompts, storePrompt } from '../../src/settings';

const { Global, Workspace } = vscode.ConfigurationTarget;

class Store implements vscode.Memento {
  readonly values = new Map<string, unknown>();
  keys = () => [...this.values.keys()];
  get = <T>(key: string, fallback?: T) =>
    (this.values.has(key) ? (this.values.get(key) as T) : fallback) as T;
  update = (key: string, value: unknown) => Promise.resolve(void this.values.set(key, value));
}

const prompts = (value: unknown, target = Global) =>
  vscode.workspace.getConfiguration('bedrockGateway').update('prompts', value, target);
const locations = (value: unknown, target = Global) =>
  vscode.workspace.getConfiguration('chat').update('promptFilesLocations', value, target);

describe('saved prompts', () => {
  let home: string;
  let folder: string;
  let states: { globalState: Store; workspaceState: Store; globalStorageUri: vscode.Uri };

  /** Writes files of a folder. */
  async function write(
    directory: string,
    files: Readonly<Record<string, string | Uint8Array>>,
  ): Promise<void> {
    await mkdir(directory, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeFile(path.join(directory, name), content);
  }
  const mine = () => path.join(home, 'User', 'prompts');
  const theirs = () => path.join(folder, '.github', 'prompts');
  const library = () => offeredPrompts(states.globalStorageUri, new LastUsedPrompts(states));
  const named = async () => (await library()).prompts.map(({ from, name }) => `${from} ${name}`);
  const builtIn = ['Explain', 'Review', 'Fix Problems', 'Simplify', 'Write Tests', 'Translate…'];
  const allBuiltIn = builtIn.map((name) => `builtIn ${name}`);

  beforeEach(async () => {
    home = await mkdtemp(path.join(os.tmpdir(), 'prompts-'));
    const [opened] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(opened);
    folder = opened.uri.fsPath;
    const storage = path.join(home, 'User', 'globalStorage', 'bedrock-gateway.bedrock-gateway');
    states = {
      globalState: new Store(),
      workspaceState: new Store(),
      globalStorageUri: vscode.Uri.file(storage),
    };
  });
  afterEach(async () => {
    await prompts(undefined);
    await prompts(undefined, Workspace);
    await locations(undefined);
    await locations(undefined, Workspace);
    await rm(home, { recursive: true });
    await rm(path.join(folder, '.github'), { recursive: true, force: true });
    await rm(path.join(folder, 'more'), { recursive: true, force: true });
  });

  it('are mine and the built-in ones, then the workspace’s, also from files', async () => {
    await prompts({ Mine: 'x', Review: false });
    await prompts({ Theirs: 'y', Explain: 'z' }, Workspace);
    await write(mine(), { 'own.prompt.md': 'Own', 'notes.md': 'No prompt' });
    await write(theirs(), {
      'b.prompt.md': '---\nname: Bee\ndescription: Buzzes\n---\nB ${selection}',
      'a.prompt.md': 'A',
    });
    await write(path.join(theirs(), 'deeper'), { 'c.prompt.md': 'C' });
    assert.deepEqual(await named(), [
      'user Mine',
      'user own',
      ...allBuiltIn.filter((name) => !name.endsWith('Review')),
      'workspace Theirs',
      'workspace Explain',
      'workspace a',
      'workspace Bee',
    ]);
    const bee = (await library()).prompts.find(({ name }) => name === 'Bee');
    assert.equal(bee?.text, 'B ${selection}');
    assert.equal(bee.description, 'Buzzes');
    assert.equal(bee.file?.fsPath, path.join(theirs(), 'b.prompt.md'));
  });

  it('of a workspace take the place of none of mine, by name or by key', async () => {
    await prompts({ Explain: 'theirs', Mine: 'theirs' }, Workspace);
    await prompts({ Mine: 'mine' });
    const { prompts: offered } = await library();
    assert.equal(promptNamed('explain', offered)?.from, 'builtIn');
    assert.equal(promptNamed('Mine', offered)?.text, 'mine');
    await write(theirs(), { 'review.prompt.md': 'theirs', 'only-theirs.prompt.md': 'theirs' });
    const { prompts: withFiles } = await library();
    assert.equal(promptNamed('REVIEW', withFiles)?.from, 'builtIn');
    assert.equal(promptNamed('only-theirs', withFiles)?.text, 'theirs');
    assert.equal(promptNamed('only', withFiles), undefined);
  });

  it('that were used last come first, each among its own', async () => {
    await prompts({ Mine: 'x' });
    await write(theirs(), { 'a.prompt.md': 'A', 'b.prompt.md': 'B' });
    const used = new LastUsedPrompts(states);
    const find = async (name: string) => promptNamed(name, (await library()).prompts)!;
    for (const name of ['b', 'Simplify', 'Review', 'b']) await used.add(await find(name));
    const names = await named();
    assert.deepEqual(names.slice(0, 4), [
      'builtIn Review',
      'builtIn Simplify',
      'user Mine',
      'builtIn Explain',
    ]);
    assert.deepEqual(names.slice(-2), ['workspace b', 'workspace a']);
    const secret = { ...(await find('Mine')), text: 'The text of a prompt' };
    for (let count = 0; count < 300; count += 1) await used.add({ ...secret, name: `prompt ${count}` });
    const kept = JSON.stringify([...states.globalState.values]);
    assert.ok(kept.length < 5000, 'the list has an end');
    assert.doesNotMatch(kept, /The text/);
  });

  it('are in the folders of VS Code’s setting, and only mine can be outside of the workspace', async () => {
    await write(path.join(folder, 'more'), { 'm.prompt.md': 'M' });
    await write(path.join(home, 'shared'), { 's.prompt.md': 'S' });
    await write(path.join(home, 'elsewhere'), { 'e.prompt.md': 'E' });
    await write(theirs(), { 'a.prompt.md': 'A' });
    const files = async () => (await named()).filter((name) => !name.startsWith('builtIn'));
    await locations({
      [path.join(home, 'shared')]: true,
      more: true,
      '**/x': true,
      '.github/prompts': false,
    });
    assert.deepEqual(await files(), ['user s', 'workspace m']);
    await locations(
      { [path.join(home, 'elsewhere')]: true, '.github/prompts': true, more: false },
      Workspace,
    );
    assert.deepEqual(await files(), ['user s', 'workspace a']);
    await locations(undefined, Workspace);
    await locations({ [path.join(folder, 'more')]: true });
    assert.deepEqual(
      await files(),
      ['workspace m', 'workspace a'],
      'what is in the workspace is the workspace’s',
    );
  });

  it('in files that can’t be used are named, with the reason, and the others are offered', async () => {
    await write(theirs(), {
      'a-binary.prompt.md': Uint8Array.from([0x23, 0xff, 0xfe, 0x00]),
      'b-empty.prompt.md': '---\nname: b\n---\n\n',
      'c-open.prompt.md': '---\nname: c\nText',
      'd-large.prompt.md': 'x'.repeat(256 * 1024 + 1),
      'e-fine.prompt.md': '\ufeff---\nname: [odd\n: yaml\n---\nFine',
      'f-large-enough.prompt.md': 'x'.repeat(256 * 1024),
    });
    await symlink(path.join(home, 'nowhere'), path.join(theirs(), 'g-dangling.prompt.md'));
    await symlink(path.join(theirs(), 'e-fine.prompt.md'), path.join(theirs(), 'h-link.prompt.md'));
    await mkdir(path.join(theirs(), 'i-folder.prompt.md'));
    const { prompts: offered, unusable } = await library();
    const of = (file?: vscode.Uri) => path.basename(file?.fsPath ?? '').slice(0, 1);
    assert.deepEqual(
      unusable.map(({ file, problem }) => `${of(file)} ${problem}`),
      ['a encoding', 'b empty', 'c empty', 'd tooLarge'],
    );
    const files = offered.filter(({ file }) => file);
    assert.deepEqual(
      files.map(({ file, text }) => `${of(file)} ${text.slice(0, 4)}`),
      ['e Fine', 'f xxxx', 'h Fine'],
    );
  });

  it('in a folder that can’t be read, or with too many of them, are reported', async () => {
    await write(
      theirs(),
      Object.fromEntries(
        Array.from({ length: 205 }, (_, count) => [`p${String(count).padStart(3, '0')}.prompt.md`, 'x']),
      ),
    );
    const { prompts: offered, unusable } = await library();
    assert.equal(offered.filter(({ file }) => file).length, 200);
    assert.deepEqual(
      unusable.map(({ file, problem }) => [path.basename(file.fsPath), problem]),
      [['p200.prompt.md', 'tooMany']],
    );
    // Nothing is kept from root, and Windows has other permissions.
    if (process.platform === 'win32' || process.getuid?.() === 0) return;
    await chmod(theirs(), 0);
    const refused = await library().finally(() => chmod(theirs(), 0o700));
    assert.deepEqual(
      refused.unusable.map(({ problem }) => problem),
      ['unreadable'],
    );
  });

  it('are what an editor shows, when it is not saved', async () => {
    await write(theirs(), { 'a.prompt.md': 'On the disk' });
    const file = vscode.Uri.file(path.join(theirs(), 'a.prompt.md'));
    const edit = new vscode.WorkspaceEdit();
    await vscode.workspace.openTextDocument(file);
    edit.insert(file, new vscode.Position(0, 0), 'Typed. ');
    await vscode.workspace.applyEdit(edit);
    assert.equal(promptNamed('a', (await library()).prompts)?.text, 'Typed. On the disk');
    await vscode.window.showTextDocument(file);
    await vscode.commands.executeCommand('workbench.action.files.revert');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  });

  it('in a setting are written one by one, where they are', async () => {
    await prompts({ A: 'a', B: 'b', C: 'c' });
    await prompts({ D: 'd' }, Workspace);
    const values = () => vscode.workspace.getConfiguration('bedrockGateway').inspect('prompts');
    await storePrompt('B', 'changed', 'user');
    assert.deepEqual(values()?.globalValue, { A: 'a', B: 'changed', C: 'c' });
    assert.deepEqual(Object.keys(values()?.globalValue as object), ['A', 'B', 'C']);
    await storePrompt('B', undefined, 'user');
    await storePrompt('Explain', false, 'user');
    assert.deepEqual(values()?.globalValue, { A: 'a', C: 'c', Explain: false });
    assert.ok(!readPrompts().some(({ name }) => name === 'Explain'));
    await storePrompt('D', undefined, 'workspace');
    assert.equal(values()?.workspaceValue, undefined);
  });

  it('with hidden characters are agreed to as they are, a workspace’s in that workspace alone', async () => {
    const agreed = new AgreedPrompts(states);
    const prompt: OfferedPrompt = { name: 'A', label: 'A', text: 'x\u200by', from: 'workspace' };
    await agreed.add(prompt);
    assert.ok(agreed.has({ ...prompt }));
    for (const other of [
      { text: 'x\u200b\u200by' },
      { name: 'B' },
      { description: '\u202e' },
      { from: 'user' as const },
    ])
      assert.ok(!agreed.has({ ...prompt, ...other }), JSON.stringify(other));
    assert.equal(states.globalState.keys().length, 0);
    const kept = JSON.stringify([...states.workspaceState.values]);
    assert.match(kept, /^\[\["agreedPrompts",\["[0-9a-f]{64}"\]\]\]$/);
    await agreed.add({ ...prompt, from: 'user' });
    assert.ok(new AgreedPrompts({ ...states, workspaceState: new Store() }).has({ ...prompt, from: 'user' }));
  });
});

describe('the argument of a key', () => {
  const uri = vscode.Uri.file('/a.ts');
  const cases: readonly (readonly [unknown, unknown])[] = [
    ['Explain', { name: 'Explain' }],
    [{ prompt: ' Explain ' }, { name: 'Explain' }],
    [undefined, undefined],
    [null, undefined],
    [uri, undefined],
    [uri.toJSON(), 'invalid'],
    ['', 'invalid'],
    [{ prompt: 5 }, 'invalid'],
    [{ name: 'Explain' }, 'invalid'],
    [['Explain'], 'invalid'],
    [5, 'invalid'],
  ];
  for (const [argument, meaning] of cases)
    it(`${JSON.stringify(argument)} means ${JSON.stringify(meaning)}`, () => {
      assert.deepEqual(promptArgument(argument), meaning);
    });
});
