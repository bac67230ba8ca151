// Known pictures, documents, tools and thinking, over every behaviour of the stand-in: nothing of them is in a log line, in
// the record of an attempt, in a command for curl or in the record of requests.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { recordLine } from '../../../../src/core/activity/record';
import type { Message, ToolConfig } from '../../../../src/core/model/content';
import type { Request } from '../../../../src/core/model/request';
import { curl } from '../../../../src/core/wire/curl';
import { pingBody } from '../../../../src/core/wire/ping';
import { endedLine } from '../../../../src/engine/endedLine';
import { sentLine } from '../../../../src/ui/logLines';
import { awsError, behaviours, blockScript } from '../../../gateway';
import { pdf, png } from '../../gateway/samples';
import { type Asked, type Asking, asked, closeGatewaysAfterEach, openGateway, prepared } from '../../asking';
import { MemoryLedger } from '../activity/ledger';
import { MemoryBlobs, assistant, text, user } from './sending';

/** Each in its place. Eight letters and more, so that none is there by chance. */
const words = {
  ...{ picture: 'PictureBytesQ7Xv', pictureName: 'canary-picture-w3Kd.png', toolName: 'canaryTool_z8Pf' },
  ...{ document: 'DocumentBytesN4Rt', documentName: 'canary-paper-m2Ls.pdf', toolId: 'canaryId_b5Gw' },
  ...{ description: 'canary description h6Vc', property: 'canaryProperty_y9Tn', input: 'canary input d1Sx' },
  ...{ result: 'canary result f7Jk', thinking: 'canary thinking r4Bz', signature: 'Y2FuYXJ5U2lnbmF0dXJl' },
  ...{ redacted: 'Y2FuYXJ5UmVkYWN0ZWQh', nextId: 'canaryNext_k3Hv', nextInput: 'canary next input p8Wq' },
  ...{ nextThinking: 'canary next thinking c2Fm', said: 'canary said t6Yd' },
};
const canaries = Object.values(words).flatMap((word) => [
  ...[word, encodeURIComponent(word), Buffer.from(word).toString('base64').replace(/=+$/, '')],
]);

const blobs = new MemoryBlobs();
const picture = blobs.image('png', Buffer.concat([png(), Buffer.from(words.picture)]), {
  name: words.pictureName,
});
const paper = blobs.document('pdf', Buffer.concat([pdf(), Buffer.from(words.document)]), words.documentName);
const gone = new MemoryBlobs().document('pdf', Buffer.from(words.document), words.documentName);
const thought = { type: 'reasoning', text: words.thinking, signature: words.signature, model: 'm' } as const;
const messages: readonly Message[] = [
  user(picture, paper, text(words.said)),
  assistant(...[thought, { type: 'reasoning', text: '', redacted: words.redacted, model: 'm' } as const], {
    type: 'toolUse',
    id: words.toolId,
    name: words.toolName,
    input: { [words.property]: words.input },
  }),
  user({
    type: 'toolResult',
    toolUse: words.toolId,
    content: [{ type: 'text', text: words.result }, picture],
  }),
];
const tools: ToolConfig = {
  tools: [
    {
      ...{ name: words.toolName, description: words.description },
      inputSchema: { type: 'object', properties: { [words.property]: { type: 'string' } } },
    },
  ],
  choice: 'auto',
};

/** All that is logged, recorded or copied of a request. */
function keptOf({ reply }: Asked, request: Request, ledger: MemoryLedger, log: readonly string[]): string {
  const shown = { about: '', gatewayTakesNoSignature: '', new: '', stream: '', newCurl: '' };
  const commands = reply.records.flatMap(({ sent }) =>
    sent
      ? (['gateway', 'aws'] as const).map((to) =>
          curl({ request, sent, body: pingBody(request) }, to, { ...shown, variables: (names) => names }),
        )
      : [],
  );
  return [
    inspect(reply.records, { depth: null, maxStringLength: null, maxArrayLength: null }),
    ...[JSON.stringify(reply.requestIds), sentLine(request), endedLine({ request, reply }, reply.outcome!)],
    ...[...ledger.records.map(recordLine), ...log, ...commands],
  ].join('\n');
}

describe('no picture, document, tool or thinking is kept outside the history', () => {
  closeGatewaysAfterEach();

  async function assertNone(gateway: { url: string }, asking: Asking): Promise<Asked> {
    const ledger = new MemoryLedger();
    const log: string[] = [];
    const write = (message: string) => log.push(message);
    const ports = { blobs, ledger, log: { info: write, warn: write }, ...asking.ports };
    const whole = { messages, tools, cachePoints: { tools: true, messages: [0] } as const, ...asking, ports };
    const turn = await asked(gateway, whole);
    assert.equal(ledger.records.length, 1);
    const kept = keptOf(turn, prepared(gateway, whole).request, ledger, log);
    for (const canary of canaries) assert.ok(!kept.includes(canary), `${canary} in:\n${kept}`);
    return turn;
  }

  for (const api of ['converse', 'invoke'] as const)
    it(`whatever comes of a request (${api})`, async () => {
      const gateway = await openGateway();
      const outcomes = new Set<string>();
      for (const name of Object.keys(behaviours)) {
        const shorter =
          { slow: 'slow-1', long: 'long-50', 'nested-quotes': 'nested-quotes-50' }[name] ?? name;
        const model = `anthropic.claude-stand-in.${shorter}`;
        const stopping = new AbortController();
        const hangs = name === 'silence' || name === 'stall';
        if (hangs) void gateway.waitFor((entry) => entry.model === model).then(() => stopping.abort());
        const { reply } = await assertNone(gateway, { api, model, signal: stopping.signal });
        outcomes.add(reply.outcome!.kind);
      }
      assert.deepEqual([...outcomes].sort(), ['blocked', 'cut', 'done', 'failed', 'stopped']);
    });

  it('though AWS quotes all of it as it refuses it', async () => {
    const gateway = await openGateway();
    const quoted = Object.values(words).join(' ');
    gateway.script('quotes', () => awsError('ValidationException', quoted, { 'x-amzn-note': quoted }));
    const { reply } = await assertNone(gateway, { model: 'quotes', messages: messages.slice(0, 1) });
    assert.equal(reply.outcome?.kind, 'failed');
  });

  it('though the model writes it', async () => {
    const gateway = await openGateway();
    const input = JSON.stringify({ [words.property]: words.nextInput });
    const script = blockScript(
      [
        { kind: 'reasoning', deltas: [words.nextThinking] },
        { kind: 'text', deltas: [words.said] },
        { kind: 'toolUse', id: words.nextId, name: words.toolName, deltas: [input] },
      ],
      { stopReason: 'tool_use' },
    );
    const model = 'anthropic.claude-writes';
    for (const api of ['converse', 'invoke'] as const)
      for (const stream of ['auto', 'off'] as const)
        for (const ending of ['complete', 'cut', 'damaged'] as const) {
          gateway.script(model, { ...script, ending });
          const one = messages.slice(0, 1);
          await assertNone(gateway, { api, stream, model, messages: one });
        }
  });

  it('though an attachment is gone, or cannot be read', async () => {
    const gateway = await openGateway();
    const asking = { messages: [user(gone, text(words.said))] };
    const { reply } = await assertNone(gateway, asking);
    assert.ok(reply.outcome?.kind === 'failed' && reply.outcome.failure.kind === 'blobMissing');
    const read = () => Promise.reject(new Error(`ENOENT: ${words.documentName}`));
    await assertNone(gateway, { ...asking, ports: { blobs: { read } } });
    assert.equal(gateway.log.length, 0);
  });
});
