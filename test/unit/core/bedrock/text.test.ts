// What the user wrote and set goes out, and what the model wrote comes in, to the letter.
import assert from 'node:assert/strict';
import { type Message, textBlock, textOf } from '../../../../src/core/model/content';
import type { Parameters } from '../../../../src/core/model/request';
import type { Entry } from '../../../gateway';
import { type Asking, asked, closeGatewaysAfterEach, kindOf, openGateway } from '../../asking';

const texts: Readonly<Record<string, string>> = {
  'replacement patterns': "$& $1 $$ $` $' \\1 %s %d {0} ${x} ${selection} #{x} {{x}}",
  backticks: '`a` ``b`` ```js\nfence\n``` ~~~',
  'line ends': 'one\r\ntwo\ntree\rfour\u2028five\u2029six\r\n',
  'blanks at both ends': '  \t x \n ',
  'control characters': '\u0000\u0001\u0007\u0008\u000b\u000c\u001b[31m\u007f\u0085\ufeff\uffff',
  'quotes and slashes': '"\'\\/\\" </script><!-- ]]> \\u0041 \\n',
  emoji: '😀👩‍👩‍👧‍👦🇯🇵 e\u0301 é 𝒳',
  'right to left': 'שלום \u202eabc\u202c العربية\u200f',
  'a frame in a text': '\u0000\u0000\u0000\u0010:event-type',
};
const reads = ({ body }: Entry) => JSON.parse(body) as Record<string, unknown>;
const user = (text: string) => ({ role: 'user', content: [{ text }] });

describe('text', () => {
  closeGatewaysAfterEach();

  async function roundTrip(text: string, asking: Asking = {}) {
    const gateway = await openGateway();
    gateway.script('echo', { deltas: [text] });
    const { reply } = await asked(gateway, { prompt: text, model: 'echo', ...asking });
    assert.equal(kindOf(reply), 'done');
    const [entry] = gateway.log;
    assert.deepEqual(reads(entry!)['messages'], [user(text)]);
    assert.equal(Number(entry!.headers['content-length']), Buffer.byteLength(entry!.body));
    assert.equal(reply.text, text);
  }

  for (const [what, text] of Object.entries(texts)) {
    for (const stream of ['auto', 'off'] as const)
      it(`goes both ways as it is: ${what} (stream ${stream})`, () => roundTrip(text, { stream }));
  }

  it('of 1 MB goes both ways as it is', () => roundTrip('$& 日本 😀\r\n'.repeat(1 << 16)));

  it('keeps its order in a thousand pieces, split anywhere between characters', async () => {
    const gateway = await openGateway();
    const deltas = Array.from('**bold** `x` 😀 日本\r\n'.repeat(60));
    gateway.script('echo', { deltas });
    assert.equal((await asked(gateway, { model: 'echo' })).reply.text, deltas.join(''));
  });

  for (const [lone, replaced] of [
    ['a\ud800b', 'a\ufffdb'],
    ['\udc00', '\ufffd'],
    ['😀\ud83d', '😀\ufffd'],
  ] as const) {
    it(`has ${JSON.stringify(lone)} replaced, and is answered`, async () => {
      const gateway = await openGateway();
      const { reply } = await asked(gateway, { prompt: lone, parameters: { systemPrompt: lone } });
      assert.equal(kindOf(reply), 'done');
      assert.deepEqual(reads(gateway.log[0]!), { messages: [user(replaced)], system: [{ text: replaced }] });
    });
  }

  it('of earlier turns goes with it, in order', async () => {
    const turn = (role: Message['role'], text: string): Message => ({ role, content: [textBlock(text)] });
    const messages = [turn('user', 'One?'), turn('assistant', 'Two.\r\n'), turn('user', '$& three?')];
    const gateway = await openGateway();
    await asked(gateway, { messages });
    assert.deepEqual(reads(gateway.log[0]!), {
      messages: messages.map((message) => ({ role: message.role, content: [{ text: textOf(message) }] })),
    });
  });

  it('of reasoning is kept apart from the reply', async () => {
    const gateway = await openGateway();
    gateway.script('thinks', { reasoning: ['Hm', '$&'], deltas: ['So: ', '42'] });
    for (const stream of ['auto', 'off'] as const) {
      const { reply } = await asked(gateway, { model: 'thinks', stream });
      assert.equal(reply.reasoning, 'Hm$&');
      assert.equal(reply.text, 'So: 42');
    }
  });

  it('comes with the four counts of its tokens', async () => {
    const gateway = await openGateway();
    const usage = { inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 3, cacheWriteInputTokens: 4 };
    gateway.script('counts', { deltas: ['x'], usage });
    for (const stream of ['auto', 'off'] as const) {
      const { reply } = await asked(gateway, { model: 'counts', stream });
      assert.deepEqual(reply.usage, { input: 1, output: 2, cacheRead: 3, cacheWrite: 4 });
    }
  });

  it('comes with the count of what the cache keeps for an hour, as far as that is told', async () => {
    const gateway = await openGateway();
    const counted = { inputTokens: 1, outputTokens: 2, cacheReadInputTokens: 3 };
    const written = async (usage: object) => {
      gateway.script('counts', { deltas: ['x'], usage: { ...counted, ...usage } });
      const found = [];
      for (const stream of ['auto', 'off'] as const) {
        const { input, output, cacheRead, ...more } = (await asked(gateway, { model: 'counts', stream }))
          .reply.usage!;
        assert.deepEqual([input, output, cacheRead], [1, 2, 3]);
        found.push(more);
      }
      assert.deepEqual(found[0], found[1]);
      return found[0];
    };
    const detail = (ttl: string, inputTokens: number) => ({ ttl, inputTokens });
    assert.deepEqual(
      await written({ cacheWriteInputTokens: 9, cacheDetails: [detail('1h', 6), detail('5m', 3)] }),
      { cacheWrite: 9, cacheWrite1h: 6 },
    );
    assert.deepEqual(await written({ cacheWriteInputTokens: 9, cacheDetails: [detail('1h', 9)] }), {
      cacheWrite: 9,
      cacheWrite1h: 9,
    });
    assert.deepEqual(
      await written({ cacheWriteInputTokens: 9, cacheDetails: [detail('1h', 2), detail('1h', 3)] }),
      { cacheWrite: 9, cacheWrite1h: 5 },
    );
    for (const cacheDetails of [[], [detail('5m', 9)], [detail('1h', 0), detail('5m', 9)]])
      assert.deepEqual(await written({ cacheWriteInputTokens: 9, cacheDetails }), { cacheWrite: 9 });
    // More than was written in all cannot be.
    assert.deepEqual(await written({ cacheWriteInputTokens: 9, cacheDetails: [detail('1h', 10)] }), {
      cacheWrite: 9,
      cacheWrite1h: 9,
    });
    // The sum alone is missing.
    const cacheDetails = [detail('1h', 6), detail('5m', 3)];
    assert.deepEqual(await written({ cacheWriteInputTokens: undefined, cacheDetails }), {
      cacheWrite: 9,
      cacheWrite1h: 6,
    });
  });
});

