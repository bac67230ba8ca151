// Where a file is saved, on a real disk with real links.
import assert from 'node:assert/strict';
import {
  link,
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { judgePath } from '../../../src/code/pathRules';
import { type Place, placeOnDisk, writeNewFile } from '../../../src/code/placeOnDisk';

describe('the place of a file that is saved', () => {
  let base: string;
  let folder: string;
  let outside: string;
  beforeEach(async () => {
    base = await realpath(await mkdtemp(path.join(os.tmpdir(), 'place-')));
    folder = path.join(base, 'folder');
    outside = path.join(base, 'outside');
    for (const each of [folder, outside, path.join(folder, 'src'), path.join(folder, '.git', 'hooks')])
      await mkdir(each, { recursive: true });
    await writeFile(path.join(folder, 'README.md'), 'old');
    await writeFile(path.join(outside, 'victim.txt'), 'old');
  });
  afterEach(() => rm(base, { recursive: true }));

  const segmentsOf = (name: string) => {
    const judged = judgePath(name);
    assert.ok('segments' in judged, name);
    return judged.segments;
  };
  const place = (name: string) => placeOnDisk(folder, segmentsOf(name));
  const write = (name: string, isAgreed = false) => writeNewFile(folder, segmentsOf(name), 'new', isAgreed);
  /** Nothing is written, for the same reason as nothing is offered. */
  const refused = async (name: string, expected: Place) => {
    assert.deepEqual(await place(name), expected);
    assert.deepEqual(await write(name, true), expected);
    assert.deepEqual(await readdir(outside), ['victim.txt']);
    assert.equal(await readFile(path.join(outside, 'victim.txt'), 'utf8'), 'old');
  };

  it('is a new file, in new directories too', async () => {
    for (const name of ['a.ts', 'src/a.ts', 'lib/deep/deeper/a.ts']) {
      assert.deepEqual(await place(name), { state: 'new', isSensitive: false });
      assert.deepEqual(await write(name), { written: path.join(folder, name) });
      assert.equal(await readFile(path.join(folder, name), 'utf8'), 'new');
    }
  });

  it('is an existing file, which is not overwritten', async () => {
    assert.deepEqual(await place('README.md'), { state: 'existing', isSensitive: false });
    assert.deepEqual(await write('README.md'), { state: 'existing', isSensitive: false });
    assert.equal(await readFile(path.join(folder, 'README.md'), 'utf8'), 'old');
  });

  it('is not written without consent where tools run or obey it', async () => {
    assert.deepEqual(await write('.vscode/tasks.json'), { state: 'new', isSensitive: true });
    assert.deepEqual((await readdir(folder)).sort(), ['.git', 'README.md', 'src']);
    assert.ok('written' in (await write('.vscode/tasks.json', true)));
  });

  it('is not where a link leads out', async () => {
    await symlink(outside, path.join(folder, 'out'));
    await symlink(path.join(folder, 'out'), path.join(folder, 'twice'));
    await symlink('..', path.join(folder, 'up'));
    await refused('out/a.ts', { problem: 'outside', name: 'out' });
    await refused('out/deep/a.ts', { problem: 'outside', name: 'out' });
    await refused('out/victim.txt', { problem: 'outside', name: 'out' });
    await refused('twice/a.ts', { problem: 'outside', name: 'twice' });
    await refused('up/outside/a.ts', { problem: 'outside', name: 'up' });
    await refused('up/folder/a.ts', { problem: 'outside', name: 'up' });
  });

  it('may be where a link leads to another directory of the folder, but not to .git', async () => {
    await symlink(path.join(folder, 'src'), path.join(folder, 'link'));
    assert.deepEqual(await write('link/a.ts'), { written: path.join(folder, 'src', 'a.ts') });
    await symlink('.git', path.join(folder, 'innocent'));
    await refused('innocent/hooks/pre-commit', {
      problem: 'git',
      name: path.join('.git', 'hooks', 'pre-commit'),
    });
    await symlink('.git/hooks', path.join(folder, 'hooks'));
    await refused('hooks/pre-commit', { problem: 'git', name: path.join('.git', 'hooks', 'pre-commit') });
    await mkdir(path.join(folder, '.vscode'));
    await symlink('.vscode', path.join(folder, 'settings'));
    assert.deepEqual(await place('settings/tasks.json'), { state: 'new', isSensitive: true });
  });

  it('is no link, whether it leads to a file or to none', async () => {
    await symlink(path.join(outside, 'victim.txt'), path.join(folder, 'a.ts'));
    await symlink(path.join(outside, 'none.txt'), path.join(folder, 'b.ts'));
    await symlink('README.md', path.join(folder, 'c.md'));
    for (const name of ['a.ts', 'b.ts', 'c.md']) await refused(name, { problem: 'link', name });
    await symlink('loop', path.join(folder, 'loop'));
    await refused('loop', { problem: 'link', name: 'loop' });
    await assert.rejects(place('loop/a.ts'), { code: 'ELOOP' });
  });

  it('is no hard link, no directory and no other thing', async () => {
    await link(path.join(outside, 'victim.txt'), path.join(folder, 'hard.txt'));
    await refused('hard.txt', { problem: 'hardLinks', name: 'hard.txt' });
    await refused('src', { problem: 'directory', name: 'src' });
    await refused('README.md/a.ts', { problem: 'notDirectory', name: 'README.md' });
  });

  it('is not an existing name in another case or composition', async () => {
    await refused('readme.md', { problem: 'otherCase', name: 'README.md' });
    await refused('SRC/a.ts', { problem: 'otherCase', name: 'src' });
    await writeFile(path.join(folder, 'e\u0301.ts'), '');
    await refused('é.ts', { problem: 'otherCase', name: 'e\u0301.ts' });
  });

  it('is in a folder that is itself behind a link', async () => {
    await symlink(folder, path.join(base, 'alias'));
    const written = await writeNewFile(path.join(base, 'alias'), ['a.ts'], 'new', false);
    assert.deepEqual(written, { written: path.join(folder, 'a.ts') });
  });

  describe('at the last moment', () => {
    const writeWhile = (name: string, change: () => Promise<unknown>) =>
      writeNewFile(folder, segmentsOf(name), 'new', false, async () => {
        await change();
      });

    it('does not follow a directory that has become a link', async () => {
      const exchange = async () => {
        await rm(path.join(folder, 'src'), { recursive: true });
        await symlink(outside, path.join(folder, 'src'));
      };
      assert.deepEqual(await writeWhile('src/a.ts', exchange), { problem: 'outside', name: 'a.ts' });
      assert.deepEqual(await readdir(outside), ['victim.txt']);
    });

    it('does not follow a link that has come to be in the place of the file', async () => {
      for (const target of ['victim.txt', 'none.txt']) {
        const name = `to-${target}`;
        const add = () => symlink(path.join(outside, target), path.join(folder, name));
        assert.deepEqual(await writeWhile(name, add), { problem: 'link', name });
      }
      assert.deepEqual(await readdir(outside), ['victim.txt']);
      assert.equal(await readFile(path.join(outside, 'victim.txt'), 'utf8'), 'old');
    });

    it('overwrites no file that has come to be there', async () => {
      const file = path.join(folder, 'a.ts');
      const written = await writeWhile('a.ts', () => writeFile(file, 'their own'));
      assert.deepEqual(written, { state: 'existing', isSensitive: false });
      assert.equal(await readFile(file, 'utf8'), 'their own');
    });
  });

  it('stays in the folder while somebody exchanges a directory and a link under our hands', async () => {
    const swapped = path.join(folder, 'swapped');
    const [real, link] = [path.join(base, 'real'), path.join(base, 'link')];
    let isOver = false;
    // A directory that was just written is in the way of the link.
    const move = (from: string, to: string) =>
      rename(from, to)
        .catch(() => rm(swapped, { recursive: true, force: true }))
        // Something may be written into it at that very moment; the next time is soon.
        .catch(() => undefined);
    const swapping = (async () => {
      while (!isOver) {
        await mkdir(real, { recursive: true });
        await move(real, swapped);
        await move(swapped, real);
        await symlink(outside, link).catch(() => undefined);
        await move(link, swapped);
        await move(swapped, link);
      }
    })();
    for (let at = 0; at < 500; at++)
      await writeNewFile(folder, ['swapped', `${at}.ts`], 'new', false).catch((error: unknown) => {
        assert.match(String((error as NodeJS.ErrnoException).code), /^(?:ENOENT|ENOTDIR|EINVAL)$/);
      });
    isOver = true;
    await swapping;
    for (const name of await readdir(outside))
      assert.equal(
        await readFile(path.join(outside, name), 'utf8'),
        name === 'victim.txt' ? 'old' : '',
        name,
      );
  });
});
