// A model of the stand-in that calls tools, asked in all four ways.
import assert from 'node:assert/strict';
import { type Gateway, startGateway } from '../../gateway/index.js';
import { sdkClient } from './clients.js';
import { type Asked, type Content, claudeId, type Said, type Way, ways } from './ways.js';

const user = (...content: Content[]): Said => ({ role: 'user', content });
const prompt = (text: string) => user({ text });
const tools = ['read', 'write'];

interface Called {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: unknown;
}
const callsIn = (content: readonly Content[]) =>
  content.flatMap(({ toolUse }) => (toolUse ? [toolUse as Called] : []));
const textIn = (content: readonly Content[]) =>
  content.map(({ text }) => (typeof text === 'string' ? text : '')).join('');
const results = (calls: readonly Called[], text = 'done', more: object = {}) =>
  user(
    ...calls.map(({ toolUseId, name }) => ({
      toolResult: { toolUseId, content: [{ text: `${name}: ${text}` }], ...more },
    })),
  );

for (const [name, way] of Object.entries(ways)) {
  describe(`stand-in.tool by ${name}`, () => {
    let gateway: Gateway;
    before(async () => {
      gateway = await startGateway({ pace: 0 });
    });
    after(() => gateway.close());

    const asks = (asked: Asked, behaviour = 'tool') => way(sdkClient(gateway), claudeId(behaviour), asked);

    it('plays one line a turn, and quotes the results at the end', async () => {
      const script =
        'Please:\n\ncall read {"path": "a.ts"}\r\n- call write {}\n\ntogether call read {"path":"b"}\n';
      const messages: Said[] = [prompt(script)];
      const first = await asks({ messages, tools });
      assert.equal(first.stopReason, 'tool_use');
      const [call, ...none] = callsIn(first.content);
      assert.deepEqual([call!.name, call!.input, none], ['read', { path: 'a.ts' }, []]);
      assert.match(
        call!.toolUseId,
        name.startsWith('Converse') ? /^tooluse_[\w-]{22}$/ : /^toolu_bdrk_01\w+$/,
      );

      messages.push({ role: 'assistant', content: first.content }, results([call!]));
      const second = await asks({ messages, tools });
      assert.equal(second.stopReason, 'tool_use');
      const calls = callsIn(second.content);
      assert.deepEqual(
        calls.map(({ name: tool, input }) => [tool, input]),
        [
          ['write', {}],
          ['read', { path: 'b' }],
        ],
      );
      assert.notEqual(calls[0]!.toolUseId, calls[1]!.toolUseId);

      messages.push(
        { role: 'assistant', content: second.content },
        user(
          ...results(calls.slice(0, 1), 'x'.repeat(300), { status: 'error' }).content,
          ...results(calls.slice(1)).content,
        ),
      );
      const last = await asks({ messages, tools });
      assert.equal(last.stopReason, 'end_turn');
      assert.equal(
        textIn(last.content),
        `The tools are done.\n\n- read said: read: done\n- write failed: write: ${'x'.repeat(193)}…\n- read said: read: done\n`,
      );
    });

    it('begins again with a new prompt, and ignores the lines of the old one', async () => {
      const messages = [prompt('call read {}'), { role: 'assistant' as const, content: [{ text: 'No.' }] }];
      const { content } = await asks({ messages: [...messages, prompt('call write {"a":[1,null]}')], tools });
      assert.deepEqual(
        callsIn(content).map((call) => [call.name, call.input]),
        [['write', { a: [1, null] }]],
      );
    });

    it('takes a prompt without lines for a new one, but not words beside tool results', async () => {
      const { content } = await asks({ messages: [prompt('call read {}\ncall write {}')], tools });
      const [call] = callsIn(content);
      const spoken: Said[] = [prompt('call read {}\ncall write {}'), { role: 'assistant', content }];
      const withWords = user(...results([call!]).content, { text: 'Go on.' });
      const next = await asks({ messages: [...spoken, withWords], tools });
      assert.deepEqual(
        callsIn(next.content).map((planned) => planned.name),
        ['write'],
      );
      const stopped: Said[] = [
        ...spoken,
        results([call!]),
        { role: 'assistant', content: [{ text: 'Stop.' }] },
      ];
      const other = await asks({ messages: [...stopped, prompt('call the doctor please')], tools });
      assert.match(textIn(other.content), /^# Stand-in reply/);
    });

    it('passes any input on unchanged', async () => {
      const input = {
        path: 'a"b\\c\n\u2028',
        emoji: '🎉 שלום',
        deep: { list: [1, -0.5e-7, true, null, {}] },
        '': 'x',
      };
      const messages = [prompt(`call write ${JSON.stringify(input)}`)];
      const { content } = await asks({ messages, tools });
      assert.deepEqual(callsIn(content)[0]!.input, input);
    });

    it('says what is wrong with a line', async () => {
      const ask = async (line: string) => textIn((await asks({ messages: [prompt(line)], tools })).content);
      assert.equal(await ask('call delete {}'), 'There is no tool delete. Offered: read, write.');
      assert.match(await ask('call read {"path":'), /The input of read is no JSON object: \{"path":/);
      assert.match(await ask('call read [1]'), /no JSON object/);
    });

    it('answers as usual without such a line, and without tools', async () => {
      assert.match(textIn((await asks({ messages: [prompt('Hello')], tools })).content), /^# Stand-in reply/);
      const { content } = await asks({ messages: [prompt('call read {}')] });
      assert.match(textIn(content), /^There is no tool read\. Offered: none\./);
    });

    it('tool-cut ends in the middle of the input', async () => {
      const messages = [prompt('call read {"path": "some/long/path/of/a/file.ts"}')];
      const { stopReason, content, inputs } = await asks({ messages, tools }, 'tool-cut');
      assert.equal(stopReason, 'max_tokens');
      if (inputs[0]) assert.throws(() => JSON.parse(inputs[0]!.join('')) as unknown, SyntaxError);
      else assert.deepEqual(callsIn(content)[0]!.input, {});
    });

    it('tool-garbled and tool-unknown make mistakes', async () => {
      const messages = [prompt('call read {"path": "a"}')];
      const { inputs } = await asks({ messages, tools }, 'tool-garbled');
      for (const pieces of inputs) assert.throws(() => JSON.parse(pieces.join('')) as unknown, SyntaxError);
      const { content } = await asks({ messages, tools }, 'tool-unknown');
      assert.equal(callsIn(content)[0]!.name, 'no_such_tool');
    });

    if (name.endsWith('streamed')) {
      it('streams an input in uneven pieces, split anywhere', async () => {
        const input = { path: `"\\\n🎉é`.repeat(50) };
        const messages = [prompt(`call write ${JSON.stringify(input)}`)];
        const { inputs } = await asks({ messages, tools });
        const [pieces] = inputs;
        assert.equal(pieces![0], '');
        assert.ok(new Set(pieces!.map(({ length }) => length)).size > 4);
        assert.ok(
          pieces!.some((piece) => /\\$/.test(piece)),
          'none ends within an escape',
        );
        assert.ok(
          pieces!.some((piece) => /\\u[0-9a-f]{0,3}$/.test(piece)),
          'none ends within \\u…',
        );
        assert.deepEqual(JSON.parse(pieces!.join('')), input);
      });
      it('streams an empty input as one empty piece', async () => {
        const { inputs } = await asks({ messages: [prompt('call write')], tools });
        assert.deepEqual(inputs, [['']]);
      });
      it('streams a large input in few pieces', async () => {
        const messages = [prompt(`call write ${JSON.stringify({ path: 'x'.repeat(90_000) })}`)];
        const { inputs } = await asks({ messages, tools });
        assert.ok(inputs[0]!.length < 500);
      });
    }
  });
}

describe('a tool that the request demands', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  after(() => gateway.close());

  const forced: Way = async (client, modelId, asked) => {
    client.middlewareStack.add(
      (next) => (args) => {
        const input = args.input as { toolConfig?: { toolChoice?: object } };
        input.toolConfig!.toolChoice = { any: {} };
        return next(args);
      },
      { step: 'initialize' },
    );
    return ways['Converse']!(client, modelId, asked);
  };

  it('is called with an input that fits its schema', async () => {
    const { content } = await forced(sdkClient(gateway), claudeId('tool'), {
      messages: [prompt('Hello')],
      tools,
    });
    assert.deepEqual(
      callsIn(content).map((call) => [call.name, call.input]),
      [['read', { path: 'stand-in' }]],
    );
  });

  it('is not streamed by stand-in.no-streamed-tools', async () => {
    const asked = { messages: [prompt('Hello')], tools };
    const id = claudeId('no-streamed-tools');
    await assert.rejects(ways['Converse, streamed']!(sdkClient(gateway), id, asked), {
      name: 'ValidationException',
      message: "This model doesn't support tool use in streaming mode.",
    });
    await ways['Converse']!(sdkClient(gateway), id, asked);
    await ways['Converse, streamed']!(sdkClient(gateway), id, { messages: asked.messages });
  });
});
