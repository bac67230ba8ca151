import assert from 'node:assert/strict';
import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Gateway, startGateway } from '../../gateway/index.js';
import { ask, failureOf, question, sdkClient, stream } from './clients.js';

describe('a reply of the stand-in, by model id:', () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  afterEach(() => gateway.close());
  const client = () => sdkClient(gateway);
  const id = (name: string) => `stand-in.${name}`;

  it('cut ends the stream properly and without messageStop', async () => {
    const { events, text, stopReason } = await stream(client(), id('cut'));
    assert.ok(text.length > 20);
    assert.deepEqual(Object.keys(events.at(-1)!), ['contentBlockDelta']);
    assert.equal(stopReason, undefined);
    assert.equal((await gateway.waitFor(({ finished }) => finished)).closedByClientAt, undefined);
  });

  it('cut-connection tears the connection', async () => {
    const failure = (await failureOf(stream(client(), id('cut-connection')))) as NodeJS.ErrnoException;
    assert.equal(failure.code, 'ECONNRESET');
    assert.equal(gateway.log[0]!.closedByClientAt, undefined);
  });

  it('cut-frame ends inside a frame', async () => {
    assert.match((await failureOf(stream(client(), id('cut-frame')))).message, /Truncated event message/);
  });

  it('cut-damaged has a frame whose checksum is wrong', async () => {
    const failure = await failureOf(stream(client(), id('cut-damaged')));
    assert.match(failure.message, /checksum/);
    assert.ok(gateway.log[0]!.framesSent > 3);
  });

  it('huge-frame has a frame that says, truly, that a gigabyte is to come', async () => {
    assert.match((await failureOf(stream(client(), id('huge-frame')))).message, /Truncated event message/);
    assert.ok(gateway.log[0]!.framesSent > 3);
  });

  for (const name of ['stall', 'silence']) {
    it(`${name} says no more until the client leaves`, async () => {
      const leaving = new AbortController();
      const command = new ConverseStreamCommand({
        modelId: id(name),
        messages: question(),
      });
      const asked = client().send(command, { abortSignal: leaving.signal });
      const reading = asked.then(async ({ stream: events }) => {
        for await (const event of events!) assert.ok(event);
      });
      const entry = await gateway.waitFor(({ framesSent, framesTotal }) =>
        name === 'stall' ? framesSent > 0 && framesSent === framesTotal : framesTotal > 0,
      );
      assert.equal(entry.finished, false);
      leaving.abort();
      await assert.rejects(reading);
      await gateway.waitFor(({ closedByClientAt }) => closedByClientAt !== undefined);
      assert.equal(entry.status, name === 'stall' ? 200 : undefined);
    });
  }

  it('slow answers late', async () => {
    const before = performance.now();
    await stream(client(), id('slow-120'));
    assert.ok(performance.now() - before >= 119);
  });

  it('unavailable-twice answers the third time, again and again', async () => {
    const outcomes = [];
    for (let turn = 0; turn < 6; turn++) {
      const asked = ask(client(), id('unavailable-twice'));
      outcomes.push(
        await asked.then(
          () => 'response',
          (error: unknown) => (error as Error).name,
        ),
      );
    }
    const unavailable = 'ServiceUnavailableException';
    assert.deepEqual(outcomes, [unavailable, unavailable, 'response', unavailable, unavailable, 'response']);
  });

  it('throttled-once answers the second time', async () => {
    const failure = await failureOf(ask(client(), id('throttled-once')));
    assert.equal(failure.$response!.headers['retry-after'], '1');
    await ask(client(), id('throttled-once'));
  });

  it('empty says nothing', async () => {
    assert.deepEqual(await stream(client(), id('empty')).then(({ text, stopReason }) => [text, stopReason]), [
      '',
      'end_turn',
    ]);
    assert.deepEqual((await ask(client(), id('empty'))).output!.message!.content, []);
  });

  it('reasoning comes before the text, in a block of its own', async () => {
    const { events, text } = await stream(client(), id('reasoning'));
    const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta ?? []);
    const kinds = deltas.map(
      ({ contentBlockIndex, delta }) => `${contentBlockIndex} ${Object.keys(delta!)[0]}`,
    );
    assert.deepEqual([...new Set(kinds)], ['0 reasoningContent', '1 text']);
    assert.match(text, /^# Stand-in/);
    const [thought] = (await ask(client(), id('reasoning'))).output!.message!.content!;
    assert.match(thought!.reasoningContent!.reasoningText!.text!, /^First/);
  });

  it('prompt-cache fills four buckets', async () => {
    const { usage } = await ask(client(), id('prompt-cache'));
    assert.equal(usage!.cacheReadInputTokens, 2048);
    assert.equal(usage!.cacheWriteInputTokens, 512);
    assert.equal(usage!.totalTokens, 12 + 2048 + 512 + usage!.outputTokens!);
  });

  it('long has as many deltas as asked', async () => {
    const { events } = await stream(client(), id('long-500'));
    assert.equal(events.filter(({ contentBlockDelta }) => contentBlockDelta).length, 500);
  });

  it('hostile points at the canary, which the gateway hears', async () => {
    const { text } = await stream(client(), id('hostile'));
    for (const bait of [
      '<script>',
      'onerror=',
      'command:',
      'javascript:',
      `![remote image](${gateway.root}/canary/`,
    ]) {
      assert.ok(text.includes(bait), bait);
    }
    assert.deepEqual(gateway.canary, []);
    await fetch(/http:\S+\/canary\/markdown-image/.exec(text)![0]);
    assert.deepEqual(gateway.canary, ['/canary/markdown-image']);
    assert.equal(gateway.log.length, 1, 'the canary is not in the log of prompts');
  });

  it('nested-quotes nests', async () => {
    assert.match((await stream(client(), id('nested-quotes'))).text, /^>{10000} so deep/);
  });
});
