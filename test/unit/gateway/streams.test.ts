import assert from 'node:assert/strict';
import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Gateway, startGateway } from '../../gateway/index.js';
import { ask, model, question, sdkClient, stream } from './clients.js';

/** A gate that a test opens when it likes. */
function gate() {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open: () => open(), opened };
}

describe('a scripted stream of the stand-in gateway', () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  afterEach(() => gateway.close());
  const command = () => new ConverseStreamCommand({ modelId: model, messages: question() });

  it('says exactly what it was told, piece by piece', async () => {
    const deltas = ['# A', ' title\n\n``', '`js\n', '🎉', ''];
    gateway.script(model, { deltas, stopReason: 'max_tokens', usage: { inputTokens: 7, outputTokens: 9 } });
    const { events, stopReason } = await stream(sdkClient(gateway));
    assert.deepEqual(
      events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? []),
      deltas,
    );
    assert.equal(stopReason, 'max_tokens');
    const { usage, metrics } = events.at(-1)!.metadata!;
    assert.deepEqual(usage, {
      inputTokens: 7,
      outputTokens: 9,
      totalTokens: 16,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 0,
    });
    assert.ok(metrics!.latencyMs! > 0);
    assert.deepEqual(
      events.map((event) => Object.keys(event)[0]),
      [
        'messageStart',
        ...deltas.map(() => 'contentBlockDelta'),
        'contentBlockStop',
        'messageStop',
        'metadata',
      ],
    );
  });

  it('is held at a delta until the test lets it go', async () => {
    const { open, opened } = gate();
    gateway.script(model, {
      deltas: ['one', 'two', 'three'],
      hold: (index) => (index === 1 ? opened : Promise.resolve()),
    });
    const { stream: events } = await sdkClient(gateway).send(command());
    let said = '';
    for await (const { contentBlockDelta } of events!) {
      said += contentBlockDelta?.delta?.text ?? '';
      if (said !== 'one') continue;
      const entry = gateway.log[0]!;
      assert.equal(entry.framesSent, 2);
      assert.equal(entry.framesTotal, 7);
      assert.equal(entry.finished, false);
      open();
    }
    assert.equal(said, 'onetwothree');
  });

  it('holds a whole answer too', async () => {
    const { open, opened } = gate();
    const held = gate();
    const hold = () => {
      held.open();
      return opened;
    };
    gateway.script(model, { deltas: ['one'], hold });
    const asked = ask(sdkClient(gateway));
    await held.opened;
    // A whole round trip, in which the held answer would have come too.
    await ask(sdkClient(gateway), 'another.model');
    assert.equal(gateway.log[0]!.status, undefined);
    open();
    assert.equal((await asked).output!.message!.content![0]!.text, 'one');
  });

  it('is seen to end when the client leaves, wherever it was', async () => {
    const { opened } = gate();
    gateway.script(model, {
      deltas: ['one', 'two'],
      hold: (index) => (index === 1 ? opened : Promise.resolve()),
    });
    const leaving = new AbortController();
    const { stream: events } = await sdkClient(gateway).send(command(), { abortSignal: leaving.signal });
    await assert.rejects(async () => {
      for await (const { contentBlockDelta } of events!) {
        if (contentBlockDelta) leaving.abort();
      }
    });
    const { framesSent, finished } = await gateway.waitFor((entry) => !!entry.closedByClientAt);
    assert.equal(framesSent, 2);
    assert.equal(finished, false);
  });

  it('takes its time', async () => {
    gateway.script(model, { deltas: ['a', 'b', 'c'], pace: 30 });
    const before = performance.now();
    await stream(sdkClient(gateway));
    assert.ok(performance.now() - before >= 88);
  });

  it('may change from turn to turn', async () => {
    gateway.script(model, ({ turn, prompt }) => ({ deltas: [`${turn}: ${prompt.messages[0]!.text}`] }));
    assert.equal((await stream(sdkClient(gateway), model, 'first')).text, '1: first');
    assert.equal((await stream(sdkClient(gateway), model, 'second')).text, '2: second');
    assert.equal(gateway.asked(model), 2);
  });

  it('waits for a client that does not read', async () => {
    gateway.script(model, { deltas: Array.from({ length: 400 }, () => 'x'.repeat(100_000)) });
    const leaving = new AbortController();
    await sdkClient(gateway).send(command(), { abortSignal: leaving.signal });
    await ask(sdkClient(gateway), 'another.model');
    const { framesSent, framesTotal } = gateway.log[0]!;
    assert.ok(framesSent < framesTotal, `${framesSent} of ${framesTotal}`);
    leaving.abort();
    await gateway.waitFor(({ closedByClientAt }) => closedByClientAt !== undefined);
  });

  it('arrives whole, however long, at any backpressure', async () => {
    const deltas = Array.from({ length: 3000 }, (_, index) => `${index} ${'x'.repeat(200)}\n`);
    gateway.script(model, { deltas });
    const { text } = await stream(sdkClient(gateway));
    assert.equal(text, deltas.join(''));
    const entry = await gateway.waitFor(({ finished }) => finished);
    assert.equal(entry.framesSent, 3004);
  });
});

describe('the log of the stand-in gateway', () => {
  it('holds what came and what went', async () => {
    const gateway = await startGateway({ pace: 0 });
    try {
      await ask(sdkClient(gateway, { extra: { 'cf-aig-event-id': 'mine' } }), model, 'Grüße');
      const entry = await gateway.waitFor(({ finished }) => finished);
      assert.equal(entry.method, 'POST');
      assert.equal(entry.provider, 'aws-bedrock');
      assert.equal(entry.region, 'us-east-1');
      assert.equal(entry.authentication, 'signature');
      assert.equal(entry.headers['cf-aig-event-id'], 'mine');
      assert.ok(entry.body.includes('Grüße'));
      assert.equal(entry.seenByAws!.headers['cf-aig-event-id'], undefined);
      assert.equal(entry.seenByAws!.headers['host'], 'bedrock-runtime.us-east-1.amazonaws.com');
      const log = (await (await fetch(`${gateway.root}/__log`)).json()) as unknown[];
      assert.deepEqual(log, JSON.parse(JSON.stringify([entry])));
      assert.deepEqual(await (await fetch(`${gateway.root}/__log?after=1`)).json(), []);
      assert.deepEqual(await (await fetch(`${gateway.root}/__log?after=0`)).json(), log);
    } finally {
      await gateway.close();
    }
  });

  it('says what it has when what is awaited does not come', async () => {
    const gateway = await startGateway({ pace: 0 });
    try {
      await ask(sdkClient(gateway), model, 'a secret prompt');
      const waiting = gateway.waitFor(({ status }) => status === 418, 10);
      const { message } = (await waiting.catch((error: unknown) => error)) as Error;
      assert.match(message, /within 10 ms/);
      assert.match(message, /#1 POST converse us-east-1 anthropic\S+ → 200 signature accepted/);
      assert.ok(!message.includes('secret'));
    } finally {
      await gateway.close();
    }
  });

  it('does not say that the client left when the gateway closed', async () => {
    const gateway = await startGateway();
    const asked = ask(sdkClient(gateway), 'stand-in.silence').catch(() => undefined);
    const entry = await gateway.waitFor(({ signature }) => signature === 'accepted');
    await gateway.close();
    await asked;
    assert.equal(entry.closedByClientAt, undefined);
  });
});
