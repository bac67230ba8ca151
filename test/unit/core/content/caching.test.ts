// What a model caches of a conversation: where the cache points are, what it then reads, and when it refuses them.
import assert from 'node:assert/strict';
import type { Message, TextBlock } from '../../../../src/core/model/content';
import type { ReplyEvent, Turn } from '../../../../src/core/model/reply';
import { blocksOf } from '../../../../src/core/model/replyBlocks';
import { gatewayKey, memoryQuirks } from '../../../../src/core/gateway/quirks';
import { earlierMessages } from '../../../../src/conversation/followUp';
import { cachePointsFor, isCachingLost } from '../../../../src/prompt/promptCaching';
import { type Gateway, awsError, standInKeys } from '../../../gateway';
import { pdf, png } from '../../gateway/samples';
import {
  type Asking,
  addressOf,
  asked,
  closeGatewaysAfterEach,
  kindOf,
  openGateway,
  prepared,
  waits,
} from '../../asking';
import {
  MemoryBlobs,
  assistant,
  bodyOf,
  claudeId,
  resultsFor,
  sentBlocks,
  text,
  toolsNamed,
  user,
  ways,
} from './sending';

const long = 'word '.repeat(4000);
const becauses = (events: readonly ReplyEvent[]) =>
  events.flatMap((event) => (event.type === 'attempt' ? [event.because] : []));
const point = { cachePoint: { type: 'default' } };
const control = { cache_control: { type: 'ephemeral' } };

/** A conversation as the reply panel leads it: with the cache points that each prompt should have. */
class CachedConversation {
  readonly turns: Turn[] = [];

  constructor(
    private readonly gateway: Gateway,
    private readonly asking: Asking & { readonly model: string },
  ) {}

  async say(prompt: string, more: Asking = {}): Promise<{ read: number; written: number }> {
    const messages = [...earlierMessages(this.turns), user(text(prompt))];
    const asking = { ...this.asking, ...more, messages };
    const cachePoints = cachePointsFor(prepared(this.gateway, asking).request);
    const whole = { ...asking, ...(cachePoints && { cachePoints }) };
    const { reply } = await asked(this.gateway, whole);
    assert.equal(kindOf(reply), 'done');
    this.turns.push({ request: prepared(this.gateway, whole).request, reply });
    return { read: reply.usage?.cacheRead ?? NaN, written: reply.usage?.cacheWrite ?? NaN };
  }
}

