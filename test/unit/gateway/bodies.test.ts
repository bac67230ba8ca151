import assert from 'node:assert/strict';
import { type Gateway, standInToken, startGateway } from '../../gateway/index.js';
import { question, sendUnsigned } from './clients.js';

const user = (...content: unknown[]) => ({ role: 'user', content });
const assistant = (text: string) => ({ role: 'assistant', content: [{ text }] });
const hello = user({ text: 'Hello' });

const accepted: Record<string, unknown> = {
  'a conversation': { messages: [hello, assistant('Hi'), hello] },
  'every setting': {
    messages: [hello],
    system: [{ text: 'Be brief.' }],
    inferenceConfig: { maxTokens: 1, temperature: 0, topP: 1, stopSequences: ['x'] },
    additionalModelRequestFields: { anything: { goes: true } },
    guardrailConfig: { guardrailIdentifier: 'standinguardrail', guardrailVersion: '1' },
  },
  'several blocks': { messages: [user({ text: 'a' }, { text: 'b' })] },
  'text that needs escapes': { messages: [user({ text: '$& ${x} `\\` "\r\n\u2028 🎉 שלום \u0000' })] },
};

const blank =
  /^The text field in the ContentBlock object at messages\.0\.content\.0 is blank\. Add text to the text field, and try again\.$/;
const refused: Record<string, readonly [body: unknown, message: RegExp]> = {
  'no messages': [{ messages: [] }, /must start with a user message/],
  'no message list': [{}, /'messages'/],
  'an assistant first': [{ messages: [assistant('Hi'), hello] }, /must start with a user message/],
  'two users in a row': [{ messages: [hello, hello] }, /must alternate/],
  'an assistant last': [{ messages: [hello, assistant('Hi')] }, /must end with a user message/],
  'a strange role': [{ messages: [{ role: 'system', content: [{ text: 'x' }] }] }, /enum value set/],
  'no content': [{ messages: [user()] }, /messages\.0 is empty/],
  'empty text': [{ messages: [user({ text: '' })] }, blank],
  'blank text': [{ messages: [user({ text: ' \n' })] }, blank],
  'text that is no string': [{ messages: [user({ text: 1 })] }, /must be a string/],
  'a block of two kinds': [{ messages: [user({ text: 'a', image: {} })] }, /can only set one of/],
  'a block of no kind': [{ messages: [user({ type: 'text' })] }, /must set one of/],
  'blank system text': [{ messages: [hello], system: [{ text: ' ' }] }, /system\.0 is blank/],
  'an unknown field': [{ messages: [hello], max_tokens: 5 }, /extraneous key \[max_tokens\]/],
  'an unknown setting': [{ messages: [hello], inferenceConfig: { topK: 5 } }, /inferenceConfig\.topK/],
  'no tokens': [{ messages: [hello], inferenceConfig: { maxTokens: 0 } }, /inferenceConfig\.maxTokens/],
  'part of a token': [
    { messages: [hello], inferenceConfig: { maxTokens: 1.5 } },
    /inferenceConfig\.maxTokens/,
  ],
  'too hot': [{ messages: [hello], inferenceConfig: { temperature: 1.1 } }, /inferenceConfig\.temperature/],
  'a negative topP': [{ messages: [hello], inferenceConfig: { topP: -0.1 } }, /inferenceConfig\.topP/],
  'an empty stop': [
    { messages: [hello], inferenceConfig: { stopSequences: [''] } },
    /inferenceConfig\.stopSequences/,
  ],
};

const malformed: Record<string, string | Buffer> = {
  'no JSON': '{"messages":',
  nothing: '',
  'an array': '[]',
  'a lone surrogate': '{"messages":[{"role":"user","content":[{"text":"x\\ud800y"}]}]}',
  'bytes that are no UTF-8': Buffer.from([...Buffer.from('{"messages":"'), 0xff, ...Buffer.from('"}')]),
};

describe('Bedrock behind the stand-in gateway', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ pace: 0, token: standInToken, storedKeys: [''] });
  });
  after(() => gateway.close());

  async function answerTo(
    body: unknown,
    more: { operation?: string; modelId?: string; headers?: Record<string, string> } = {},
  ) {
    const headers = { 'cf-aig-authorization': `Bearer ${standInToken}`, ...more.headers };
    const bytes = typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const { status, text, headers: got } = await sendUnsigned(gateway, { ...more, headers, body: bytes });
    const type = String(got['x-amzn-errortype']).split(':')[0];
    return { status, type, message: status === 200 ? '' : (JSON.parse(text) as { message: string }).message };
  }

  for (const [what, body] of Object.entries(accepted)) {
    it(`takes ${what}`, async () => assert.equal((await answerTo(body)).status, 200));
  }
  for (const [what, [body, message]] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      const answer = await answerTo(body);
      assert.deepEqual([answer.status, answer.type], [400, 'ValidationException']);
      assert.match(answer.message, message);
    });
  }
  for (const [what, body] of Object.entries(malformed)) {
    it(`refuses ${what}`, async () => {
      const answer = await answerTo(body);
      assert.deepEqual([answer.status, answer.type], [400, 'SerializationException']);
    });
  }

  it('refuses another content type', async () => {
    const { status } = await answerTo(
      { messages: question() },
      { headers: { 'content-type': 'text/plain' } },
    );
    assert.equal(status, 415);
  });
  it('refuses an id that is none', async () => {
    const { message } = await answerTo({ messages: question() }, { modelId: 'no such model' });
    assert.equal(message, 'The provided model identifier is invalid.');
  });
  it('refuses an operation that it does not have', async () => {
    const { status, type } = await answerTo({ messages: question() }, { operation: 'count-tokens' });
    assert.deepEqual([status, type], [404, 'UnknownOperationException']);
  });
  it('takes 5 MB and refuses 26', async () => {
    const megabytes = (count: number) => ({ messages: question('x'.repeat(count * 1024 * 1024)) });
    assert.equal((await answerTo(megabytes(5))).status, 200);
    assert.equal((await answerTo(megabytes(26))).status, 413);
  });
});
