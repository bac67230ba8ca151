// Each model's own body against the stand-in, which takes none but those that Bedrock takes.
import assert from 'node:assert/strict';
import { memoryQuirks } from '../../../../src/core/gateway/quirks';
import { type Message, textBlock } from '../../../../src/core/model/content';
import type { Parameters, Family } from '../../../../src/core/model/request';
import type { Script } from '../../../gateway';
import {
  type Asking,
  arn,
  asked,
  claudeText,
  closeGatewaysAfterEach,
  kindOf,
  openGateway,
  profile,
  sonnet,
  titanText,
  withColon,
} from '../../asking';
import { openServer } from '../rawServer';

const turn = (role: Message['role'], text: string): Message => ({ role, content: [textBlock(text)] });
const messages = [
  turn('user', 'What is 2 + 2?'),
  turn('assistant', '4. "$&"\r\n'),
  turn('user', 'And 日本 3 + 3?'),
];
const systemPrompt = 'Be brief.\r\nBe kind. 🙂';
const text = (value: string) => [{ type: 'text', text: value }];

interface Case {
  readonly model: string;
  /** The whole body for the conversation above. */
  readonly body: object;
  readonly limit?: number;
}

const cases: { readonly [F in Family]: Case } = {
  claudeMessages: {
    model: withColon,
    body: {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 4096,
      system: systemPrompt,
      messages: [
        { role: 'user', content: text('What is 2 + 2?') },
        { role: 'assistant', content: text('4. "$&"\r\n') },
        { role: 'user', content: text('And 日本 3 + 3?') },
      ],
    },
    limit: 4096,
  },
  claudeText: {
    model: claudeText,
    body: {
      prompt: `\n\nHuman: ${systemPrompt}\n\nWhat is 2 + 2?\n\nAssistant: 4. "$&"\r\n\n\nHuman: And 日本 3 + 3?\n\nAssistant:`,
      max_tokens_to_sample: 4096,
      stop_sequences: ['\n\nHuman:'],
    },
    limit: 4096,
  },
  titanText: {
    model: titanText,
    body: {
      inputText: `${systemPrompt}\n\nUser: What is 2 + 2?\nBot: 4. "$&"\r\n\nUser: And 日本 3 + 3?\nBot:`,
    },
  },
};

const everything: Parameters = { maxTokens: 64, temperature: 0.5, topP: 0.9, stopSequences: ['User:'] };
const carried: { readonly [F in Family]: object } = {
  claudeMessages: { max_tokens: 64, temperature: 0.5, top_p: 0.9, stop_sequences: ['User:'] },
  claudeText: {
    max_tokens_to_sample: 64,
    temperature: 0.5,
    top_p: 0.9,
    stop_sequences: ['\n\nHuman:', 'User:'],
  },
  titanText: {
    textGenerationConfig: { maxTokenCount: 64, temperature: 0.5, topP: 0.9, stopSequences: ['User:'] },
  },
};

const operationOf = { auto: 'invoke-with-response-stream', off: 'invoke' } as const;
const invoke = (asking: Asking): Asking => ({ api: 'invoke', ...asking });

