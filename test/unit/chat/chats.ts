// Chats as VS Code may hold them: of several models, stopped in the middle, with tools of MCP servers.
import fc from 'fast-check';
import type { ChatMessage, ChatPart } from '../../../src/chat/messages';

/** A PNG of one pixel. */
export const png = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

const text = fc.oneof(
  fc.constantFrom('', ' ', '\n\t', '\u200b', '\ud800', 'Hello.', '日本語', '`${a}`'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);
/** Few, so that calls meet results, and twice too. */
const id = fc.constantFrom(
  'a',
  'b',
  'c',
  'tooluse_1',
  'call.1',
  'call/1',
  'x'.repeat(70),
  `${'x'.repeat(70)}y`,
  '',
  '呼',
);
export const toolName = fc.constantFrom(
  'read_file',
  'mcp.server/run',
  'mcp_server_run',
  'n'.repeat(80),
  `${'n'.repeat(80)}2`,
  '実行',
);

const textPart = text.map((value): ChatPart => ({ type: 'text', text: value }));
const picture: fc.Arbitrary<ChatPart> = fc.constantFrom<ChatPart>(
  { type: 'data', mimeType: 'image/png', bytes: png },
  { type: 'data', mimeType: 'image/jpeg', bytes: png },
);
const otherData: fc.Arbitrary<ChatPart> = fc.constantFrom<ChatPart>(
  { type: 'data', mimeType: 'image/bmp', bytes: new Uint8Array([0x42, 0x4d, 1]) },
  { type: 'data', mimeType: 'image/png', bytes: new Uint8Array() },
  { type: 'data', mimeType: 'cache_control', bytes: new TextEncoder().encode('ephemeral') },
  { type: 'data', mimeType: 'text/plain', bytes: new TextEncoder().encode('Attached.') },
  { type: 'data', mimeType: 'application/json', bytes: new TextEncoder().encode('{"a": 1}') },
  { type: 'data', mimeType: 'application/pdf', bytes: new Uint8Array([1, 2, 3]) },
);
const input = fc.oneof(
  fc.constantFrom<unknown>({}, undefined, null, 'text', [1]),
  fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
);
const toolCall = fc
  .record({ id, name: toolName, input })
  .map((call): ChatPart => ({ ...call, type: 'toolCall' }));
const toolResult = fc
  .record({
    id,
    isError: fc.boolean(),
    parts: fc.array(fc.oneof(textPart, picture, otherData), { maxLength: 3 }),
  })
  .map((result): ChatPart => ({ ...result, type: 'toolResult' }));

const messageOf = (role: ChatMessage['role'], part: fc.Arbitrary<ChatPart>): fc.Arbitrary<ChatMessage> =>
  fc.array(part, { maxLength: 4 }).map((parts) => ({ role, parts }));

const message = fc.oneof(
  { weight: 4, arbitrary: messageOf('user', fc.oneof(textPart, picture, otherData, toolResult)) },
  {
    weight: 4,
    arbitrary: messageOf('assistant', fc.oneof(textPart, toolCall, toolCall, picture, otherData)),
  },
  { weight: 1, arbitrary: messageOf('system', textPart) },
  // What no chat should hold, and an extension may make all the same.
  { weight: 1, arbitrary: messageOf('user', toolCall) },
  { weight: 1, arbitrary: messageOf('assistant', toolResult) },
);

/** Any chat; the last message is a question of the user's, as VS Code sends it. */
export const chat: fc.Arbitrary<readonly ChatMessage[]> = fc
  .tuple(fc.array(message, { maxLength: 12 }), fc.boolean())
  .map(([messages, asks]) =>
    asks ? [...messages, { role: 'user', parts: [{ type: 'text', text: 'Why?' }] }] : messages,
  );
