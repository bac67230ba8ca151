// Follow-ups in the reply panel, to models that think: what they thought goes along for as long as it can, whatever became
// of the turns between.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { earlierMessages, isReasoningRepeated } from '../../../../src/conversation/followUp';
import { withReasoningOf } from '../../../../src/core/bedrock/reasoning';
import type { ReplyEvent, Turn } from '../../../../src/core/model/reply';
import { type Gateway, type ScriptBlock, awsError, blockScript } from '../../../gateway';
import { type Asking, asked, closeGatewaysAfterEach, kindOf, openGateway, prepared } from '../../asking';
import { claudeId, text, user, ways } from './sending';

const becauses = (events: readonly ReplyEvent[]) =>
  events.flatMap((event) => (event.type === 'attempt' ? [event.because] : []));

/** The thinking in the last body that the gateway has received. */
const thoughtsIn = (gateway: Gateway) =>
  gateway.log.at(-1)!.body.match(/reasoningContent|"(redacted_)?thinking",/g) ?? [];

/** A conversation as the panel leads it. */
class PanelConversation {
  turns: readonly Turn[] = [];

  constructor(
    private readonly gateway: Gateway,
    private readonly asking: Asking & { readonly model: string },
  ) {}

  /** Why each attempt was made. */
  async say(prompt: string, more: Asking = {}): Promise<ReturnType<typeof becauses>> {
    const asking = { ...this.asking, ...more, model: more.model ?? this.asking.model };
    const messages = withReasoningOf(asking.model, [...earlierMessages(this.turns), user(text(prompt))]);
    const { events, reply } = await asked(this.gateway, { ...asking, messages });
    this.turns = [...this.turns, { request: prepared(this.gateway, { ...asking, messages }).request, reply }];
    return becauses(events);
  }

  get last(): Turn['reply'] {
    return this.turns.at(-1)!.reply;
  }
}

const says = (...words: string[]): ScriptBlock => ({ kind: 'text', deltas: words });
const thinks = (...words: string[]): ScriptBlock => ({ kind: 'reasoning', deltas: words });
const hidden: ScriptBlock = { kind: 'redacted' };

/** What becomes of a turn, by the name of the prompt. */
const fates = {
  answered: blockScript([thinks('Hm', '.'), says('A', '.')]),
  interleaved: blockScript([thinks('Hm.'), says('A'), thinks(), says('B'), hidden, says('C')]),
  hidden: blockScript([hidden, says('A')]),
  thoughtless: blockScript([says('A')]),
  blank: blockScript([thinks('Hm.'), says(' \n')]),
  thoughtsAlone: blockScript([thinks('Hm.')], { stopReason: 'max_tokens' }),
  limitReached: blockScript([thinks('Hm.'), says('A'), thinks('Or')], { stopReason: 'max_tokens' }),
  cut: { ...blockScript([thinks('Hm.'), says('A', 'B')]), ending: 'cut' },
  cutInThoughts: { ...blockScript([thinks('Hm.'), says('A'), thinks('Or')]), ending: 'cut' },
  blocked: blockScript([thinks('Hm.'), says('A')], { stopReason: 'content_filtered' }),
  refused: awsError('ValidationException', 'Some other reason.'),
  stopped: blockScript([thinks('Hm.'), says('A', 'B', 'C')]),
  stoppedInThoughts: blockScript([thinks('Hm.', 'Or'), says('A')]),
} as const;
type Fate = keyof typeof fates;

/** A model that binds what it thinks to all before it. */
const bound = 'us.anthropic.claude-opus-5-5';

/** Some of what was thought can't go back, and a model may notice that. */
const mayBeRefused: readonly Fate[] = ['limitReached', 'cutInThoughts'];

async function play(fate: Fate, gateway: Gateway, conversation: PanelConversation) {
  gateway.script(bound, () => fates[fate]);
  const stopping = new AbortController();
  const at = fate === 'stopped' ? 'text' : fate === 'stoppedInThoughts' ? 'reasoning' : undefined;
  return conversation.say(fate, {
    signal: stopping.signal,
    onEvent: ({ type }) => type === at && stopping.abort(),
  });
}

describe('a follow-up to a model that thinks', () => {
  closeGatewaysAfterEach();

  for (const behaviour of [
    'thinks',
    'thinks-bound',
    'thinks-redacted',
    'thinks-unseen',
    'thinks-interleaved',
  ])
    for (const [way, asking] of Object.entries(ways))
      it(`has all that ${behaviour} thought: ${way}`, async () => {
        const gateway = await openGateway();
        const conversation = new PanelConversation(gateway, { ...asking, model: claudeId(behaviour) });
        for (const [index, prompt] of ['One?', 'Two?', 'Three?'].entries()) {
          assert.deepEqual(await conversation.say(prompt), [undefined]);
          assert.equal(kindOf(conversation.last), 'done');
          assert.equal(thoughtsIn(gateway).length, index * (behaviour === 'thinks-interleaved' ? 2 : 1));
        }
      });

  it('that binds it has none of it from the first refusal on', async () => {
    const gateway = await openGateway();
    const conversation = new PanelConversation(gateway, { model: claudeId('thinks-bound') });
    assert.deepEqual(await conversation.say('One?'), [undefined]);
    const changed = { parameters: { systemPrompt: 'Be brief.' } };
    assert.deepEqual(await conversation.say('Two?', changed), [undefined, 'reasoningDropped']);
    assert.deepEqual(await conversation.say('Three?', changed), [undefined]);
    assert.doesNotMatch(gateway.log.at(-1)!.body, /reasoningContent/);
    assert.equal(isReasoningRepeated(conversation.turns), false);
  });

  it('has its own thinking, whatever other models think in between', async () => {
    const models = ['thinks', 'thinks-bound', 'thinks-redacted', 'thinks-bound-2', 'caching'].map(claudeId);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...models), { minLength: 2, maxLength: 7 }),
        fc.constantFrom(...Object.values(ways)),
        async (order, asking) => {
          const gateway = await openGateway();
          const conversation = new PanelConversation(gateway, { ...asking, model: order[0]! });
          for (const [index, model] of order.entries()) {
            assert.deepEqual(await conversation.say(`${index}?`, { model }), [undefined]);
            assert.equal(kindOf(conversation.last), 'done');
            const own = order.slice(0, index).filter((each) => each === model && !each.endsWith('caching'));
            assert.equal(thoughtsIn(gateway).length, own.length);
          }
          await gateway.close();
        },
      ),
      { numRuns: 30 },
    );
  });

  it('is accepted with all of it, whatever became of the turns before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...(Object.keys(fates) as Fate[])), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...Object.values(ways)),
        async (before, asking) => {
          const gateway = await openGateway();
          const conversation = new PanelConversation(gateway, { ...asking, model: bound });
          const maySend = before.some((fate) => mayBeRefused.includes(fate)) ? 2 : 1;
          for (const fate of [...before, 'answered', 'answered'] as const)
            assert.ok((await play(fate, gateway, conversation)).length <= maySend, fate);
          assert.equal(kindOf(conversation.last), 'done');
          // The thinking of the turn before, and of all others.
          if (maySend === 1) assert.match(gateway.log.at(-1)!.body, /reasoningContent|"thinking",/);
          await gateway.close();
        },
      ),
      {
        numRuns: 60,
        examples: (Object.keys(fates) as Fate[]).map((fate) => [[fate], ways['Converse, streamed']!]),
      },
    );
  });
});
