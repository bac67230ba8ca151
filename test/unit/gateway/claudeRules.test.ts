// What Claude's own body takes and refuses beyond text, with the AWS SDK as the client.
import assert from 'node:assert/strict';
import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Gateway, startGateway } from '../../gateway/index.js';
import { failureOf, sdkClient } from './clients.js';
import { claudeToolNamed, docx, extendedWebp, gif, jpeg, pdf, png } from './samples.js';
import { invokeInput } from './ways.js';

const claude = 'us.anthropic.claude-sonnet-5';

type Content = Record<string, unknown>;
const user = (...content: Content[]) => ({ role: 'user', content });
const assistant = (...content: Content[]) => ({ role: 'assistant', content });
const text = (value = 'Hello', more: object = {}) => ({ type: 'text', text: value, ...more });
const base64 = (bytes: Buffer, media_type: string) => ({
  source: { type: 'base64', media_type, data: bytes.toString('base64') },
});
const image = (bytes = png(), type = 'image/png') => ({ type: 'image', ...base64(bytes, type) });
const document = (bytes = pdf(), type = 'application/pdf') => ({ type: 'document', ...base64(bytes, type) });
const use = (id: string, name = 'read', input: unknown = { path: 'a' }) => ({
  type: 'tool_use',
  id,
  name,
  input,
});
const result = (tool_use_id: string, more: object = {}) => ({
  type: 'tool_result',
  tool_use_id,
  content: 'done',
  ...more,
});
const cached = (ttl?: string) => ({ cache_control: { type: 'ephemeral', ...(ttl && { ttl }) } });
const body = (messages: object[], more: object = {}) => ({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 4000,
  messages,
  ...more,
});
const withTool = (...messages: object[]) => body(messages, { tools: ['read', 'write'].map(claudeToolNamed) });
const one = (...content: Content[]) => body([user(...content)]);
const choosing = (tool_choice: object, more: object = {}) =>
  body([user(text())], { tools: [claudeToolNamed('read')], tool_choice, ...more });
const times = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index));

const accepted: Record<string, object> = {
  'pictures of four formats': one(
    ...[image(), image(jpeg(), 'image/jpeg'), image(gif(), 'image/gif'), image(extendedWebp(), 'image/webp')],
  ),
  '20 pictures': one(...times(20, () => image())),
  'a PDF alone': one(document()),
  'a text as a document': one({
    ...{ type: 'document', title: 'a.txt', source: { type: 'text', media_type: 'text/plain', data: 'x' } },
  }),
  'a tool use and its result': withTool(user(text()), assistant(text(), use('a')), user(result('a'), text())),
  'a result in blocks': withTool(
    user(text()),
    assistant(use('a')),
    user(result('a', { content: [text(), image(), document()], is_error: false })),
  ),
  'a result without content': withTool(
    user(text()),
    assistant(use('a')),
    user(result('a', { content: undefined })),
  ),
  'parallel tool uses': withTool(user(text()), assistant(use('a'), use('b')), user(result('b'), result('a'))),
  'a free choice of tools': choosing({ type: 'auto' }),
  'no choice of tools': choosing({ type: 'none' }),
  'any tool': choosing({ type: 'any' }),
  'a certain tool': choosing({ type: 'tool', name: 'read' }),
  'cache points in all places': body(
    [user(text('a', cached())), assistant(text()), user(image(), { ...text(), ...cached('5m') })],
    { system: [text('b', cached('1h'))], tools: [{ ...claudeToolNamed('read'), ...cached('1h') }] },
  ),
  'an effort': body([user(text())], { output_config: { effort: 'max' } }),
  'thinking without a budget': body([user(text())], { thinking: { type: 'adaptive' } }),
  'a blank system prompt': body([user(text())], { system: ' ' }),
};

