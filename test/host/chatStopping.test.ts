// What is asked before Chat is turned on where VS Code can't stop a request.
import assert from 'node:assert/strict';
import { agreesToNoStop } from '../../src/chat/notices';

describe('before Chat is turned on', () => {
  const asking = (chosen: string | undefined) => {
    const asked: string[][] = [];
    const ask = (message: string, ...buttons: string[]) => {
      asked.push([message, ...buttons]);
      return Promise.resolve(chosen);
    };
    return { asked, ask };
  };

  it('nothing is asked where VS Code can stop a request', async () => {
    const { ask, asked } = asking(undefined);
    assert.equal(await agreesToNoStop(ask, '1.127.0'), true);
    assert.deepEqual(asked, []);
  });

  it('the user has to agree where it can’t', async () => {
    for (const [chosen, agrees] of [
      ['Turn On', true],
      ['Cancel', false],
      [undefined, false],
    ] as const) {
      const { ask, asked } = asking(chosen);
      assert.equal(await agreesToNoStop(ask, '1.126.3'), agrees);
      assert.equal(asked.length, 1);
      assert.match(asked[0]![0]!, /VS Code 1\.126\.3: the model goes on, and you pay for the whole reply/);
    }
  });
});
