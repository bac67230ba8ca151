// The prompt cache of Bedrock behind the stand-in: what a request writes, what a later one reads.
import assert from 'node:assert/strict';
import {
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  InvokeModelCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { type Gateway, startGateway } from '../../gateway/index.js';
import { sdkClient } from './clients.js';
import { toolNamed } from './samples.js';
import { invokeInput } from './ways.js';

const model = 'us.anthropic.claude-sonnet-5';
const minute = 60_000;
/** A text of so many tokens. */
const tokens = (count: number, letter = 'x') => letter.repeat(4 * count);
const point = (ttl?: string) => ({ cachePoint: { type: 'default', ...(ttl && { ttl }) } });
const user = (...content: object[]) => ({ role: 'user', content });
const assistant = (text: string) => ({ role: 'assistant', content: [{ text }] });

describe('a cache point', () => {
  let gateway: Gateway;
  let now: number;
  beforeEach(async () => {
    now = Date.now();
    gateway = await startGateway({ pace: 0, clock: () => now });
  });
  afterEach(() => gateway.close());

  const client = () => sdkClient(gateway, { systemClockOffset: now - Date.now() });
  async function usage(input: object, modelId = model) {
    const command = new ConverseCommand({ modelId, ...input });
    const { usage: counted } = await client().send(command);
    const { inputTokens, cacheReadInputTokens, cacheWriteInputTokens, totalTokens, outputTokens } = counted!;
    assert.equal(totalTokens, inputTokens! + outputTokens! + cacheReadInputTokens! + cacheWriteInputTokens!);
    return {
      input: inputTokens,
      read: cacheReadInputTokens,
      written: cacheWriteInputTokens,
      details: counted!.cacheDetails,
    };
  }
  const system = (count: number, ttl?: string) => ({
    system: [{ text: tokens(count) }, point(ttl)],
    messages: [user({ text: tokens(10) })],
  });

  it('writes at first, and reads later', async () => {
    assert.deepEqual(await usage(system(1024)), {
      ...{ input: 10, read: 0, written: 1024 },
      details: [{ ttl: '5m', inputTokens: 1024 }],
    });
    assert.deepEqual(await usage(system(1024)), { input: 10, read: 1024, written: 0, details: undefined });
  });

  it('does nothing after too few tokens', async () => {
    for (let again = 0; again < 2; again++)
      assert.deepEqual(await usage(system(1023)), { input: 1033, read: 0, written: 0, details: undefined });
  });

  for (const [id, least] of [
    ['us.anthropic.claude-haiku-4-5-20251001-v1:0', 4096],
    ['stand-in.caching-2000', 2000],
    ['stand-in.caching', 1024],
  ] as const) {
    it(`needs ${least} tokens for ${id}`, async () => {
      assert.equal((await usage(system(least - 1), id)).written, 0);
      assert.equal((await usage(system(least), id)).written, least);
    });
  }

  it('belongs to one model, through whichever geography', async () => {
    await usage(system(2000));
    assert.equal((await usage(system(2000), 'global.anthropic.claude-sonnet-5')).read, 2000);
    assert.equal((await usage(system(2000), 'us.anthropic.claude-sonnet-4-6')).read, 0);
  });

  it('expires after five minutes, or an hour, without a read', async () => {
    await usage(system(2000));
    now += 4 * minute;
    assert.equal((await usage(system(2000))).read, 2000);
    now += 4 * minute;
    assert.equal((await usage(system(2000))).read, 2000);
    now += 5 * minute;
    assert.equal((await usage(system(2000))).read, 0);

    const hour = system(3000, '1h');
    assert.deepEqual((await usage(hour)).details, [{ ttl: '1h', inputTokens: 3000 }]);
    now += 59 * minute;
    assert.equal((await usage(hour)).read, 3000);
    now += 60 * minute;
    assert.equal((await usage(hour)).read, 0);
  });

  it('reads the longest prefix that is kept, though the point moved on', async () => {
    const first = [user({ text: tokens(1500) }, point())];
    assert.equal((await usage({ messages: first })).written, 1500);
    now += 4 * minute;
    const second = [
      ...[user({ text: tokens(1500) }), assistant(tokens(100, 'y'))],
      user({ text: tokens(200, 'z') }, point()),
    ];
    const counted = await usage({ messages: second });
    assert.deepEqual([counted.input, counted.read, counted.written], [0, 1500, 300]);
    now += 4 * minute;
    assert.equal((await usage({ messages: first })).read, 1500, 'the read began the time anew');
    const third = [
      ...[user({ text: tokens(1500) }), assistant(tokens(100, 'y')), user({ text: tokens(200, 'z') })],
      ...[assistant('yy'), user({ text: tokens(50) })],
    ];
    assert.equal((await usage({ messages: third })).read, 0, 'nothing is read without a point');
  });

  it('reads nothing after a change before it', async () => {
    const input = {
      ...system(2000),
      toolConfig: { tools: [toolNamed('read'), point()] },
    };
    const all = (await usage(input)).written!;
    assert.equal((await usage(input)).read, all);
    const changed = { ...input, toolConfig: { tools: [toolNamed('write'), point()] } };
    assert.equal((await usage(changed)).read, 0);
  });

  it('is accounted by its time to live', async () => {
    const input = {
      system: [{ text: tokens(1100) }, point('1h')],
      messages: [user({ text: tokens(500) }, point())],
    };
    assert.deepEqual((await usage(input)).details, [
      { ttl: '1h', inputTokens: 1100 },
      { ttl: '5m', inputTokens: 500 },
    ]);
    now += 10 * minute;
    const later = await usage(input);
    assert.deepEqual([later.read, later.details], [1100, [{ ttl: '5m', inputTokens: 500 }]]);
  });

  it('is accounted in a stream', async () => {
    const command = new ConverseStreamCommand({ modelId: model, ...system(1500) } as ConverseCommandInput);
    const { stream } = await client().send(command);
    for await (const { metadata } of stream!) {
      if (!metadata) continue;
      assert.equal(metadata.usage!.cacheWriteInputTokens, 1500);
      assert.deepEqual(metadata.usage!.cacheDetails, [{ ttl: '5m', inputTokens: 1500 }]);
    }
  });

  it("is accounted in Claude's own words", async () => {
    const body = {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 100,
      system: [{ type: 'text', text: tokens(1500), cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [{ role: 'user', content: tokens(10) }],
    };
    const counted = async () => {
      const output = await client().send(new InvokeModelCommand(invokeInput(model, body)));
      return (JSON.parse(new TextDecoder().decode(output.body)) as { usage: Record<string, unknown> }).usage;
    };
    const { output_tokens: _, ...first } = await counted();
    assert.deepEqual(first, {
      ...{ input_tokens: 10, cache_creation_input_tokens: 1500, cache_read_input_tokens: 0 },
      cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 1500 },
    });
    const { cache_creation_input_tokens: written, cache_read_input_tokens: read } = await counted();
    assert.deepEqual([written, read], [0, 1500]);
  });
});