for (const [family, { model, body, limit }] of Object.entries(cases) as [Family, Case][]) {
  for (const stream of ['auto', 'off'] as const) {
    describe(`${family}, stream ${stream}`, () => {
      closeGatewaysAfterEach();

      it('carries a conversation with a system prompt, and nothing else', async () => {
        const gateway = await openGateway();
        gateway.script(model, { deltas: ['It is ', '6. $& 日本\r\n'] });
        const { events, reply } = await asked(
          gateway,
          invoke({ model, stream, messages, parameters: { systemPrompt } }),
        );
        assert.deepEqual(reply.outcome, { kind: 'done', stopReason: 'end_turn' });
        assert.equal(reply.text, 'It is 6. $& 日本\r\n');
        assert.equal(events.filter(({ type }) => type === 'text').length, stream === 'auto' ? 2 : 1);
        assert.ok(reply.usage && reply.usage.input > 0 && reply.usage.output > 0);
        assert.equal(reply.limit, limit);
        assert.equal(reply.operation, operationOf[stream]);
        const [entry] = gateway.log;
        assert.deepEqual(JSON.parse(entry!.body), body);
        assert.deepEqual([entry!.operation, entry!.signature], [operationOf[stream], 'accepted']);
        assert.equal(entry!.headers['content-type'], 'application/json');
        assert.equal(entry!.headers['x-amzn-bedrock-accept'], undefined);
        if (stream === 'off') assert.equal(entry!.headers['accept'], 'application/json');
      });

      it('carries every parameter', async () => {
        const gateway = await openGateway();
        const { reply } = await asked(gateway, invoke({ model, stream, parameters: everything }));
        assert.equal(gateway.log[0]!.status, 200);
        const sent = JSON.parse(gateway.log[0]!.body) as object;
        assert.deepEqual({ ...sent, ...carried[family] }, sent);
        // The stand-in obeys the limit as a model does.
        assert.deepEqual(reply.outcome, { kind: 'done', stopReason: 'max_tokens' });
      });

      it('comes with its tokens, of whatever they are told in', async () => {
        const gateway = await openGateway();
        gateway.script(model, { deltas: ['x'], usage: { inputTokens: 11, outputTokens: 22 } });
        const { reply } = await asked(gateway, invoke({ model, stream }));
        assert.deepEqual(reply.usage, { input: 11, output: 22, cacheRead: 0, cacheWrite: 0 });
      });

      it('is blocked where a guardrail of Bedrock intervened', async () => {
        const gateway = await openGateway();
        gateway.script(model, { deltas: ['Not that.'], stopReason: 'guardrail_intervened' });
        const { reply } = await asked(gateway, invoke({ model, stream }));
        assert.deepEqual([reply.outcome?.kind, kindOf(reply)], ['blocked', 'guardrailIntervened']);
        assert.equal(reply.text, 'Not that.');
      });

      it('says in the model’s own words what it does not take', async () => {
        const gateway = await openGateway();
        const parameters = { additionalFields: { no_such_field: 1 } };
        const { reply } = await asked(gateway, invoke({ model, stream, parameters }));
        assert.ok(reply.outcome?.kind === 'failed');
        assert.equal(reply.outcome.failure.kind, 'requestInvalid');
        assert.match(reply.outcome.failure.details.message!, /extraneous key \[no_such_field\]/);
      });
    });
  }

  describe(`${family}, streamed`, () => {
    closeGatewaysAfterEach();

    const deltas = Array.from({ length: 40 }, (_, index) => `word ${index} 日本 `);
    const endings: readonly (readonly [string, Script['ending'], string])[] = [
      ['without its end', 'cut', 'streamIncomplete'],
      ['inside a frame', 'halfFrame', 'streamIncomplete'],
      ['in an error of no known name', 'unknownError', 'streamException'],
      ['in an exception', { exception: 'throttlingException', message: 'Slow.' }, 'streamThrottled'],
    ];
    for (const [what, ending, kind] of endings) {
      it(`and ended ${what}, is cut and keeps its text`, async () => {
        const gateway = await openGateway();
        gateway.script(model, { deltas, ending: ending! });
        const { reply } = await asked(gateway, invoke({ model }));
        assert.deepEqual([reply.outcome?.kind, kindOf(reply)], ['cut', kind]);
        assert.equal(reply.text, deltas.join(''));
        assert.equal(reply.usage, undefined);
        assert.equal(gateway.asked(model), 1);
      });

      it(`and ended ${what} before its first word, is never done`, async () => {
        const gateway = await openGateway();
        gateway.script(model, { deltas: [], ending: ending! });
        const { reply } = await asked(gateway, invoke({ model }));
        assert.match(reply.outcome!.kind, /cut|failed/);
        // What is busy is asked again, as it would be with a status.
        assert.equal(gateway.asked(model), kind === 'streamThrottled' ? 3 : 1);
      });
    }

    it('is asked for whole once the gateway has damaged it, and so is everything after, by any API', async () => {
      const gateway = await openGateway({ switches: { mangleFrames: true } });
      const quirks = memoryQuirks();
      const { events, reply } = await asked(gateway, invoke({ model, quirks }));
      assert.equal(kindOf(reply), 'done');
      assert.equal(reply.retriedBecause, 'streamDamaged');
      assert.deepEqual(
        events.flatMap((event) => (event.type === 'attempt' ? [[event.operation, event.limit]] : [])),
        [
          ['invoke-with-response-stream', limit],
          ['invoke', limit],
        ],
      );
      const second = await asked(gateway, { model: sonnet, quirks });
      assert.deepEqual([second.reply.attempts, second.reply.operation], [1, 'converse']);
    });

    it('is read where the gateway answers whole', async () => {
      const gateway = await openGateway({ switches: { streamAsJson: true } });
      const { reply } = await asked(gateway, invoke({ model, prompt: 'function greet() {}' }));
      assert.equal(kindOf(reply), 'done');
      assert.match(reply.text, /greet/);
      assert.equal(reply.attempts, 1);
      assert.ok(reply.usage && reply.usage.output > 0);
    });
  });
}

