// Any chat that VS Code may hold becomes a request that Bedrock accepts: as the stand-in says, which refuses as strictly.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ConvertContext, chatPrompt } from '../../../src/chat/convert';
import type { ChatMessage, ChatPart } from '../../../src/chat/messages';
import { LegalNames } from '../../../src/chat/names';
import { RequestBlobs } from '../../../src/chat/pictures';
import { type ToolRules, toolConfig } from '../../../src/chat/tools';
import { isBlank } from '../../../src/core/model/blank';
import type { ContentBlock, Message } from '../../../src/core/model/content';
import { nodeHash } from '../../../src/platform/node/hash';
import type { Gateway } from '../../gateway';
import { type Asking, asked, claudeMessages, closeGatewaysAfterEach, openGateway } from '../asking';
import { chat, png, toolName } from './chats';

const tools = (names: readonly string[], toolNames: LegalNames) =>
  toolConfig(
    names.map((name) => ({ name, description: '', inputSchema: { type: 'object', properties: {} } })),
    toolNames,
    { isRequired: false, refusesForced: false, wantsPlainSchemas: false },
  );

function converted(messages: readonly ChatMessage[], more: Partial<ConvertContext> = {}) {
  const blobs = new RequestBlobs(nodeHash);
  const context: ConvertContext = {
    ...{ hasTools: true, takesPictures: true, blobs },
    toolNames: new LegalNames(),
    ...more,
  };
  return { ...chatPrompt(messages, context), blobs };
}

/** The chat without pictures that Bedrock refuses in the message that the user sends. */
const withoutNewPictures = (messages: readonly ChatMessage[]): readonly ChatMessage[] => [
  ...messages,
  { role: 'user', parts: [{ type: 'text', text: 'Why?' }] },
];

const user = (...parts: ChatPart[]): ChatMessage => ({ role: 'user', parts });
const assistant = (...parts: ChatPart[]): ChatMessage => ({ role: 'assistant', parts });
const says = (text: string): ChatPart => ({ type: 'text', text });
const calls = (id: string, name = 'read', input: unknown = {}): ChatPart => ({
  type: 'toolCall',
  id,
  name,
  input,
});
const returns = (id: string, ...parts: ChatPart[]): ChatPart => ({
  type: 'toolResult',
  id,
  parts,
  isError: false,
});
const picture: ChatPart = { type: 'data', mimeType: 'image/png', bytes: png };
const bitmap: ChatPart = { type: 'data', mimeType: 'image/bmp', bytes: new Uint8Array([0x42, 0x4d, 1]) };

/** What a block is, in a word or two. */
function outline(block: ContentBlock): string {
  switch (block.type) {
    case 'text':
      return block.text;
    case 'toolUse':
      return `use ${block.id}`;
    case 'toolResult':
      return `${block.isError ? 'error' : 'result'} ${block.toolUse}: ${block.content.map(outline).join(', ')}`;
    case 'image':
    case 'document':
    case 'reasoning':
      return block.type;
  }
}
const outlines = (messages: readonly Message[]) =>
  messages.map(({ role, content }) => `${role === 'user' ? 'U' : 'A'} ${content.map(outline).join(' | ')}`);

