// Runs in the extension host: sends prompts as a person does, by the command, with the panel open; a few at a
// time, so that it does not take all day. One in ten is refused by AWS, since a failure may keep what a reply
// does not.
import { setTimeout as wait } from 'node:timers/promises';
import { Selection, commands, extensions, window, workspace } from 'vscode';
import type { BedrockGatewayApi } from '../../src/api';
import { type Entry, standInKeys, standInToken } from '../gateway';
import { collectGarbage } from './garbage';
import { answering } from './inHost';

/** MB of heap in use. */
export interface Heaps {
  readonly few: number;
  readonly many: number;
}

interface Told {
  readonly url: string;
  /** Multiples of ten. */
  readonly few: number;
  readonly many: number;
}

/** Lines of a prompt: 2 KB, which the stand-in repeats in 350 pieces. */
const lines = 40;
/** Prompts on their way at once. */
const batch = 10;
const refusing = 'stand-in.access-denied';

export const run = answering(async ({ url, few, many }: Told): Promise<Heaps> => {
  const extension = extensions.getExtension<BedrockGatewayApi>('bedrock-gateway.bedrock-gateway');
  await (
    await extension?.activate()
  )?.setCredentials({
    authentication: 'accessKeys',
    ...standInKeys,
    gatewayToken: standInToken,
  });
  const content = Array.from(
    { length: many + lines },
    (_, line) => `export const value${line} = ${line} * 2; // of many\n`,
  );
  const editor = await window.showTextDocument(
    await workspace.openTextDocument({ content: content.join('') }),
  );

  let sent = 0;
  const sendUpTo = async (count: number) => {
    while (sent < count) {
      const before = sent;
      const refused = before % (10 * batch) === 0;
      await workspace
        .getConfiguration('bedrockGateway')
        .update('model', refused ? refusing : undefined, true);
      for (; sent < before + batch; sent += 1) {
        editor.selection = new Selection(sent, 0, sent + lines, 0);
        await commands.executeCommand('bedrockGateway.sendSelection');
      }
      await answered(new URL(url).origin, before);
    }
    return settledHeap();
  };
  return { few: await sendUpTo(few), many: await sendUpTo(many) };
});

/** Resolves when the gateway has sent all of its answers to the batch after `before` prompts. */
async function answered(gateway: string, before: number): Promise<void> {
  for (;;) {
    const entries = (await (await fetch(`${gateway}/__log?after=${before}`)).json()) as Entry[];
    if (entries.filter(({ finished }) => finished).length >= batch) return;
    await wait(20);
  }
}

/** MB in use, once collecting garbage frees no more. */
async function settledHeap(): Promise<number> {
  for (let before = Infinity; ;) {
    // What has come in is taken in, and what was waited for a moment is over.
    await wait(250);
    collectGarbage();
    const { heapUsed } = process.memoryUsage();
    if (heapUsed > before * 0.999) return heapUsed / 1024 ** 2;
    before = heapUsed;
  }
}
