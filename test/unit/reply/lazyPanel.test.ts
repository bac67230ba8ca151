// The panel before it is loaded. In this Node there is no VS Code, so that its chunk cannot be: as when an update
// has taken the files of the version that runs.
import assert from 'node:assert/strict';
import type { Change } from '../../../src/conversation/conversations';
import { LazyPanel } from '../../../src/reply/lazyPanel';
import type { PanelParts } from '../../../src/reply/panelParts';

describe('a panel that cannot be loaded', () => {
  it('is told of once for each prompt, and fails no promise that nobody holds', async () => {
    const unheld: unknown[] = [];
    const take = (error: unknown) => void unheld.push(error);
    process.on('unhandledRejection', take);
    let tell: (change: Partial<Change>) => void = () => assert.fail('nobody listens');
    const errors: unknown[] = [];
    const panel = new LazyPanel({
      conversations: {
        onDidChange: (listener: typeof tell) => ((tell = listener), { dispose: () => undefined }),
      },
      onLoadError: (error: unknown) => errors.push(error),
    } as unknown as PanelParts);

    for (const prompt of ['first', 'second']) {
      tell({ conversation: prompt });
      for (let word = 0; word < 3; word += 1) {
        tell({ conversation: prompt, event: { type: 'text', text: 'word ' } });
        await new Promise(setImmediate);
      }
    }
    process.off('unhandledRejection', take);
    panel.dispose();
    assert.deepEqual(errors.map(String), Array(2).fill(errors.map(String)[0]));
    assert.match(String(errors[0]), /Cannot find module 'vscode'/);
    assert.deepEqual(unheld, []);
  });
});