const refused: Record<string, readonly [input: object, message: RegExp]> = {
  'a picture of no known type': [
    one(image(png(), 'image/bmp')),
    /^messages\.0\.content\.0\.image\.source\.base64\.media_type: Input should be 'image\/png', 'image\/jpeg', 'image\/gif' or 'image\/webp'$/,
  ],
  'a picture of another type': [
    one(image(png(), 'image/jpeg')),
    /^messages\.0\.content\.0\.image\.source\.base64: The image was specified using the image\/jpeg media type, but the image appears to be a image\/png image$/,
  ],
  'a picture at an address': [
    one({ type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } }),
    /image\.source\.type: Input should be 'base64'/,
  ],
  'a picture that is not in base64': [
    one({ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'a b' } }),
    /source\.base64\.data: Invalid base64 data/,
  ],
  'a picture of no bytes': [one(image(Buffer.alloc(0))), /Invalid base64 data/],
  'a picture without a source': [one({ type: 'image' }), /image\.source: Field required/],
  'a picture that is too heavy': [
    one(image(png(1, 1, 3_932_161))),
    /image exceeds 5 MB maximum: 5242884 bytes/,
  ],
  'a picture that is too large': [one(image(gif(8001, 1), 'image/gif')), /max allowed size: 8000 pixels/],
  '21 pictures': [
    one(...times(21, () => image())),
    /^messages: too many images and documents: 21 \+ 0 > 20$/,
  ],
  'a picture of the assistant': [
    body([user(text()), assistant(image()), user(text())]),
    /^messages\.1: `image` blocks can only be in `user` messages$/,
  ],
  'a document that is no PDF': [
    one(document(docx)),
    /document\.source\.base64: The PDF specified was not valid/,
  ],
  'a document of another type': [
    one(document(docx, 'application/msword')),
    /document\.source\.base64\.media_type: Input should be 'application\/pdf'$/,
  ],
  'tool uses without tools': [
    body([user(text()), assistant(use('a')), user(result('a'))]),
    /^Requests which include `tool_use` or `tool_result` blocks must define tools$/,
  ],
  'a tool use that nobody answers': [
    withTool(user(text()), assistant(use('a'), use('b')), user(result('b'))),
    /^messages\.1: `tool_use` ids were found without `tool_result` blocks immediately after: a\. Each/,
  ],
  'a result after other words': [
    withTool(user(text()), assistant(use('a')), user(text(), result('a'))),
    /^messages\.1: `tool_use` ids were found without/,
  ],
  'words after a tool use': [
    withTool(user(text()), assistant(use('a'), text()), user(result('a'))),
    /^messages\.1: `tool_use` ids were found without/,
  ],
  'a result without a use': [
    withTool(user(text()), assistant(text()), user(result('a'))),
    /^messages\.2\.content\.0: unexpected `tool_use_id` found in `tool_result` blocks: a\. Each/,
  ],
  'two results of one use': [
    withTool(user(text()), assistant(use('a')), user(result('a'), result('a'))),
    /^messages\.2\.content\.1: each tool_use must have a single result\. Found multiple `tool_result` blocks with id: a$/,
  ],
  'two uses of one id': [
    withTool(user(text()), assistant(use('a'), use('a')), user(result('a'))),
    /^messages\.1\.content\.1: `tool_use` ids must be unique$/,
  ],
  'a tool use of the user': [
    withTool(user(use('a'))),
    /^messages\.0: `tool_use` blocks can only be in `assistant` messages$/,
  ],
  'a result of the assistant': [
    withTool(user(text()), assistant(result('a')), user(text())),
    /^messages\.1: `tool_result` blocks can only be in `user` messages$/,
  ],
  'a tool use of a bad id': [
    withTool(user(text()), assistant(use('a|b')), user(result('a|b'))),
    /^messages\.1\.content\.0\.tool_use\.id: String should match pattern/,
  ],
  'a tool use of a bad name': [
    withTool(user(text()), assistant(use('a', 'a.b')), user(result('a'))),
    /^messages\.1\.content\.0\.tool_use\.name: String should match pattern/,
  ],
  'an input that is no object': [
    withTool(user(text()), assistant(use('a', 'read', '{}')), user(result('a'))),
    /^messages\.1\.content\.0\.tool_use\.input: Input should be a valid dictionary$/,
  ],
  'a tool use without input': [
    withTool(user(text()), assistant({ type: 'tool_use', id: 'a', name: 'read' }), user(result('a'))),
    /^messages\.1\.content\.0\.tool_use\.input: Field required$/,
  ],
  'a failed result without content': [
    withTool(user(text()), assistant(use('a')), user(result('a', { content: [], is_error: true }))),
    /content cannot be empty if `is_error` is true/,
  ],
  'a result with blank text': [
    withTool(user(text()), assistant(use('a')), user(result('a', { content: [text('')] }))),
    /text content blocks must be non-empty/,
  ],
  'a tool use in a result': [
    withTool(user(text()), assistant(use('a')), user(result('a', { content: [use('b')] }))),
    /tool_result\.content\.0\.type: Input should be 'text', 'image', 'document' or 'search_result'/,
  ],
  'two tools of one name': [
    body([user(text())], { tools: [claudeToolNamed('a'), claudeToolNamed('a')] }),
    /^tools: Tool names must be unique\.$/,
  ],
  'a tool of a bad name': [
    body([user(text())], { tools: [claudeToolNamed('a b')] }),
    /^tools\.0\.custom\.name: String should match pattern/,
  ],
  'a tool without a schema': [
    body([user(text())], { tools: [{ name: 'a' }] }),
    /^tools\.0\.custom\.input_schema: Field required$/,
  ],
  'a tool whose schema is no object': [
    body([user(text())], { tools: [{ name: 'a', input_schema: { type: 'array' } }] }),
    /^tools\.0\.custom\.input_schema\.type: Input should be 'object'$/,
  ],
  'a choice without tools': [
    body([user(text())], { tool_choice: { type: 'auto' } }),
    /^tool_choice: tool_choice may only be specified while providing tools$/,
  ],
  'an unknown choice': [choosing({ type: 'some' }), /^tool_choice\.type: Input should be/],
  'a tool that is not offered': [
    choosing({ type: 'tool', name: 'write' }),
    /^Tool 'write' not found in provided tools$/,
  ],
  'any tool while thinking': [
    choosing({ type: 'any' }, { thinking: { type: 'adaptive' } }),
    /^Thinking may not be enabled when tool_choice forces tool use\.$/,
  ],
  'five cache points': [
    one(...times(5, () => text('a', cached()))),
    /^A maximum of 4 blocks with cache_control may be provided\. Found 5\.$/,
  ],
  'a longer cache point after a shorter': [
    one(text('a', cached()), text('b', cached('1h'))),
    /^messages\.0\.content\.1\.cache_control\.ttl: a ttl='1h' cache_control block must not come after/,
  ],
  'a cache point for a day': [
    one(text('a', cached('1d'))),
    /cache_control\.ttl: Input should be '5m' or '1h'$/,
  ],
  'a cache point of an unknown type': [
    one(text('a', { cache_control: { type: 'default' } })),
    /cache_control\.type: Input should be 'ephemeral'$/,
  ],
  'a cache point on thinking': [
    body([
      user(text()),
      assistant({ type: 'thinking', thinking: 'x', signature: 'x', ...cached() }, text()),
      user(text()),
    ]),
    /^messages\.1\.content\.0\.thinking\.cache_control: Extra inputs are not permitted$/,
  ],
  'thinking without a signature': [
    body([user(text()), assistant({ type: 'thinking', thinking: 'x' }, text()), user(text())]),
    /^messages\.1\.content\.0\.thinking\.signature: Field required$/,
  ],
  'encrypted thinking of somebody else': [
    body([user(text()), assistant({ type: 'redacted_thinking', data: 'abcd' }, text()), user(text())]),
    /^messages\.1\.content\.0: Invalid `data` in `redacted_thinking` block$/,
  ],
  'an unknown effort': [
    body([user(text())], { output_config: { effort: 'ultra' } }),
    /^output_config\.effort: Input/,
  ],
  'thinking of an unknown kind': [
    body([user(text())], { thinking: { type: 'deep' } }),
    /^thinking: Input tag/,
  ],
  'a result without an id': [
    withTool(user(text()), assistant(use('a')), user({ type: 'tool_result', content: 'x' })),
    /tool_result\.tool_use_id: Field required$/,
  ],
};

describe("Claude's own body at the stand-in", () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  after(() => gateway.close());

  const send = (input: object, modelId = claude) =>
    sdkClient(gateway).send(new InvokeModelCommand(invokeInput(modelId, input)));

  for (const [what, input] of Object.entries(accepted))
    it(`takes ${what}`, async () => assert.ok((await send(input)).body.length > 0));
  for (const [what, [input, message]] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      const failure = await failureOf(send(input));
      assert.equal(failure.name, 'ValidationException');
      assert.match(failure.message, message);
    });
  }
});