describe("Claude's own body", () => {
  closeGatewaysAfterEach();

  it('tells reasoning from text, and counts the cache', async () => {
    const gateway = await openGateway();
    const usage = { inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 3, cacheWriteInputTokens: 4 };
    gateway.script(sonnet, { reasoning: ['Hm', '$&'], deltas: ['So: ', '42'], usage });
    for (const stream of ['auto', 'off'] as const) {
      const { reply } = await asked(gateway, invoke({ stream }));
      assert.deepEqual([reply.reasoning, reply.text], ['Hm$&', 'So: 42']);
      assert.deepEqual(reply.usage, { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 });
    }
  });

  it('counts what the cache keeps for an hour', async () => {
    const gateway = await openGateway();
    const cacheDetails = [
      { ttl: '5m', inputTokens: 3 },
      { ttl: '1h', inputTokens: 6 },
    ];
    gateway.script(sonnet, {
      deltas: ['x'],
      usage: { inputTokens: 1, outputTokens: 2, cacheWriteInputTokens: 9, cacheDetails },
    });
    for (const stream of ['auto', 'off'] as const) {
      const { reply } = await asked(gateway, invoke({ stream }));
      assert.deepEqual(reply.usage, { input: 1, output: 2, cacheRead: 0, cacheWrite: 9, cacheWrite1h: 6 });
    }
  });

  it('carries additional fields at its top', async () => {
    const gateway = await openGateway();
    const additionalFields = { thinking: { type: 'enabled', budget_tokens: 1024 }, top_k: 5 };
    const { reply } = await asked(gateway, invoke({ parameters: { additionalFields } }));
    assert.equal(kindOf(reply), 'done');
    const sent = JSON.parse(gateway.log[0]!.body) as object;
    assert.deepEqual({ ...sent, ...additionalFields, max_tokens: 5120 }, sent);
    assert.equal(reply.limit, 5120);
  });

  for (const [text, kind, deltas] of [
    ['after some text', 'cut', ['Some ', 'text']],
    ['before any', 'failed', []],
  ] as const) {
    it(`may break off in an error event, ${text}`, async () => {
      const gateway = await openGateway();
      const ending = { exception: 'overloaded_error', message: 'Overloaded' };
      gateway.script(sonnet, { deltas, ending });
      const { outcome } = (await asked(gateway, invoke({}))).reply;
      assert.ok(outcome?.kind === kind);
      assert.equal(outcome.failure.kind, kind === 'cut' ? 'streamUnavailable' : 'serviceUnavailable');
      assert.deepEqual(
        [outcome.failure.details.code, outcome.failure.details.message],
        ['overloaded_error', 'Overloaded'],
      );
    });
  }

  it('is sent to whatever ID names a Claude, and to an ARN that is told to be one', async () => {
    const ids = [
      profile,
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-opus-5',
    ];
    const gateway = await openGateway();
    for (const model of ids) assert.equal(kindOf((await asked(gateway, invoke({ model }))).reply), 'done');
    for (const body of ['claudeMessages', 'claudeText', 'titanText'] as const)
      assert.equal(kindOf((await asked(gateway, invoke({ model: arn, body }))).reply), 'done');
    assert.ok(gateway.log.every(({ status }) => status === 200));
  });
});