describe('a model that caches', () => {
  closeGatewaysAfterEach();

  for (const [way, asking] of Object.entries(ways)) {
    it(`writes from the second turn on, and reads what it has written: ${way}`, async () => {
      const gateway = await openGateway();
      const conversation = new CachedConversation(gateway, { ...asking, model: claudeId('caching') });
      assert.deepEqual(await conversation.say(`${long} One?`), { read: 0, written: 0 });
      const second = await conversation.say('Two?');
      assert.equal(second.read, 0);
      assert.ok(second.written > 5000);
      const third = await conversation.say('Three?');
      assert.equal(third.read, second.written);
      assert.ok(third.written > 0 && third.written < 20_000);
      const fourth = await conversation.say('Four?');
      assert.equal(fourth.read, third.read + third.written);
      assert.equal(isCachingLost(conversation.turns), false);
    });

    it(`of Claude Haiku 4.5 writes nothing below 4,096 tokens: ${way}`, async () => {
      const gateway = await openGateway();
      const model = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
      const conversation = new CachedConversation(gateway, {
        ...asking,
        model,
        parameters: { maxTokens: 5 },
      });
      await conversation.say('word '.repeat(2400));
      assert.deepEqual(await conversation.say('Two?'), { read: 0, written: 0 });
      // We asked for nothing that it would not have done.
      assert.doesNotMatch(gateway.log.at(-1)!.body, /cachePoint|cache_control/);
      await conversation.say(long);
      assert.ok((await conversation.say('Four?')).written > 4096);
    });

    it(`is no longer asked to once what it writes is not read: ${way}`, async () => {
      const gateway = await openGateway();
      const conversation = new CachedConversation(gateway, { ...asking, model: claudeId('caching') });
      const states: boolean[] = [];
      for (const turn of [1, 2, 3, 4]) {
        // Such as instructions with the time in them: all that follows changes too.
        await conversation.say(turn === 1 ? long : 'More?', {
          parameters: { systemPrompt: `Turn ${turn}.` },
        });
        states.push(isCachingLost(conversation.turns));
      }
      assert.deepEqual(states, [false, false, true, true]);
    });

    it(`is told so once more if it has refused that, without cache points: ${way}`, async () => {
      const gateway = await openGateway();
      const points = { system: true, tools: true, messages: [0] } as const;
      const messages = [user(text('One?')), assistant(text('A')), user(text('Two?'))];
      const ask = { ...asking, model: claudeId('no-caching'), messages };
      const whole = { ...ask, tools: toolsNamed('read'), parameters: { systemPrompt: 'Be brief.' } };
      const { reply, events } = await asked(gateway, { ...whole, cachePoints: points });
      assert.equal(kindOf(reply), 'done');
      assert.deepEqual(becauses(events), [undefined, 'cachePointsDropped']);
      const [refused, accepted] = gateway.log;
      assert.equal(refused!.body.match(/cachePoint|cache_control/g)?.length, 3);
      assert.doesNotMatch(accepted!.body, /cachePoint|cache_control/);
    });

    it(`reads tools, instructions and all turns before, results of tools among them: ${way}`, async () => {
      const gateway = await openGateway();
      const tools = toolsNamed('read');
      const described = { ...tools, tools: tools.tools.map((tool) => ({ ...tool, description: long })) };
      const ask = { ...asking, model: claudeId('tool'), tools: described };
      const common = { ...ask, parameters: { systemPrompt: 'Be brief.' } };
      let messages: Message[] = [user(text('call read {}\ncall read {}'))];
      const read: number[] = [];
      const written: number[] = [];
      for (let turn = 0; turn < 3; turn++) {
        const cachePoints = cachePointsFor(prepared(gateway, { ...common, messages }).request)!;
        assert.deepEqual(cachePoints, {
          ...{ tools: true, system: true, ...(turn > 0 && { messages: [2 * turn - 2, 2 * turn] }) },
        });
        const { reply } = await asked(gateway, { ...common, messages, cachePoints });
        read.push(reply.usage!.cacheRead);
        written.push(reply.usage!.cacheWrite);
        const content = blocksOf(reply);
        messages = [...messages, assistant(...content), resultsFor(content)];
      }
      assert.equal(read[0], 0);
      assert.ok(read[1]! > 5000, String(read));
      assert.equal(read[2], read[1]! + written[1]!);
    });
  }

  it('gets its cache points where Bedrock understands them', async () => {
    const gateway = await openGateway();
    const blobs = new MemoryBlobs();
    const paper = blobs.document('pdf', pdf());
    const table = blobs.document('csv', Buffer.from('1;2'));
    const picture = blobs.image('png', png());
    const contents = {
      'text point': [text('One?')],
      'text document point': [text('One?'), paper],
      'text image point': [text('One?'), picture],
      'document text point': [table, text('One?')],
      'text point document': [text('One?'), table],
      'document text point document document': [paper, text('One?'), table, table],
    };
    for (const [expected, content] of Object.entries(contents)) {
      const messages = [user(...content), assistant(text('A')), user(text('Two?'))];
      const asking = { messages, cachePoints: { messages: [0] }, ports: { blobs } };
      for (const stream of ['auto', 'off'] as const) {
        assert.equal(kindOf((await asked(gateway, { ...asking, stream })).reply), 'done');
        const kinds = sentBlocks(gateway.log.at(-1), 0).map((block) => Object.keys(block)[0]);
        assert.equal(kinds.join(' ').replace('cachePoint', 'point'), expected);
      }
      const own = await asked(gateway, { ...asking, api: 'invoke', model: claudeId('caching') });
      assert.equal(kindOf(own.reply), 'done');
      assert.deepEqual(
        sentBlocks(gateway.log.at(-1), 0).map((block) => 'cache_control' in block),
        content.map((_, index) => index === content.length - 1),
      );
    }
    // Nothing is left before which one could stand.
    const messages = [user(table), assistant(text('A')), user(text('Two?'))];
    await asked(gateway, { messages, cachePoints: { messages: [0] }, ports: { blobs } });
    assert.equal(sentBlocks(gateway.log.at(-1), 0).length, 1);
  });

  it('gets them in both APIs in their own words', async () => {
    const gateway = await openGateway();
    const asking: Asking = {
      ...{ parameters: { systemPrompt: 'Be brief.' }, tools: toolsNamed('read', 'search') },
      messages: [user(text('One?'), text('1')), assistant(text('A')), user(text('Two?'))],
      ...{ model: claudeId('caching'), cachePoints: { system: true, tools: true, messages: [0] } },
    };
    await asked(gateway, asking);
    const converse = bodyOf(gateway.log.at(-1)) as { system: unknown; toolConfig: { tools: unknown[] } };
    assert.deepEqual(converse.system, [{ text: 'Be brief.' }, point]);
    assert.deepEqual(converse.toolConfig.tools.slice(2), [point]);
    assert.deepEqual(sentBlocks(gateway.log.at(-1), 0), [{ text: 'One?' }, { text: '1' }, point]);
    assert.deepEqual(sentBlocks(gateway.log.at(-1), 2), [{ text: 'Two?' }]);
    await asked(gateway, { ...asking, api: 'invoke' });
    const claude = bodyOf(gateway.log.at(-1)) as { system: unknown; tools: object[] };
    const said = (words: string): TextBlock => ({ type: 'text', text: words });
    assert.deepEqual(claude.system, [{ ...said('Be brief.'), ...control }]);
    assert.deepEqual(
      claude.tools.map((tool) => 'cache_control' in tool),
      [false, true],
    );
    assert.deepEqual(sentBlocks(gateway.log.at(-1), 0), [said('One?'), { ...said('1'), ...control }]);
    assert.deepEqual(sentBlocks(gateway.log.at(-1), 2), [said('Two?')]);
  });
});

