// Models of the stand-in that think: their signatures, and what happens when thinking is replayed.
import assert from 'node:assert/strict';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { behaviours, type Gateway, startGateway } from '../../gateway/index.js';
import { failureOf, sdkClient } from './clients.js';
import {
  bound,
  kindsIn,
  prompt,
  reasoningIn,
  reply,
  results,
  script,
  tools,
  withoutThinking,
} from './thoughts.js';
import { type Asked, claudeId, converseInput, type Said, ways } from './ways.js';

for (const [name, way] of Object.entries(ways)) {
  describe(`thinking by ${name}`, () => {
    let gateway: Gateway;
    beforeEach(async () => {
      gateway = await startGateway({ pace: 0 });
    });
    afterEach(() => gateway.close());
    const asks = (behaviour: string, asked: Asked) => way(sdkClient(gateway), claudeId(behaviour), asked);

    /** Two turns with tools, and the request for the third. */
    async function conversation(behaviour: string): Promise<Asked & { readonly messages: Said[] }> {
      const asked = { messages: [prompt(script)], tools, system: 'Be brief.' };
      for (let turn = 0; turn < 2; turn++) {
        const { content, stopReason } = await asks(behaviour, asked);
        assert.equal(stopReason, 'tool_use');
        asked.messages.push(reply(content), results(content));
      }
      return asked;
    }

    const forms: Record<string, readonly (string | undefined)[]> = {
      thinks: ['reasoningText', 'text'],
      'thinks-bound': ['reasoningText', 'text'],
      'thinks-redacted': ['redactedContent', 'text'],
      'thinks-unseen': ['reasoningText', 'text'],
      'thinks-interleaved': ['reasoningText', 'text', 'reasoningText', 'text'],
    };
    for (const [behaviour, kinds] of Object.entries(forms)) {
      it(`${behaviour} thinks before it speaks, and before each tool`, async () => {
        const { content } = await asks(behaviour, { messages: [prompt('Hello')] });
        assert.deepEqual(kindsIn(content), kinds);
        for (const { reasoningText } of reasoningIn(content)) {
          if (!reasoningText) continue;
          assert.equal(reasoningText.text === '', behaviour === 'thinks-unseen');
          assert.match(reasoningText.signature, /^[A-Za-z0-9+/]{100,}=*$/);
        }
        const asked = await conversation(behaviour);
        const last = await asks(behaviour, asked);
        assert.deepEqual(kindsIn(last.content), kinds);
        for (const { role, content: blocks } of asked.messages)
          if (role === 'assistant') assert.deepEqual(kindsIn(blocks), [...kinds, 'toolUse']);
      });
    }

    for (const behaviour of ['thinks', 'thinks-bound']) {
      it(`${behaviour} takes a conversation whose thinking is left out everywhere`, async () => {
        const asked = await conversation(behaviour);
        const { content } = await asks(behaviour, {
          ...asked,
          messages: asked.messages.map(withoutThinking),
        });
        // What it thinks now is bound to the conversation without the earlier thinking.
        const messages = [...asked.messages.map(withoutThinking), reply(content), prompt('And now?')];
        await asks(behaviour, { ...asked, messages });
      });

      it(`${behaviour} refuses thinking whose text, or signature, is another`, async () => {
        const asked = await conversation(behaviour);
        const [first] = reasoningIn(asked.messages[1]!.content);
        const { text, signature } = first!.reasoningText!;
        for (const reasoningText of [
          { text: `${text} `, signature },
          { text, signature: Buffer.from('{}').toString('base64') },
          { text, signature: `A${signature.slice(1)}` },
          { text, signature: 'nothing' },
        ]) {
          const changed = reply([
            { reasoningContent: { reasoningText } },
            ...asked.messages[1]!.content.slice(1),
          ]);
          const failure = await failureOf(
            asks(behaviour, { ...asked, messages: asked.messages.with(1, changed) }),
          );
          assert.equal(failure.name, 'ValidationException');
          assert.match(failure.message, /messages\.1\.content\.0: Invalid `signature` in `thinking` block$/);
        }
      });
    }

    const changes: Record<string, (asked: Asked) => Asked> = {
      'another system prompt': (asked) => ({ ...asked, system: 'Be long.' }),
      'no system prompt': ({ messages, tools: offered }) => ({ messages, tools: offered! }),
      'another tool': (asked) => ({ ...asked, tools: ['read', 'write'] }),
      'another question': (asked) => ({
        ...asked,
        messages: asked.messages.with(0, prompt(`${script}\n`)),
      }),
      'another word of the assistant': (asked) => ({
        ...asked,
        messages: asked.messages.with(
          1,
          reply(asked.messages[1]!.content.map((block) => ('text' in block ? { text: 'Other.' } : block))),
        ),
      }),
      'another tool result': (asked) => ({
        ...asked,
        messages: asked.messages.with(2, {
          role: 'user',
          content: [
            {
              toolResult: {
                ...(asked.messages[2]!.content[0]!['toolResult'] as object),
                content: [{ text: 'changed' }],
              },
            },
          ],
        }),
      }),
      'the thinking of the first turn missing': (asked) => ({
        ...asked,
        messages: asked.messages.with(1, withoutThinking(asked.messages[1]!)),
      }),
      'the thinking of the last turn missing': (asked) => ({
        ...asked,
        messages: asked.messages.with(3, withoutThinking(asked.messages[3]!)),
      }),
    };
    for (const [what, change] of Object.entries(changes)) {
      it(`thinks-bound refuses ${what}, thinks does not`, async () => {
        const failure = await failureOf(asks('thinks-bound', change(await conversation('thinks-bound'))));
        assert.deepEqual([failure.name, failure.$metadata?.httpStatusCode], ['ValidationException', 400]);
        assert.match(failure.message, bound);
        assert.match(failure.message, /messages\.\d\.content\.0: Invalid/);
        await asks('thinks', change(await conversation('thinks')));
      });
    }

    it('binds what a real model thinks that is known for it, encrypted or interleaved', async () => {
      for (const model of ['us.anthropic.claude-opus-5-5', 'global.anthropic.claude-fable-5-2']) {
        for (const played of ['thinks-redacted', 'thinks-interleaved']) {
          const behaviour = behaviours[played]!;
          if (behaviour.where === 'bedrock') gateway.script(model, behaviour.answer);
          const { content } = await way(sdkClient(gateway), model, { messages: [prompt('Hello')] });
          const messages = [prompt('Hello'), reply(content), prompt('More')];
          await way(sdkClient(gateway), model, { messages });
          const changed = messages.with(0, prompt('Hallo'));
          assert.match(
            (await failureOf(way(sdkClient(gateway), model, { messages: changed }))).message,
            bound,
          );
          // Through another geography it is the same model; another model does not read the thinking at all.
          const base = model.replace(/^\w+\./, 'eu.');
          assert.match(
            (await failureOf(way(sdkClient(gateway), base, { messages: changed }))).message,
            bound,
          );
          await way(sdkClient(gateway), 'us.anthropic.claude-sonnet-5-5', { messages: changed });
        }
      }
    });

    it('refuses one of two thoughts in a message', async () => {
      const model = 'us.anthropic.claude-opus-5-5';
      const behaviour = behaviours['thinks-interleaved']!;
      if (behaviour.where === 'bedrock') gateway.script(model, behaviour.answer);
      const { content } = await way(sdkClient(gateway), model, { messages: [prompt('Hello')] });
      for (const left of [content.toSpliced(2, 1), content.toSpliced(0, 2)]) {
        const messages = [prompt('Hello'), reply(left), prompt('More')];
        assert.match((await failureOf(way(sdkClient(gateway), model, { messages }))).message, bound);
      }
    });

    it('does not change with cache points', async () => {
      const asked = await conversation('thinks-bound');
      if (!name.startsWith('Converse')) return;
      const input = converseInput(claudeId('thinks-bound'), asked);
      input.system!.push({ cachePoint: { type: 'default' } });
      input.toolConfig!.tools!.push({ cachePoint: { type: 'default' } });
      input.messages![2]!.content!.push({ cachePoint: { type: 'default' } });
      await sdkClient(gateway).send(new ConverseCommand(input));
    });
  });
}
