// Tools that a model asks for: in whatever pieces the input comes, and back again as it was.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ContentBlock, Message, ToolConfig, ToolUseBlock } from '../../../../src/core/model/content';
import { blocksOf } from '../../../../src/core/model/replyBlocks';
import type { ReplyEvent } from '../../../../src/core/model/reply';
import { blockScript, type Gateway } from '../../../gateway';
import {
  type Asked,
  type Asking,
  asked,
  claudeText,
  closeGatewaysAfterEach,
  kindOf,
  openGateway,
  titanText,
} from '../../asking';
import { assistant, bodyOf, claudeId, resultsFor, text, toolsNamed, user, ways } from './sending';

const tools = toolsNamed('read', 'search');
const prompt = (...lines: string[]) => user(text(lines.join('\n')));
const usesIn = (events: readonly ReplyEvent[]) =>
  events.filter((event): event is ToolUseBlock => event.type === 'toolUse');
const called = (events: readonly ReplyEvent[]) => usesIn(events).map(({ name, input }) => [name, input]);

/** Asks, and answers each use of a tool, until there is none. */
async function untilDone(gateway: Gateway, asking: Asking & { readonly messages: readonly Message[] }) {
  const turns: Asked[] = [];
  let { messages } = asking;
  for (;;) {
    const turn = await asked(gateway, { tools, ...asking, messages });
    turns.push(turn);
    const content = blocksOf(turn.reply);
    if (kindOf(turn.reply) !== 'done' || usesIn(turn.events).length === 0) return turns;
    messages = [...messages, { role: 'assistant', content }, resultsFor(content)];
  }
}

