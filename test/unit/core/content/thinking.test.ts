// What a model thinks goes back to it as it was, byte for byte, or not at all.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ContentBlock, Message } from '../../../../src/core/model/content';
import { isProven, withReasoningOf } from '../../../../src/core/bedrock/reasoning';
import { blocksOf } from '../../../../src/core/model/replyBlocks';
import { type Gateway, type ScriptBlock, awsError, blockScript } from '../../../gateway';
import { type Asked, type Asking, asked, closeGatewaysAfterEach, kindOf, openGateway } from '../../asking';
import { assistant, bodyOf, claudeId, resultsFor, sentBlocks, text, toolsNamed, user, ways } from './sending';

const tools = toolsNamed('read');
const models = ['thinks', 'thinks-bound', 'thinks-redacted', 'thinks-unseen', 'thinks-interleaved'] as const;
const becauses = ({ events }: Asked) =>
  events.flatMap((event) => (event.type === 'attempt' ? [event.because] : []));

/** A conversation that sends back all that a model wrote, and to another model all but what it thought. */
class Conversation {
  messages: readonly Message[] = [];
  readonly turns: Asked[] = [];

  constructor(
    private readonly gateway: Gateway,
    private readonly asking: Asking & { readonly model: string },
  ) {}

  /** Asks, and answers each use of a tool, until there is none. */
  async say(prompt: string, model = this.asking.model): Promise<void> {
    this.messages = [...this.messages, user(text(prompt))];
    for (;;) {
      const messages = withReasoningOf(model, this.messages);
      const turn = await asked(this.gateway, { tools, ...this.asking, model, messages });
      this.turns.push(turn);
      if (kindOf(turn.reply) !== 'done') return;
      const content = blocksOf(turn.reply).map((block) =>
        block.type === 'reasoning' ? { ...block, model } : block,
      );
      this.messages = [...this.messages, { role: 'assistant', content }];
      if (!content.some(({ type }) => type === 'toolUse')) return;
      this.messages = [...this.messages, resultsFor(content)];
    }
  }

  get last(): Asked {
    return this.turns.at(-1)!;
  }
}

const threeTurns = ['call read {"path":"a"}\ncall read {"path":"b"}', 'call read', 'And now?'];

