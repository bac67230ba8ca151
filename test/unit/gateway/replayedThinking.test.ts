// Thinking that is replayed to the stand-in: who needs a signature, and where in a message it may be.
import assert from 'node:assert/strict';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Gateway, type Script, startGateway } from '../../gateway/index.js';
import { failureOf, sdkClient } from './clients.js';
import { bound, prompt, reasoningIn, reply, results, script, tools, withoutThinking } from './thoughts.js';
import { claudeId, type Content, converseInput, type Said, ways } from './ways.js';

describe('thinking at the stand-in', () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  afterEach(() => gateway.close());
  const asks = (model: string, input: object) =>
    sdkClient(gateway).send(new ConverseCommand({ ...converseInput(model, { messages: [] }), ...input }));

  async function replayed(model: string, reasoningText: object, more: object = {}) {
    const content = [{ reasoningContent: { reasoningText } }, { text: 'Yes.' }];
    return asks(model, { messages: [prompt('Is it?'), reply(content), prompt('More')], ...more });
  }

  it('needs a signature where the model signs, and none where it does not', async () => {
    for (const reasoningText of [{ text: 'Hm' }, { text: 'Hm', signature: '' }]) {
      const failure = await failureOf(replayed('us.anthropic.claude-sonnet-5', reasoningText));
      assert.match(failure.message, /messages\.1\.content\.0\.thinking\.signature: Field required/);
      await replayed('deepseek.v3.2', reasoningText);
    }
  });

  it('is not signed by a model that does not sign', async () => {
    gateway.script('deepseek.v3.2', { reasoning: ['Hm'], deltas: ['Yes.'] });
    for (const way of [ways['Converse']!, ways['Converse, streamed']!]) {
      const { content } = await way(sdkClient(gateway), 'deepseek.v3.2', { messages: [prompt('x')] });
      const { text, signature } = reasoningIn(content)[0]!.reasoningText!;
      assert.deepEqual([text, signature || undefined], ['Hm', undefined]);
    }
  });

  it('can be replayed after a restart', async () => {
    const { content } = await ways['Converse']!(sdkClient(gateway), claudeId('thinks-bound'), {
      messages: [prompt('Hello')],
    });
    await gateway.close();
    gateway = await startGateway({ pace: 0 });
    const messages = [prompt('Hello'), reply(content), prompt('More')];
    await ways['Converse']!(sdkClient(gateway), claudeId('thinks-bound'), { messages });
  });

  it('is left out instead of refused if the request says so', async () => {
    const model = claudeId('thinks-bound');
    const { content } = await ways['Converse']!(sdkClient(gateway), model, { messages: [prompt('Hello')] });
    const messages = [prompt('Hallo'), reply(content), prompt('More')];
    const fields = (anthropic_beta: string[], prefix_mismatch_behavior: string) => ({
      additionalModelRequestFields: {
        anthropic_beta,
        thinking: { type: 'adaptive', block_binding: { prefix_mismatch_behavior } },
      },
    });
    const beta = ['thinking-binding-controls-2026-08-01'];
    await asks(model, { messages, ...fields(beta, 'drop_block') });
    const failing = [fields(beta, 'error'), fields([], 'drop_block'), fields(beta, 'drop')];
    const patterns = [bound, /block_binding: Extra inputs/, /Input should be 'drop_block' or 'error'/];
    for (const [index, more] of failing.entries())
      assert.match((await failureOf(asks(model, { messages, ...more }))).message, patterns[index]!);
  });

  it('has no signature if the stream breaks off before it', async () => {
    const cut: Script = { reasoning: ['Hm', 'm'], deltas: [], ending: 'cut' };
    gateway.script('cut', cut);
    const { content } = await ways['Converse, streamed']!(sdkClient(gateway), 'cut', {
      messages: [prompt('x')],
    });
    assert.deepEqual(content, []);
  });

  describe('in a replayed message', () => {
    const model = claudeId('thinks');
    const thought = async () =>
      (await ways['Converse']!(sdkClient(gateway), model, { messages: [prompt('Hello')] })).content[0]!;
    const replay = (content: Content[]) =>
      ways['Converse']!(sdkClient(gateway), model, {
        messages: [prompt('Hello'), reply(content), prompt('More')],
      });

    it('comes first', async () => {
      const block = await thought();
      await replay([block, { text: 'a' }, block, { text: 'b' }]);
      const failure = await failureOf(replay([{ text: 'a' }, block, { text: 'b' }]));
      assert.match(
        failure.message,
        /messages\.1\.content\.0: If an assistant message contains any thinking blocks/,
      );
    });
    it('does not come last', async () => {
      const failure = await failureOf(replay([await thought()]));
      assert.match(
        failure.message,
        /messages\.1: The final block in an assistant message cannot be `thinking`/,
      );
    });
    it('is an assistant message', async () => {
      const block = await thought();
      const messages: Said[] = [{ role: 'user', content: [block, { text: 'x' }] }];
      const failure = await failureOf(ways['Converse']!(sdkClient(gateway), model, { messages }));
      assert.match(failure.message, /^User messages cannot contain reasoning content\./);
      const own = await failureOf(ways["Claude's own body"]!(sdkClient(gateway), model, { messages }));
      assert.equal(own.message, 'messages.0.content: thinking blocks may only be in `assistant` messages');
    });
    it('has no cache point after it', async () => {
      const failure = await failureOf(
        replay([await thought(), { cachePoint: { type: 'default' } }, { text: 'x' }]),
      );
      assert.match(failure.message, /^Cache point cannot be inserted after reasoning block\./);
    });
    it('is demanded before a tool result while thinking has a budget', async () => {
      const asked: { messages: Said[]; tools: string[] } = { messages: [prompt(script)], tools };
      const { content } = await ways['Converse']!(sdkClient(gateway), model, asked);
      const input = (spoken: Said) => ({
        ...converseInput(model, { tools, messages: [prompt(script), spoken, results(content)] }),
        additionalModelRequestFields: { thinking: { type: 'enabled', budget_tokens: 1024 } },
      });
      await sdkClient(gateway).send(new ConverseCommand(input(reply(content))));
      const failure = await failureOf(
        sdkClient(gateway).send(new ConverseCommand(input(withoutThinking(reply(content))))),
      );
      assert.match(
        failure.message,
        /messages\.1\.content\.0\.type: Expected `thinking` or `redacted_thinking`, but found `text`/,
      );
    });
  });
});