describe('a tool', () => {
  closeGatewaysAfterEach();

  for (const [way, asking] of Object.entries(ways)) {
    const ask = { ...asking, model: claudeId('tool') };

    it(`is asked for with its input, turn by turn, and several at once: ${way}`, async () => {
      const gateway = await openGateway();
      const odd = { path: 'C:\\"日本"\n😀', deep: [{ '': null }], n: -1.5e-7 };
      const messages = [
        prompt(`call read ${JSON.stringify(odd)}`, 'call read', 'together call search {"for":"x"}'),
      ];
      const turns = await untilDone(gateway, { ...ask, messages });
      assert.deepEqual(
        turns.map(({ events }) => called(events)),
        [
          [['read', odd]],
          [
            ['read', {}],
            ['search', { for: 'x' }],
          ],
          [],
        ],
      );
      assert.deepEqual(
        turns.map(({ reply }) => reply.outcome),
        ['tool_use', 'tool_use', 'end_turn'].map((stopReason) => ({ kind: 'done', stopReason })),
      );
      assert.match(turns[0]!.reply.text, /^I call read\.$/);
      assert.match(turns.at(-1)!.reply.text, /- read said: done\n- read said: done\n- search said: done/);
      const ids = turns.flatMap(({ events }) => usesIn(events).map(({ id }) => id));
      assert.equal(new Set(ids).size, 3);
    });

    it(`that was never offered is passed on, for the caller to refuse: ${way}`, async () => {
      const gateway = await openGateway();
      const { events, reply } = await asked(gateway, {
        ...{ ...ask, model: claudeId('tool-unknown'), tools, messages: [prompt('call read {}')] },
      });
      assert.equal(kindOf(reply), 'done');
      assert.deepEqual(called(events), [['no_such_tool', {}]]);
    });

    it(`whose input the token limit has broken off is not asked for: ${way}`, async () => {
      const gateway = await openGateway();
      const input = JSON.stringify({ path: 'a'.repeat(50) });
      const { events, reply } = await asked(gateway, {
        ...{ ...ask, model: claudeId('tool-cut'), tools, messages: [prompt(`call read ${input}`)] },
      });
      assert.deepEqual(reply.outcome, { kind: 'done', stopReason: 'max_tokens' });
      // A reply that is not streamed has no broken JSON; the stand-in puts none into it.
      assert.deepEqual(called(events), ask.stream === 'off' ? [['read', {}]] : []);
      assert.equal(reply.text, 'I call read.');
    });
  }

  for (const way of ['Converse, streamed', 'Claude’s own body, streamed'])
    it(`whose input is no JSON makes the reply unreadable, and its text stays: ${way}`, async () => {
      const gateway = await openGateway();
      const { events, reply } = await asked(gateway, {
        ...{ ...ways[way], model: claudeId('tool-garbled'), tools, messages: [prompt('call read {"a":1}')] },
      });
      assert.equal(reply.outcome?.kind, 'cut');
      assert.equal(kindOf(reply), 'answerUnreadable');
      assert.deepEqual([reply.text, called(events), reply.attempts], ['I call read.', [], 1]);
    });

  it('comes back as it was, whatever its input is', async () => {
    const gateway = await openGateway();
    const name = fc.stringMatching(/^[a-zA-Z0-9_-]{1,64}$/);
    const input = fc
      .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }))
      .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
    const way = fc.constantFrom(...Object.values(ways));
    let round = 0;
    await fc.assert(
      fc.asyncProperty(name, name, input, fc.nat(), way, async (id, tool, given, cut, asking) => {
        const model = `anthropic.claude-any-${++round}`;
        const json = JSON.stringify(given);
        const at = cut % (json.length + 1);
        const deltas = [json.slice(0, at), json.slice(at)];
        const script = blockScript([{ kind: 'toolUse', id, name: tool, deltas }], { stopReason: 'tool_use' });
        gateway.script(model, ({ turn }) => (turn === 1 ? script : { deltas: ['Done.'] }));
        const turns = await untilDone(gateway, {
          ...{ ...asking, model, messages: [prompt('Go.')], tools: toolsNamed(tool) },
        });
        assert.deepEqual(
          turns.map(({ reply }) => kindOf(reply)),
          ['done', 'done'],
        );
        assert.deepEqual(called(turns[0]!.events), [[tool, given]]);
        const sent = bodyOf(gateway.log.at(-1))['messages'] as { content: Record<string, unknown>[] }[];
        const [block] = sent[1]!.content;
        const use = (block!['toolUse'] ?? block) as Record<string, unknown>;
        assert.equal(JSON.stringify(use['input']), json);
        assert.deepEqual([use['toolUseId'] ?? use['id'], use['name']], [id, tool]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('tools', () => {
  closeGatewaysAfterEach();

  const schema = { type: 'object', properties: { path: { type: 'string' } } };
  const choices: readonly (readonly [ToolConfig['choice'], converse: object, claude: object])[] = [
    ['auto', {}, {}],
    ['any', { toolChoice: { any: {} } }, { tool_choice: { type: 'any' } }],
    [
      { tool: 'search' },
      { toolChoice: { tool: { name: 'search' } } },
      { tool_choice: { type: 'tool', name: 'search' } },
    ],
  ];
  for (const [choice, converse, claude] of choices)
    it(`are offered as they are, with the choice ${JSON.stringify(choice)}`, async () => {
      const gateway = await openGateway();
      const offered: ToolConfig = {
        tools: [tools.tools[0]!, { name: 'search', inputSchema: schema }],
        choice,
      };
      const ask = async (asking: Asking) => {
        const { events } = await asked(gateway, { ...asking, model: claudeId('tool'), tools: offered });
        return { body: bodyOf(gateway.log.at(-1)), called: called(events) };
      };
      const forced = choice === 'auto' ? [] : [[choice === 'any' ? 'read' : 'search', {}]];
      const one = await ask({});
      assert.deepEqual(one.body['toolConfig'], {
        tools: [
          { toolSpec: { name: 'read', description: 'Does read.', inputSchema: { json: schema } } },
          { toolSpec: { name: 'search', inputSchema: { json: schema } } },
        ],
        ...converse,
      });
      assert.deepEqual(one.called, forced);
      const own = await ask({ api: 'invoke' });
      assert.deepEqual(own.called, forced);
      const { tools: sent, tool_choice } = own.body;
      assert.deepEqual(sent, [
        { name: 'read', description: 'Does read.', input_schema: schema },
        { name: 'search', input_schema: schema },
      ]);
      assert.deepEqual(tool_choice === undefined ? {} : { tool_choice }, claude);
    });

  it('are nothing for a model that takes one text, and nothing is sent', async () => {
    const gateway = await openGateway();
    for (const model of [claudeText, titanText]) {
      const { reply } = await asked(gateway, { api: 'invoke', model, tools });
      assert.equal(kindOf(reply), 'contentNotSupported');
    }
    assert.equal(gateway.log.length, 0);
  });

  it('that a model does not take are named as the reason', async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway, { model: 'stand-in.text-only', tools });
    assert.equal(kindOf(reply), 'contentNotSupported');
    const streamed = await asked(gateway, { model: 'stand-in.no-streamed-tools', tools });
    assert.equal(kindOf(streamed.reply), 'streamingUnsupported');
    const whole = await asked(gateway, { model: 'stand-in.no-streamed-tools', tools, stream: 'off' });
    assert.equal(kindOf(whole.reply), 'done');
  });

  it('whose results have blank texts, or failed, are answered', async () => {
    for (const asking of Object.values(ways)) {
      const gateway = await openGateway();
      const result = (...content: { readonly type: 'text'; readonly text: string }[]): ContentBlock => ({
        ...{ type: 'toolResult', toolUse: 'u', content, isError: true },
      });
      const messages = [
        prompt('call read {}'),
        assistant(text('\n\n'), { type: 'toolUse', id: 'u', name: 'read', input: {} }),
        user(result({ type: 'text', text: ' ' }, { type: 'text', text: 'No such file.' }), text('\n')),
      ];
      const { reply } = await asked(gateway, { ...asking, model: claudeId('tool'), tools, messages });
      assert.equal(kindOf(reply), 'done');
      assert.match(reply.text, /- read failed: No such file\./);
    }
  });
});