describe('thinking', () => {
  closeGatewaysAfterEach();

  for (const model of models)
    for (const [way, asking] of Object.entries(ways))
      it(`of ${model} goes back through three turns with tools: ${way}`, async () => {
        const gateway = await openGateway();
        const conversation = new Conversation(gateway, { ...asking, model: claudeId(model) });
        for (const prompt of threeTurns) await conversation.say(prompt);
        assert.deepEqual(
          conversation.turns.map(({ reply }) => [kindOf(reply), reply.attempts]),
          Array(6).fill(['done', 1]),
        );
        const thoughts = conversation.messages.flatMap(({ content }) =>
          content.filter((block) => block.type === 'reasoning'),
        );
        assert.equal(thoughts.length, model === 'thinks-interleaved' ? 12 : 6);
        assert.ok(thoughts.every(isProven));
        if (model === 'thinks-unseen') assert.ok(thoughts.every((block) => block.text === ''));
      });

  // From there on, the stand-in demands thinking before the results of tools.
  const demanded = {
    parameters: { additionalFields: { thinking: { type: 'enabled', budget_tokens: 1024 } } },
  };
  for (const model of ['thinks', 'thinks-bound'] as const)
    for (const [way, asking] of Object.entries(ways))
      it(`of ${model} goes back to it, and not that of the model before: ${way}`, async () => {
        const gateway = await openGateway();
        const own = claudeId(model);
        const conversation = new Conversation(gateway, { ...asking, ...demanded, model: own });
        await conversation.say('call read {"path":"a"}', claudeId('thinks-interleaved'));
        for (const prompt of threeTurns) await conversation.say(prompt);
        assert.deepEqual(
          conversation.turns.map(({ reply }) => [kindOf(reply), reply.attempts]),
          Array(8).fill(['done', 1]),
        );
        const sent = gateway.log.map(
          ({ body }) => body.match(/"reasoningText"|"thinking","th/g)?.length ?? 0,
        );
        assert.deepEqual(sent, [0, 2, 0, 1, 2, 3, 4, 5]);
      });

  for (const [way, asking] of Object.entries(ways)) {
    it(`that is bound to what was before it is left out once that has changed, and once only: ${way}`, async () => {
      const gateway = await openGateway();
      const conversation = new Conversation(gateway, { ...asking, model: claudeId('thinks-bound') });
      await conversation.say('One?');
      await conversation.say('call read {}');
      conversation.messages = conversation.messages.with(0, user(text('Another one?')));
      await conversation.say('Two?');
      assert.deepEqual(becauses(conversation.last), [undefined, 'reasoningDropped']);
      assert.equal(kindOf(conversation.last.reply), 'done');
      assert.equal(conversation.last.reply.reasoningDropped, true);
      const [refused, accepted] = gateway.log.slice(-2);
      assert.match(refused!.body, /thinking|reasoningContent/);
      assert.doesNotMatch(accepted!.body, /"thinking"|reasoningContent/);
      assert.deepEqual(
        (bodyOf(accepted)['messages'] as { role: string }[]).map(({ role }) => role),
        ['user', 'assistant', 'user', 'assistant', 'user', 'assistant', 'user'],
      );
    });

    it(`that is not bound goes along though what was before it has changed: ${way}`, async () => {
      const gateway = await openGateway();
      const conversation = new Conversation(gateway, { ...asking, model: claudeId('thinks') });
      await conversation.say('One?');
      conversation.messages = conversation.messages.with(0, user(text('Another one?')));
      await conversation.say('Two?');
      assert.deepEqual(becauses(conversation.last), [undefined]);
      assert.match(gateway.log.at(-1)!.body, /That is all I can do/);
    });

    it(`that was changed, signature or text, is left out: ${way}`, async () => {
      for (const model of ['thinks', 'thinks-redacted'])
        for (const change of [{ text: 'Other thoughts.', redacted: btoa('x') }, { signature: 'AAAA' }]) {
          const gateway = await openGateway();
          const conversation = new Conversation(gateway, { ...asking, model: claudeId(model) });
          await conversation.say('One?');
          const [first] = conversation.messages[1]!.content;
          assert.ok(first?.type === 'reasoning');
          const changes = Object.entries(change).filter(
            ([key]) => key in first && first[key as 'text'] !== '',
          );
          if (changes.length === 0) continue;
          const changed = { ...first, ...Object.fromEntries(changes) };
          conversation.messages = conversation.messages.with(
            1,
            assistant(changed, ...conversation.messages[1]!.content.slice(1)),
          );
          await conversation.say('Two?');
          assert.deepEqual(becauses(conversation.last), [undefined, 'reasoningDropped']);
          assert.equal(kindOf(conversation.last.reply), 'done');
        }
    });
  }

  describe('in a place where Bedrock takes none', () => {
    const says = (word: string): ScriptBlock => ({ kind: 'text', deltas: [word] });
    const hm: ScriptBlock = { kind: 'reasoning', deltas: ['Hm.'] };
    /** What is written, and whether a model that does not bind its thinking gets it back. */
    const replies: Readonly<Record<string, readonly [blocks: readonly ScriptBlock[], goesBack: boolean]>> = {
      'at the end, where the limit was reached': [[hm, says('A'), hm], true],
      'at the end, before a blank text': [[hm, says('A'), hm, says('\n')], true],
      'after a blank text': [[hm, says('\n\n'), hm, says('A')], true],
      'after a text': [[says('A'), hm, says('B')], false],
    };
    for (const [place, [blocks, goesBack]] of Object.entries(replies))
      for (const [way, asking] of Object.entries(ways))
        it(`does not end a conversation, ${place}: ${way}`, async () => {
          const gateway = await openGateway();
          for (const model of ['us.anthropic.claude-opus-5-5', 'us.anthropic.claude-opus-4-8']) {
            gateway.script(model, ({ turn }) => (turn === 1 ? blockScript(blocks) : { deltas: ['Done.'] }));
            const conversation = new Conversation(gateway, { ...asking, model });
            await conversation.say('One?');
            await conversation.say('Two?');
            assert.equal(kindOf(conversation.last.reply), 'done');
            const isBound = model.endsWith('5-5');
            if (!isBound) assert.equal(conversation.last.reply.attempts, goesBack ? 1 : 2);
          }
        });
  });

  it('whose proof is missing or damaged is not sent back', () => {
    for (const redacted of ['', 'A', 'AA=', 'no base64', 'AA==AA=='])
      assert.equal(isProven({ type: 'reasoning', text: '', redacted }), false);
    assert.equal(isProven({ type: 'reasoning', text: 'Hm', signature: '' }), false);
    assert.equal(isProven({ type: 'reasoning', text: 'Hm' }), false);
  });

  it('that is refused once more is not sent a third time, and what has none is not sent twice', async () => {
    const gateway = await openGateway();
    const message = 'messages.1.content.0: The block is bound to a different conversation. Remove the block.';
    gateway.script('refuses', () => awsError('ValidationException', message));
    const thought: ContentBlock = { type: 'reasoning', text: 'Hm', signature: 'AAAA', model: 'refuses' };
    for (const [content, sent] of [
      [
        [thought, text('A')],
        [undefined, 'reasoningDropped'],
      ],
      [[text('A')], [undefined]],
    ] as const) {
      const messages = [user(text('One?')), assistant(...content), user(text('Two?'))];
      const turn = await asked(gateway, { model: 'refuses', messages });
      assert.deepEqual([kindOf(turn.reply), becauses(turn)], ['reasoningRefused', sent]);
    }
  });

  it('comes back as it was, whatever a model writes', async () => {
    const gateway = await openGateway();
    const words = fc.string({ unit: 'binary', minLength: 1 }).filter((word) => /\S/.test(word));
    const pieces = fc.array(words, { minLength: 1, maxLength: 4 });
    const thought: fc.Arbitrary<ScriptBlock> = fc.oneof(
      fc.record({ kind: fc.constant('reasoning' as const), deltas: fc.oneof(pieces, fc.constant([])) }),
      fc.record({ kind: fc.constant('redacted' as const) }),
    );
    const said = fc.record({ kind: fc.constant('text' as const), deltas: pieces });
    const use: fc.Arbitrary<ScriptBlock> = fc.record({
      ...{ kind: fc.constant('toolUse' as const), id: fc.uuid(), name: fc.constant('read') },
      deltas: fc.dictionary(fc.string(), fc.jsonValue()).map((input) => [JSON.stringify(input)]),
    });
    const reply = fc
      .tuple(
        thought,
        fc.array(fc.oneof(thought, said), { maxLength: 4 }),
        said,
        fc.array(use, { maxLength: 2 }),
      )
      .map(([first, more, last, uses]) => [first, ...more, last, ...uses]);
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(reply, { minLength: 1, maxLength: 3 }),
        fc.constantFrom(...Object.values(ways)),
        async (replies, asking) => {
          // Bound, so that one byte that differs is refused.
          const model = `us.anthropic.claude-opus-5-5-r${++round}`;
          gateway.script(model, ({ turn }) => {
            const blocks = replies[turn - 1];
            if (!blocks) return { deltas: ['Done.'] };
            const stopReason = blocks.some(({ kind }) => kind === 'toolUse') ? 'tool_use' : 'end_turn';
            return blockScript(blocks, { stopReason });
          });
          const conversation = new Conversation(gateway, { ...asking, model });
          while (conversation.turns.length <= replies.length) await conversation.say('Go on.');
          assert.ok(conversation.turns.every((turn) => kindOf(turn.reply) === 'done'));
          assert.deepEqual(new Set(conversation.turns.flatMap(becauses)), new Set([undefined]));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of a model that does not sign it is not sent back', async () => {
    for (const stream of ['auto', 'off'] as const) {
      const gateway = await openGateway();
      const model = 'amazon.stand-in.thinks';
      const { reply } = await asked(gateway, { stream, model });
      const blocks = blocksOf(reply);
      assert.deepEqual(
        blocks.map((block): unknown => (block.type === 'reasoning' ? isProven(block) : block.type)),
        [false, 'text'],
      );
    }
  });

  it('is sent with nothing but itself', async () => {
    const gateway = await openGateway();
    const sent = async (asking: Asking, ...content: ContentBlock[]) => {
      const before = gateway.log.length;
      const messages = [user(text('One?')), assistant(...content), user(text('Two?'))];
      await asked(gateway, { ...asking, model: claudeId('thinks'), messages });
      return sentBlocks(gateway.log[before], 1);
    };
    const shown: ContentBlock = { type: 'reasoning', text: 'Hm', signature: 'c2ln', model: 'm' };
    const hidden: ContentBlock = { type: 'reasoning', text: '', redacted: 'aGlkZGVu', model: 'm' };
    assert.deepEqual(await sent({}, shown, hidden, text('A')), [
      { reasoningContent: { reasoningText: { text: 'Hm', signature: 'c2ln' } } },
      { reasoningContent: { redactedContent: 'aGlkZGVu' } },
      { text: 'A' },
    ]);
    assert.deepEqual(await sent({ api: 'invoke' }, shown, hidden, text('A')), [
      { type: 'thinking', thinking: 'Hm', signature: 'c2ln' },
      { type: 'redacted_thinking', data: 'aGlkZGVu' },
      { type: 'text', text: 'A' },
    ]);
  });
});