describe('a chat', () => {
  closeGatewaysAfterEach();

  interface Kind {
    readonly name: string;
    readonly asking: Asking;
    readonly context?: Partial<ConvertContext>;
    readonly tools?: false;
  }
  const kinds: readonly Kind[] = [
    { name: 'Converse', asking: { model: 'us.stand-in.tool-v1:0' } },
    {
      name: 'Claude’s own body',
      asking: { model: claudeMessages, api: 'invoke' },
    },
    {
      name: 'Converse without tools',
      asking: { model: 'us.stand-in.tool-v1:0' },
      context: { hasTools: false },
      tools: false,
    },
    {
      name: 'a model that takes no text beside tools',
      asking: { model: 'stand-in.separate-turns' },
      context: { refusesMixedTurns: true },
    },
    {
      name: 'a model that takes no pictures in results',
      asking: { model: 'stand-in.no-nested-images' },
      context: { refusesNestedImages: true },
    },
    {
      name: 'a model that takes text alone',
      asking: { model: 'stand-in.text-only' },
      context: { takesPictures: false, hasTools: false },
      tools: false,
    },
  ];

  async function accepts(gateway: Gateway, messages: readonly ChatMessage[], kind: Kind): Promise<void> {
    const toolNames = new LegalNames();
    const config = kind.tools === false ? undefined : tools(['read_file', 'mcp.server/run'], toolNames);
    const {
      system,
      messages: sent,
      blobs,
    } = converted(withoutNewPictures(messages), { ...kind.context, toolNames });
    const { reply } = await asked(gateway, {
      ...kind.asking,
      messages: sent,
      ...(config && { tools: config }),
      parameters: system ? { systemPrompt: system } : {},
      ports: { blobs },
    });
    assert.equal(reply.outcome?.kind, 'done', JSON.stringify([outlines(sent), reply.outcome]));
  }

  for (const kind of kinds)
    it(`is accepted, whatever it holds: ${kind.name}`, async () => {
      const gateway = await openGateway();
      await fc.assert(
        fc.asyncProperty(chat, (messages) => accepts(gateway, messages, kind)),
        { numRuns: 150 },
      );
    });

  it('has roles in turn, no blank text, and each use of a tool answered', () => {
    fc.assert(
      fc.property(chat, (messages) => {
        const { messages: sent } = converted(withoutNewPictures(messages));
        sent.forEach(({ role, content }, index) => {
          assert.equal(role, index % 2 === 0 ? 'user' : 'assistant');
          assert.ok(content.length > 0);
          assert.ok(content.every((block) => block.type !== 'text' || !isBlank(block.text)));
          const uses = content.flatMap((block) => (block.type === 'toolUse' ? [block.id] : []));
          const next = sent[index + 1]?.content ?? [];
          const results = next.flatMap((block) => (block.type === 'toolResult' ? [block.toolUse] : []));
          if (role === 'assistant') assert.deepEqual(uses, results);
        });
        assert.equal(sent.at(-1)?.role, 'user');
      }),
      { numRuns: 500 },
    );
  });

  it('loses no text of the user’s or the model’s', () => {
    fc.assert(
      fc.property(chat, (messages) => {
        const { system, messages: sent } = converted(messages.length > 0 ? withoutNewPictures(messages) : []);
        const all = [system, ...outlines(sent)].join('\n').toWellFormed();
        for (const { parts } of messages)
          for (const part of parts)
            if (part.type === 'text' && !isBlank(part.text))
              assert.ok(all.includes(part.text.toWellFormed()));
      }),
      { numRuns: 500 },
    );
  });

  it('that is empty stays so: the core says that the prompt is empty', () => {
    assert.deepEqual(converted([]).messages, []);
    assert.deepEqual(converted([user(says(' '))]).messages, []);
  });

  it('has its instructions first, wherever they are', () => {
    const { system, messages } = converted([
      ...[user(says('Hi.')), { role: 'system', parts: [says('Be brief.')] } as const],
      ...[
        assistant(says('Hello.')),
        { role: 'system', parts: [says('Be kind.')] } as const,
        user(says('Why?')),
      ],
    ]);
    assert.equal(system, 'Be brief.\n\nBe kind.');
    assert.deepEqual(outlines(messages), ['U Hi.', 'A Hello.', 'U Why?']);
  });

  it('puts results after their uses, before what the user says, and says where one is missing', () => {
    const { messages } = converted([
      ...[user(says('Look.')), assistant(calls('a'), says('I look.'), calls('b'))],
      ...[user(says('Hurry!')), user(returns('b', says('B')))],
      ...[assistant(says('Done.')), user(says('Thanks.'), returns('a', says('late')))],
    ]);
    assert.deepEqual(outlines(messages), [
      ...[
        'U Look.',
        'A I look. | use a | use b',
        'U result a: late | result b: B | Hurry!',
        'A Done.',
        'U Thanks.',
      ],
    ]);
    const stopped = converted([user(says('Look.')), assistant(calls('a')), user(says('Never mind.'))]);
    assert.deepEqual(outlines(stopped.messages).slice(1), [
      ...['A use a', 'U error a: [The tool was not run.] | Never mind.'],
    ]);
  });

  it('keeps as text a result that answers nothing, or what is answered', () => {
    const { messages } = converted([
      user(returns('x', says('Early'))),
      ...[
        assistant(calls('a')),
        user(returns('a', says('One')), returns('a', says('Two')), returns('y', says('None'))),
      ],
    ]);
    assert.deepEqual(outlines(messages), [
      ...['U [Result of a tool: Early]', 'A use a'],
      'U result a: One | [Result of a tool: Two] | [Result of a tool: None]',
    ]);
  });

  it('keeps apart the uses of a model that gives those of each round the same IDs', () => {
    const round = (name: string) => [assistant(calls('call_0', name)), user(returns('call_0', says(name)))];
    const { messages } = converted([user(says('Go.')), ...round('one'), ...round('two'), ...round('three')]);
    assert.deepEqual(outlines(messages), [
      ...['U Go.', 'A use call_0', 'U result call_0: one', 'A use call_0_1', 'U result call_0_1: two'],
      ...['A use call_0_2', 'U result call_0_2: three'],
    ]);
    const twice = converted([
      user(says('Go.')),
      assistant(calls('a', 'one'), calls('a', 'two')),
      user(returns('a', says('One')), returns('a', says('Two'))),
    ]);
    assert.deepEqual(outlines(twice.messages).slice(1), [
      ...['A use a | use a_1', 'U result a: One | result a_1: Two'],
    ]);
    // A stop came between the first use and its result.
    const stopped = converted([
      ...[user(says('Go.')), assistant(calls('a', 'one')), user(says('No.'))],
      ...[assistant(calls('a', 'two')), user(returns('a', says('Two')))],
    ]);
    assert.deepEqual(outlines(stopped.messages).slice(1), [
      ...['A use a', 'U error a: [The tool was not run.] | No.', 'A use a_1', 'U result a_1: Two'],
    ]);
  });

  it('refuses no picture that a tool has made, and tells the model of a file that it does not get', () => {
    const made = [user(says('Go.')), assistant(calls('a')), user(returns('a', bitmap), says('So?'))];
    assert.deepEqual(outlines(converted(made).messages).slice(1), [
      ...['A use a', `U result a: ${left} | So?`],
    ]);
    const pdf: ChatPart = { type: 'data', mimeType: 'application/pdf', bytes: new Uint8Array([1]) };
    assert.deepEqual(outlines(converted([user(says('What?'), pdf)]).messages), [
      'U What? | [A file of the type application/pdf was here. It is left out.]',
    ]);
  });

  it('begins and ends with the user', () => {
    assert.deepEqual(outlines(converted([assistant(says('Hi.'))]).messages), [
      'U Continue.',
      'A Hi.',
      'U Continue.',
    ]);
  });

  it('is text where no tools are offered', () => {
    const chat = [
      user(says('Look.')),
      assistant(calls('a', 'read', { path: 'x' })),
      user(returns('a', says('X'))),
    ];
    assert.deepEqual(outlines(converted(chat, { hasTools: false }).messages).slice(1), [
      ...['A [Used the tool read: {"path":"x"}]', 'U [Result of a tool: X]'],
    ]);
  });

  it('refuses what Bedrock does not take of the message that is sent, and leaves it out of earlier ones', () => {
    assert.throws(() => converted([user(says('What?'), bitmap)]), {
      name: 'PictureRefused',
      why: 'format',
      found: 'image/bmp',
    });
    const large = { ...picture, bytes: new Uint8Array(4_000_000).fill(0) } as const;
    large.bytes.set(png);
    assert.throws(() => converted([user(says('What?'), large)]), {
      name: 'PictureRefused',
      why: 'size',
      found: 4_000_000,
    });
    const wide = { ...picture, bytes: Uint8Array.from(png) } as const;
    new DataView(wide.bytes.buffer).setUint32(16, 8001);
    assert.throws(() => converted([user(says('What?'), wide)]), {
      name: 'PictureRefused',
      why: 'edge',
      found: 8001,
    });
    const earlier = [
      user(says('What?'), bitmap, large, wide, picture),
      assistant(says('That.')),
      user(says('Why?')),
    ];
    assert.deepEqual(
      outlines(converted(earlier).messages)[0],
      `U What? | ${left} | ${left} | ${left} | image`,
    );
    assert.deepEqual(outlines(converted([user(says('What?'), picture)], { takesPictures: false }).messages), [
      `U What? | ${left}`,
    ]);
  });
  const left = '[A picture was here. It is left out.]';

  it('takes a picture for what it is, whatever it is called', () => {
    const { messages } = converted([user(says('What?'), { ...picture, mimeType: 'image/jpeg' })]);
    assert.equal(messages[0]?.content[1]?.type === 'image' && messages[0].content[1].format, 'png');
  });

  it('has no more than the last 20 pictures', () => {
    const chat = Array.from({ length: 30 }, (_, index) => [
      user(says(`${index}`), picture),
      assistant(says('.')),
    ]).flat();
    const { messages } = converted([...chat, user(says('Why?'))]);
    const has = messages.map(({ content }) => content.some(({ type }) => type === 'image'));
    assert.equal(has.filter(Boolean).length, 20);
    assert.ok(has.slice(0, 20).every((each) => !each));
  });

  it('skips data that is meant for VS Code alone, and reads text', () => {
    const data = (mimeType: string, text: string): ChatPart => ({
      type: 'data',
      mimeType,
      bytes: new TextEncoder().encode(text),
    });
    const { messages } = converted([
      user(
        says('A'),
        data('cache_control', 'ephemeral'),
        data('stateful_marker', 'x'),
        data('text/markdown', 'B'),
        data('application/json', '{}'),
      ),
    ]);
    assert.deepEqual(outlines(messages), ['U A | B | {}']);
  });
});