describe('a model that refuses', () => {
  closeGatewaysAfterEach();
  beforeEach(() => void waits.splice(0));

  it('caching that nobody asked for is not asked again', async () => {
    const gateway = await openGateway();
    const { reply, events } = await asked(gateway, { model: 'stand-in.prompt-caching' });
    assert.deepEqual([kindOf(reply), becauses(events)], ['promptCachingNotAllowed', [undefined]]);
  });

  describe('caching', () => {
    const refusal = awsError(
      'AccessDeniedException',
      'You invoked an unsupported model or your request did not allow prompt caching.',
    );
    const dropped = [undefined, 'cachePointsDropped'];
    const withPoints: Asking = {
      messages: [user(text('One?')), assistant(text('A')), user(text('Two?'))],
      cachePoints: { messages: [0] },
    };

    for (const [way, asking] of Object.entries(ways))
      it(`is not asked again in this session, and another model is: ${way}`, async () => {
        const gateway = await openGateway();
        const common = { ...withPoints, ...asking, quirks: memoryQuirks() };
        const ask = async (behaviour: string, more: Asking = {}) => {
          const { reply, events } = await asked(gateway, {
            ...{ ...common, model: claudeId(behaviour) },
            ...more,
          });
          assert.equal(kindOf(reply), 'done');
          return becauses(events);
        };
        assert.deepEqual(await ask('no-caching'), dropped);
        assert.deepEqual(await ask('no-caching'), [undefined]);
        assert.doesNotMatch(gateway.log.at(-1)!.body, /cachePoint|cache_control/);
        assert.deepEqual(await ask('caching'), [undefined]);
        assert.match(gateway.log.at(-1)!.body, /cachePoint|cache_control/);
        // Accounts may be allowed it in one region and not in another; other credentials may be another account's.
        assert.deepEqual(await ask('no-caching', { region: 'us-west-2' }), dropped);
        assert.deepEqual(await ask('no-caching', { authentication: 'apiKey' }), dropped);
        assert.deepEqual(await ask('no-caching', { region: 'us-west-2' }), [undefined]);
      });

    it('is asked again for another profile', async () => {
      const gateway = await openGateway();
      const profiles = { credentials: () => Promise.resolve(standInKeys), forget: () => undefined };
      const common = { ...withPoints, quirks: memoryQuirks(), ports: { profiles } };
      const retries = [];
      for (const profile of ['one', 'one', 'two']) {
        const { events } = await asked(gateway, { ...common, profile, model: claudeId('no-caching') });
        retries.push(becauses(events));
      }
      assert.deepEqual(retries, [dropped, [undefined], dropped]);
    });

    it('is asked again once that is forgotten', async () => {
      const gateway = await openGateway();
      const asking = { ...withPoints, quirks: memoryQuirks(), model: claudeId('no-caching') };
      await asked(gateway, asking);
      asking.quirks.clear(gatewayKey(addressOf(gateway.url), 'accessKeys'));
      assert.deepEqual(becauses((await asked(gateway, asking)).events), dropped);
    });

    it('and then the prompt without is asked again: that was not the reason', async () => {
      const gateway = await openGateway();
      const model = claudeId('refuses');
      const replies = [refusal, awsError('ValidationException', 'Some other reason.')];
      gateway.script(model, () => replies.shift() ?? { deltas: ['At last.'] });
      const asking = { ...withPoints, quirks: memoryQuirks(), model };
      const { reply, events } = await asked(gateway, asking);
      assert.deepEqual([kindOf(reply), becauses(events)], ['requestInvalid', dropped]);
      const next = await asked(gateway, asking);
      assert.deepEqual([next.reply.text, becauses(next.events)], ['At last.', [undefined]]);
      assert.match(gateway.log.at(-1)!.body, /cachePoint/);
    });
  });

  it('thinking, then caching, and is busy, gets each attempt without what it has refused', async () => {
    const gateway = await openGateway();
    const refusals = [
      awsError(
        'ValidationException',
        'messages.1.content.0: The block is bound to a different conversation.',
      ),
      awsError(
        'AccessDeniedException',
        'You invoked an unsupported model or your request did not allow prompt caching.',
      ),
      awsError('ThrottlingException', 'Too many requests, please wait before trying again.'),
      awsError('ThrottlingException', 'Too many requests, please wait before trying again.'),
    ];
    const reasons = ['reasoningDropped', 'cachePointsDropped', 'busy', 'busy'];
    const orders = [
      [0, 1, 2, 3],
      [1, 0, 2, 3],
      [2, 0, 3, 1],
      [2, 3, 1, 0],
    ];
    for (const order of orders) {
      // Unsigned, so that the stand-in leaves the refusal to the script.
      const model = `amazon.refuses-${order.join('-')}`;
      const rest = order.map((each) => refusals[each]!);
      gateway.script(model, () => rest.shift() ?? { deltas: ['At last.'] });
      const thought = { type: 'reasoning', text: 'Hm', model } as const;
      const messages = [user(text('One?')), assistant(thought, text('A')), user(text('Two?'))];
      const { reply, events } = await asked(gateway, { model, messages, cachePoints: { messages: [0] } });
      assert.equal(reply.text, 'At last.');
      assert.deepEqual(becauses(events), [undefined, ...order.map((each) => reasons[each])]);
      const last = gateway.log.at(-1)!.body;
      assert.doesNotMatch(last, /reasoningContent|cachePoint/);
      assert.equal(reply.reasoningDropped, true);
    }
  });
});
