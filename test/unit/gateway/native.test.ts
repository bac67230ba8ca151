// The models' own bodies at the stand-in: what it takes, what it refuses and how, and what it streams.
import assert from 'node:assert/strict';
import { InvokeModelCommand, InvokeModelWithResponseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Gateway, standInToken, startGateway } from '../../gateway/index.js';
import { failureOf, sdkClient, sendUnsigned } from './clients.js';

const claude = 'anthropic.claude-3-haiku-20240307-v1:0';
const claude2 = 'anthropic.claude-v2:1';
const titan = 'amazon.titan-text-express-v1';

const user = (content: unknown = 'Hello') => ({ role: 'user', content });
const assistant = { role: 'assistant', content: 'Hi' };
const messages = (more: object = {}) => ({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 100,
  messages: [user()],
  ...more,
});
const said = (...content: unknown[]) => messages({ messages: [user(content)] });
const completion = (more: object = {}) => ({
  prompt: '\n\nHuman: Hello\n\nAssistant:',
  max_tokens_to_sample: 100,
  ...more,
});
const titanBody = (config: object) => ({ inputText: 'Hello', textGenerationConfig: config });

const accepted: Record<string, readonly [model: string, body: object]> = {
  'a message': [claude, messages()],
  'a message in blocks': [claude, said({ type: 'text', text: 'a' }, { type: 'text', text: 'b' })],
  'a conversation with every setting': [
    claude,
    messages({
      messages: [user(), assistant, user()],
      system: [{ type: 'text', text: 'Be brief.' }],
      ...{ temperature: 0, top_p: 1, top_k: 5, stop_sequences: ['x'], anthropic_beta: ['x'] },
    }),
  ],
  'thinking within the limit': [
    claude,
    messages({ max_tokens: 2000, thinking: { type: 'enabled', budget_tokens: 1024 } }),
  ],
  'a completion': [claude2, completion()],
  'a completion with every setting': [
    claude2,
    completion({ temperature: 0.5, top_p: 0.5, top_k: 5, stop_sequences: ['\n\nHuman:'] }),
  ],
  'a text': [titan, { inputText: 'Hello' }],
  'a text with every setting': [
    titan,
    titanBody({ maxTokenCount: 8192, temperature: 0, topP: 1, stopSequences: ['User:', '||'] }),
  ],
};

const required = (name: string) =>
  new RegExp(`^Malformed input request: #: required key \\[${name}\\] not found, please`);
const extraneous = (at: string, name: string) =>
  new RegExp(`^Malformed input request: ${at}: extraneous key \\[${name}\\] is not permitted, please`);

const without = (body: object, name: string) =>
  Object.fromEntries(Object.entries(body).filter(([key]) => key !== name));

