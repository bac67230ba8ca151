// Runs in the extension host: activates extensions in turn, and sees whether any of them loads the AWS SDK.
import assert from 'node:assert/strict';
import { extensions } from 'vscode';
import { answering } from './inHost';
import { quiet } from './quiet';

export interface Activated {
  /** ms, by the extension's ID; loading its code included. */
  readonly times: Readonly<Record<string, number>>;
  /** Files that hold the SDK and are loaded now. */
  readonly sdk: readonly string[];
}

export const run = answering(async ({ order }: { readonly order: readonly string[] }): Promise<Activated> => {
  const times: Record<string, number> = {};
  for (const id of order) {
    const extension = extensions.getExtension(id);
    assert.ok(extension, `${id} is not installed`);
    assert.ok(!extension.isActive, `${id} is active already`);
    await quiet();
    const began = performance.now();
    await extension.activate();
    times[id] = performance.now() - began;
  }
  return { times, sdk: Object.keys(require.cache).filter((file) => /[\\/]dist[\\/]engine\.js$/.test(file)) };
});