describe('a model whose body is not known', () => {
  closeGatewaysAfterEach();

  for (const model of ['us.amazon.nova-pro-v1:0', 'meta.llama3-70b-instruct-v1:0', arn]) {
    for (const stream of ['auto', 'off'] as const) {
      it(`${model} is sent nothing (stream ${stream})`, async () => {
        const gateway = await openGateway();
        const { events, reply } = await asked(gateway, invoke({ model, stream }));
        assert.ok(reply.outcome?.kind === 'failed');
        const { kind, stage, details } = reply.outcome.failure;
        assert.deepEqual([kind, stage, details.model], ['bodyUnknown', 'settings', model]);
        assert.deepEqual(
          events.map(({ type }) => type),
          ['attempt', 'attemptEnded', 'ended'],
        );
        assert.equal(gateway.log.length, 0);
      });
    }
  }
});

describe('a whole answer of InvokeModel', () => {
  const answer = (body: string, headers = '') =>
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;
  const message = '{"content":[{"type":"text","text":"hi"}],"stop_reason":"end_turn"}';
  const counted =
    'x-amzn-bedrock-input-token-count: 5\r\nX-Amzn-Bedrock-Output-Token-Count: 6\r\nx-amzn-bedrock-cache-read-input-token-count: 7\r\n';

  for (const stream of ['auto', 'off'] as const) {
    const ask = async (bytes: string) => {
      const server = await openServer(bytes);
      const { reply } = await asked(server, invoke({ stream }));
      await server.close();
      return reply;
    };

    it(`is counted by its headers where it does not count (stream ${stream})`, async () => {
      const reply = await ask(answer(message, counted));
      assert.equal(reply.text, 'hi');
      assert.deepEqual(reply.usage, { input: 5, output: 6, cacheRead: 7, cacheWrite: 0 });
      assert.equal((await ask(answer(message))).usage, undefined);
      assert.equal((await ask(answer(message, counted.replace(': 5', ': five')))).usage, undefined);
    });

    const endless: { readonly [F in Family]: string } = {
      claudeMessages:
        '{"content":[{"type":"text","text":"hi"}],"stop_reason":null,"usage":{"input_tokens":1,"output_tokens":2}}',
      claudeText: '{"completion":"hi","stop_reason":null}',
      titanText: '{"inputTextTokenCount":1,"results":[{"tokenCount":2,"outputText":"hi"}]}',
    };
    for (const [family, body] of Object.entries(endless) as [Family, string][])
      it(`of ${family} is cut where it does not say that it ended, and keeps its text (stream ${stream})`, async () => {
        const server = await openServer(answer(body));
        const { reply } = await asked(server, invoke({ stream, body: family }));
        await server.close();
        assert.deepEqual([reply.outcome?.kind, kindOf(reply), reply.text], ['cut', 'answerUnreadable', 'hi']);
        assert.equal(reply.usage?.output, family === 'claudeText' ? undefined : 2);
      });

    for (const body of ['{}', 'null', '[]', '42', '"hi"', '', message.slice(0, 40), '{"completion":"x"}'])
      it(`is not read out of ${body || 'nothing'} (stream ${stream})`, async () =>
        assert.equal(kindOf(await ask(answer(body))), 'answerUnreadable'));
  }
});