const refused: Record<string, readonly [model: string, body: object, message: RegExp]> = {
  'no version': [claude, without(messages(), 'anthropic_version'), required('anthropic_version')],
  'another version': [claude, messages({ anthropic_version: '2023-06-01' }), /not a valid enum value/],
  'no limit': [claude, without(messages(), 'max_tokens'), required('max_tokens')],
  'no messages': [claude, without(messages(), 'messages'), required('messages')],
  "Converse's field": [claude, messages({ inferenceConfig: {} }), extraneous('#', 'inferenceConfig')],
  'a model in the body': [claude, messages({ model: claude }), extraneous('#', 'model')],
  "Converse's block": [
    claude,
    said({ text: 'Hello' }),
    /required key \[type\] not found|#\/messages\/0\/content\/0/,
  ],
  'a field too much in a message': [
    claude,
    messages({ messages: [{ ...user(), name: 'x' }] }),
    extraneous('#/messages/0', 'name'),
  ],
  'a block of no known type': [claude, said({ type: 'video' }), /content\/0\/type: video is not a valid/],
  'a system role': [
    claude,
    messages({ messages: [{ role: 'system', content: 'x' }] }),
    /role: system is not/,
  ],
  'an empty list': [claude, messages({ messages: [] }), /at least one message is required/],
  'an assistant first': [
    claude,
    messages({ messages: [assistant, user()] }),
    /first message must use the "user"/,
  ],
  'two users in a row': [
    claude,
    messages({ messages: [user(), user()] }),
    /roles must alternate .*"user" roles/,
  ],
  'an assistant last': [claude, messages({ messages: [user(), assistant] }), /must end with a user message/],
  'no content': [claude, said(), /non-empty content/],
  'empty text': [claude, said({ type: 'text', text: '' }), /must be non-empty/],
  'blank text': [claude, said({ type: 'text', text: ' \n' }), /non-whitespace/],
  'an empty system block': [
    claude,
    messages({ system: [{ type: 'text', text: '' }] }),
    /^system: .*non-empty/,
  ],
  'a system of another type': [claude, messages({ system: 5 }), /#\/system: expected type: JSONArray/],
  'no tokens': [claude, messages({ max_tokens: 0 }), /max_tokens: must be greater than or equal to 1/],
  'part of a token': [
    claude,
    messages({ max_tokens: 1.5 }),
    /max_tokens: expected type: Integer, found: Double/,
  ],
  'more tokens than the model has': [
    claude,
    messages({ max_tokens: 4097 }),
    /4097 > 4096, which is the maximum/,
  ],
  'too hot': [claude, messages({ temperature: 1.1 }), /#\/temperature: 1.1 is not less or equal to 1/],
  'a negative top_p': [claude, messages({ top_p: -0.1 }), /#\/top_p: -0.1 is not greater or equal to 0/],
  'a blank stop': [claude, messages({ stop_sequences: [' '] }), /stop_sequences: each stop sequence/],
  'a null': [claude, messages({ temperature: null }), /temperature: expected type: Number, found: Null/],
  'thinking beyond the limit': [
    claude,
    messages({ thinking: { type: 'enabled', budget_tokens: 1024 } }),
    /`max_tokens` must be greater than `thinking.budget_tokens`/,
  ],

  'a completion without a limit': [
    claude2,
    without(completion(), 'max_tokens_to_sample'),
    required('max_tokens_to_sample'),
  ],
  'a completion without a prompt': [claude2, without(completion(), 'prompt'), required('prompt')],
  'messages for a completion': [claude2, messages(), /extraneous key \[messages\]/],
  'a completion of too many': [
    claude2,
    completion({ max_tokens_to_sample: 4097 }),
    /4097 is not less or equal/,
  ],
  'a prompt without its beginning': [
    claude2,
    completion({ prompt: 'Human: Hello\n\nAssistant:' }),
    /must start with "\\n\\nHuman:"/,
  ],
  'a prompt without its end': [
    claude2,
    completion({ prompt: '\n\nHuman: Hello' }),
    /must end with "\\n\\nAssistant:"/,
  ],
  'a prompt with a blank at its end': [
    claude2,
    completion({ prompt: '\n\nHuman: Hello\n\nAssistant: ' }),
    /must end with/,
  ],
  'a prompt without a word': [
    claude2,
    completion({ prompt: '\n\nHuman: \n\nAssistant:' }),
    /must not be empty/,
  ],

  'no text': [titan, {}, required('inputText')],
  'an empty text': [titan, { inputText: '' }, /#\/inputText: expected minLength: 1, actual: 0/],
  'a setting in the wrong place': [titan, { inputText: 'x', temperature: 0 }, extraneous('#', 'temperature')],
  'an unknown setting': [titan, titanBody({ topK: 5 }), extraneous('#/textGenerationConfig', 'topK')],
  'a text of too many': [
    titan,
    titanBody({ maxTokenCount: 8193 }),
    /maxTokenCount: 8193 is not less or equal/,
  ],
  'a stop that Titan does not know': [
    titan,
    titanBody({ stopSequences: ['END'] }),
    /string \[END\] does not match pattern \^\(\\\|\+\|User:\)\$/,
  ],

  'a body for Nova': ['us.amazon.nova-pro-v1:0', messages(), /does not play/],
};

describe("the stand-in, asked with a model's own body,", () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ pace: 0, token: standInToken, storedKeys: [''] });
  });
  after(() => gateway.close());

  async function answerTo(modelId: string, body: object | string) {
    const headers = { 'cf-aig-authorization': `Bearer ${standInToken}` };
    const bytes = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await sendUnsigned(gateway, { modelId, operation: 'invoke', headers, body: bytes });
    const type = String(answer.headers['x-amzn-errortype']).split(':')[0];
    return { ...answer, type, json: JSON.parse(answer.text) as Record<string, unknown> };
  }

  for (const [what, [model, body]] of Object.entries(accepted))
    it(`takes ${what}`, async () => assert.equal((await answerTo(model, body)).status, 200));

  for (const [what, [model, body, message]] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      const { status, type, json } = await answerTo(model, body);
      assert.deepEqual([status, type], [400, 'ValidationException']);
      assert.match(String(json['message']), message);
    });
  }

  it('refuses what is no JSON', async () => {
    const { type, json } = await answerTo(claude, '{"messages":');
    assert.equal(type, 'ValidationException');
    assert.match(String(json['message']), /^Malformed input request/);
  });

  it('counts tokens in the head of a whole answer', async () => {
    const { headers } = await answerTo(claude2, completion());
    assert.match(String(headers['x-amzn-bedrock-input-token-count']), /^\d+$/);
    assert.match(String(headers['x-amzn-bedrock-output-token-count']), /^\d+$/);
  });
});