const additionalFields = {
  thinking: { type: 'enabled', budget_tokens: 1024 },
  effort: 'low',
  none: null,
  list: [1.5],
};

/** Parameters, and what they put into the body beside the messages: that and nothing else. */
const parameters: Readonly<Record<string, readonly [Parameters, object]>> = {
  nothing: [{}, {}],
  'a system prompt': [{ systemPrompt: 'Be $& brief.\r\n' }, { system: [{ text: 'Be $& brief.\r\n' }] }],
  'an empty system prompt': [{ systemPrompt: '' }, {}],
  maxTokens: [{ maxTokens: 4096 }, { inferenceConfig: { maxTokens: 4096 } }],
  temperature: [{ temperature: 0.7 }, { inferenceConfig: { temperature: 0.7 } }],
  'temperature 0': [{ temperature: 0 }, { inferenceConfig: { temperature: 0 } }],
  topP: [{ topP: 1 }, { inferenceConfig: { topP: 1 } }],
  'topP 0': [{ topP: 0 }, { inferenceConfig: { topP: 0 } }],
  'stop sequences': [
    { stopSequences: ['\n\nHuman:', '$&'] },
    { inferenceConfig: { stopSequences: ['\n\nHuman:', '$&'] } },
  ],
  'no stop sequences': [{ stopSequences: [] }, {}],
  'additional fields': [{ additionalFields }, { additionalModelRequestFields: additionalFields }],
  'an effort': [{ effort: 'xhigh' }, { outputConfig: { effort: 'xhigh' } }],
  everything: [
    {
      systemPrompt: 's',
      maxTokens: 1025,
      temperature: 0.5,
      topP: 0.9,
      stopSequences: ['x'],
      additionalFields,
    },
    {
      system: [{ text: 's' }],
      inferenceConfig: { maxTokens: 1025, temperature: 0.5, topP: 0.9, stopSequences: ['x'] },
      additionalModelRequestFields: additionalFields,
    },
  ],
};

describe('the body', () => {
  closeGatewaysAfterEach();

  for (const [what, [given, sent]] of Object.entries(parameters)) {
    for (const stream of ['auto', 'off'] as const) {
      it(`holds exactly what was set: ${what} (stream ${stream})`, async () => {
        const gateway = await openGateway();
        await asked(gateway, { parameters: given, prompt: 'p', stream });
        assert.equal(gateway.log[0]!.status, 200);
        assert.deepEqual(reads(gateway.log[0]!), { messages: [user('p')], ...sent });
      });
    }
  }
});
