// Which versions of VS Code can stop a request.
import assert from 'node:assert/strict';
import { canStop } from '../../../src/chat/stopping';

describe('stopping a request of Chat', () => {
  for (const [version, can] of [
    ['1.105.1', false],
    ['1.126.9', false],
    ['1.127.0', true],
    ['1.127.0-insider', true],
    ['1.139.1', true],
    ['2.0.0', true],
  ] as const)
    it(`${can ? 'works' : 'does not work'} in VS Code ${version}`, () => assert.equal(canStop(version), can));
});