describe("a stream in a model's own body", () => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  afterEach(() => gateway.close());

  const input = (modelId: string, body: object) => ({
    modelId,
    body: JSON.stringify(body),
    contentType: 'application/json',
  });

  async function chunks(modelId: string, body: object) {
    const client = sdkClient(gateway);
    const output = await client.send(new InvokeModelWithResponseStreamCommand(input(modelId, body)));
    const read: Record<string, unknown>[] = [];
    for await (const { chunk } of output.body!)
      read.push(JSON.parse(new TextDecoder().decode(chunk!.bytes)) as Record<string, unknown>);
    return read;
  }

  it('has the events of a message in their order', async () => {
    gateway.script(claude, { reasoning: ['Hm'], deltas: ['a', 'b'] });
    const events = await chunks(claude, messages());
    const block = ['content_block_start', 'content_block_delta', 'content_block_delta', 'content_block_stop'];
    assert.deepEqual(
      events.map(({ type }) => type),
      ['message_start', block[0], 'ping', ...block.slice(1), ...block, 'message_delta', 'message_stop'],
    );
    assert.deepEqual(Object.keys(events.at(-1)!), ['type', 'amazon-bedrock-invocationMetrics']);
  });

  it('ends a completion, and a text, with what Bedrock adds', async () => {
    gateway.script(claude2, { deltas: ['a', 'b'] });
    gateway.script(titan, { deltas: ['a', 'b'] });
    const completions = await chunks(claude2, completion());
    assert.deepEqual(
      completions.map((chunk) => [chunk['completion'], chunk['stop_reason'], chunk['stop']]),
      [
        ['a', null, null],
        ['b', null, null],
        ['', 'stop_sequence', '\n\nHuman:'],
      ],
    );
    const texts = await chunks(titan, { inputText: 'x' });
    assert.deepEqual(
      texts.map((chunk) => [chunk['outputText'], chunk['completionReason']]),
      [
        ['a', null],
        ['b', null],
        ['', 'FINISH'],
      ],
    );
    for (const last of [completions.at(-1)!, texts.at(-1)!])
      assert.ok('amazon-bedrock-invocationMetrics' in last);
  });

  it('is understood: what was said before, and the system prompt, arrive at the model', async () => {
    gateway.script(titan, ({ prompt }) => ({ deltas: [JSON.stringify(prompt)] }));
    gateway.script(claude2, ({ prompt }) => ({ deltas: [JSON.stringify(prompt.messages)] }));
    const spoken = [
      { role: 'user', text: 'a' },
      { role: 'assistant', text: 'b' },
      { role: 'user', text: 'c' },
    ];
    const [first] = await chunks(titan, { inputText: 'sys\n\nUser: a\nBot: b\nUser: c\nBot:' });
    assert.deepEqual(JSON.parse(String(first!['outputText'])), {
      system: 'sys',
      messages: spoken,
      maxTokens: 512,
      stopSequences: [],
    });
    const prompt = '\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:';
    const [second] = await chunks(claude2, completion({ prompt }));
    assert.deepEqual(JSON.parse(String(second!['completion'])), spoken);
  });

  it('plays a behaviour of the stand-in', async () => {
    const failure = await failureOf(chunks('anthropic.claude-3-stand-in.stream-throttling-v1:0', messages()));
    assert.equal(failure.name, 'ThrottlingException');
    const command = new InvokeModelCommand(input('amazon.titan-text-stand-in.not-found', { inputText: 'x' }));
    assert.equal((await failureOf(sdkClient(gateway).send(command))).name, 'ResourceNotFoundException');
  });
});
