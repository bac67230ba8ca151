// The storage that the windows of a workspace share.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { sharedStorage } from '../../../src/platform/node/workspaceStorage';

describe('the storage of a workspace', () => {
  let root: string;
  before(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'storage-'));
    for (const name of ['-2c647fff', '-2c647fff-1', '9f1c', '9f1c-1', 'x-1', 'y', 'y-10'])
      await mkdir(path.join(root, name));
  });
  after(() => rm(root, { recursive: true, force: true }));

  it('is that of the first window', () => {
    for (const [given, shared] of [
      ['-2c647fff', '-2c647fff'],
      ['-2c647fff-1', '-2c647fff'],
      ['9f1c-9', '9f1c'],
      // There is no other, so that is its name.
      ['x-1', 'x-1'],
      ['y-10', 'y-10'],
    ] as const)
      assert.equal(
        sharedStorage(path.join(root, given, 'publisher.name')),
        path.join(root, shared, 'publisher.name'),
      );
  });
});