describe('names', () => {
  it('are legal, the same each time, and no two alike', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(toolName, fc.string({ unit: 'binary' }))), (names) => {
        const legal = new LegalNames(names);
        const all = new Map(names.map((name) => [name, legal.legalOf(name)]));
        for (const [name, given] of all) {
          assert.match(given, /^[a-zA-Z0-9_-]{1,64}$/);
          assert.equal(legal.legalOf(name), given);
          assert.equal(legal.originalOf(given), name);
          if (/^[a-zA-Z0-9_-]{1,64}$/.test(name)) assert.equal(given, name);
        }
        assert.equal(new Set(all.values()).size, all.size);
      }),
    );
  });
});

describe('tools', () => {
  closeGatewaysAfterEach();

  const rules = { isRequired: false, refusesForced: false, wantsPlainSchemas: false };
  const configOf = (inputSchema: object | undefined, description = 'Reads.', more: Partial<ToolRules> = {}) =>
    toolConfig([{ name: 'read', description, inputSchema }], new LegalNames(), { ...rules, ...more })
      ?.tools[0];

  it('have an object for their input, whatever VS Code says', () => {
    assert.deepEqual(configOf(undefined)?.inputSchema, { type: 'object', properties: {} });
    assert.deepEqual(configOf({ properties: { a: { type: 'string' } }, required: ['a'] })?.inputSchema, {
      ...{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
    });
  });

  it('have one schema for a choice of several, which Claude refuses', () => {
    const a = { properties: { a: { type: 'string' } }, required: ['a'] };
    const b = { properties: { b: { type: 'number' } }, required: ['b'] };
    const both = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'number' } } };
    assert.deepEqual(configOf({ oneOf: [a, b] })?.inputSchema, both);
    assert.deepEqual(configOf({ allOf: [a, b] })?.inputSchema, { ...both, required: ['a', 'b'] });
  });

  it('have an object where all of the schema is a reference, and no list of names that is none', () => {
    const definitions = { Input: { type: 'object', properties: { a: { $ref: '#/definitions/Name' } } } };
    const schema = { $schema: 'x', $ref: '#/definitions/Input', definitions };
    assert.deepEqual(configOf(schema)?.inputSchema, {
      ...{ $schema: 'x', definitions, type: 'object', properties: definitions.Input.properties },
    });
    assert.deepEqual(configOf({ required: 'a' })?.inputSchema, { type: 'object', properties: {} });
    const hostile = JSON.parse('{"properties": {"__proto__": {"type": "string"}}}') as object;
    assert.equal(
      JSON.stringify(configOf(hostile)?.inputSchema),
      '{"type":"object","properties":{"__proto__":{"type":"string"}}}',
    );
    assert.deepEqual(configOf({ required: ['a', 1, null] })?.inputSchema, {
      ...{ type: 'object', properties: {}, required: ['a'] },
    });
  });

  it('have nothing but an object’s properties at their top for Nova, with what they refer to', () => {
    const plain = (schema: object) => configOf(schema, '', { wantsPlainSchemas: true })?.inputSchema;
    const node = { type: 'object', properties: { next: { $ref: '#/$defs/Node' }, name: { type: 'string' } } };
    assert.deepEqual(
      plain({
        $schema: 'http://json-schema.org/draft-07/schema#',
        title: 'Input',
        type: 'object',
        properties: {
          // A property may have such a name.
          $schema: { type: 'string' },
          list: { type: 'array', items: { description: 'The first', $ref: '#/$defs/Node' } },
          lost: { $ref: '#/$defs/Nothing' },
        },
        required: ['list'],
        additionalProperties: false,
        $defs: { Node: node },
      }),
      {
        type: 'object',
        properties: {
          $schema: { type: 'string' },
          list: {
            type: 'array',
            items: { ...node, properties: { ...node.properties, next: {} }, description: 'The first' },
          },
          lost: {},
        },
        required: ['list'],
      },
    );
    assert.deepEqual(plain({ anyOf: [{ $ref: '#/definitions/A' }], definitions: { A: node } }), {
      ...{ type: 'object', properties: { next: {}, name: { type: 'string' } } },
    });
    // Each refers to the next one twice.
    const $defs = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [
        `d${index}`,
        { properties: { a: { $ref: `#/$defs/d${index + 1}` }, b: { $ref: `#/$defs/d${index + 1}` } } },
      ]),
    );
    const large = JSON.stringify(plain({ properties: { first: { $ref: '#/$defs/d0' } }, $defs }));
    assert.ok(large.length < 1_000_000);
  });

  const schema: fc.Arbitrary<object> = fc.letrec<{ schema: object; leaf: object }>((tie) => ({
    leaf: fc.constantFrom({ type: 'string' }, { $ref: '#/$defs/A' }, { $ref: '#/definitions/B' }, {}),
    schema: fc.record(
      {
        $schema: fc.constant('http://json-schema.org/draft-07/schema#'),
        type: fc.constantFrom('object', 'string'),
        title: fc.string(),
        properties: fc.oneof(fc.dictionary(fc.string(), tie('leaf')), fc.constant(null)),
        required: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
        additionalProperties: fc.boolean(),
        $defs: fc.record({ A: fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('schema')) }),
        definitions: fc.record({ B: fc.oneof({ maxDepth: 2 }, tie('leaf'), tie('schema')) }),
        anyOf: fc.array(tie('leaf'), { maxLength: 3 }),
        $ref: fc.constantFrom('#/$defs/A', '#/$defs/None'),
      },
      { requiredKeys: [] },
    ),
  })).schema;

  for (const [model, wantsPlainSchemas] of [
    ['us.amazon.nova-lite-v1:0', true],
    ['global.anthropic.claude-sonnet-5', false],
  ] as const)
    it(`are accepted by ${model}, whatever their schemas`, async () => {
      const gateway = await openGateway();
      await fc.assert(
        fc.asyncProperty(schema, async (inputSchema) => {
          const config = toolConfig([{ name: 'read', description: '', inputSchema }], new LegalNames(), {
            ...{ ...rules, wantsPlainSchemas },
          });
          const { reply } = await asked(gateway, { model, ...(config && { tools: config }) });
          assert.equal(reply.outcome?.kind, 'done', JSON.stringify(reply.outcome));
        }),
        { numRuns: 150 },
      );
    });

  it('leave VS Code’s own objects as they are', () => {
    const schema = { type: 'object', properties: { a: {} } };
    Object.freeze(configOf(schema)?.inputSchema);
    assert.ok(![schema, schema.properties, schema.properties.a].some((each) => Object.isFrozen(each)));
  });

  it('have no empty description', () => assert.ok(!('description' in (configOf({}, ' ') ?? {}))));

  it('must be used only where the model lets itself be forced', () => {
    const choice = (count: number, isRequired: boolean, refusesForced: boolean) =>
      toolConfig(
        Array.from({ length: count }, (_, index) => ({ name: `t${index}`, description: '' })),
        new LegalNames(),
        { ...rules, isRequired, refusesForced },
      )?.choice;
    assert.deepEqual(
      [choice(2, false, false), choice(2, true, false), choice(2, true, true)],
      ['auto', 'any', 'auto'],
    );
    assert.equal(choice(1, true, false), 'any');
    assert.equal(choice(0, true, false), undefined);
  });
});
