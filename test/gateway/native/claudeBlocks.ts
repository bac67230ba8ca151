// The content blocks of Claude's own body, checked as deep as Anthropic checks them, in Anthropic's words:
// https://platform.claude.com/docs/en/api/messages
import type { Block, CacheTtl, ToolChoice, ToolOffer } from '../content/blocks.js';
import { type Complain, decodedBase64, invalid } from '../content/constraints.js';
import { imageFormats } from '../content/images.js';
import { type Fields, isFields } from '../jsonBody.js';

const complain: Complain = invalid;

const required = (path: string): never => complain(`${path}: Field required`);

function string(value: unknown, path: string, pattern?: RegExp): string {
  if (value === undefined) return required(path);
  if (typeof value !== 'string') return complain(`${path}: Input should be a valid string`);
  if (pattern && !pattern.test(value)) complain(`${path}: String should match pattern '${pattern.source}'`);
  return value;
}

function dictionary(value: unknown, path: string): Fields {
  if (value === undefined) return required(path);
  return isFields(value) ? value : complain(`${path}: Input should be a valid dictionary`);
}

const quoted = (values: readonly string[]) =>
  `${values
    .slice(0, -1)
    .map((value) => `'${value}'`)
    .join(', ')} or '${values.at(-1) ?? ''}'`;

function member(value: unknown, path: string, values: readonly string[]): string {
  const given = string(value, path);
  if (values.includes(given)) return given;
  return complain(`${path}: Input should be ${values.length > 1 ? quoted(values) : `'${values[0] ?? ''}'`}`);
}

const toolNames = /^[a-zA-Z0-9_-]{1,64}$/;
const toolIds = /^[a-zA-Z0-9_-]+$/;

type ClaudeReader = (block: Fields, path: string, section: string) => Block;

const readers = {
  text: ({ text }, path, section) => {
    if (typeof text !== 'string') return complain(`${section}: text content blocks must have text`);
    if (!text) complain(`${section}: text content blocks must be non-empty`);
    if (!text.trim()) complain(`${section}: text content blocks must contain non-whitespace text`);
    return { kind: 'text', text, path };
  },
  image: ({ source }, path) => {
    const at = `${path}.image.source`;
    const bytes = base64Source(dictionary(source, at), at);
    const types = imageFormats.map((format) => `image/${format}`);
    const type = member(bytes.mediaType, `${at}.base64.media_type`, types);
    return { kind: 'image', format: type.slice('image/'.length), bytes: bytes.data, path };
  },
  document: ({ source, title = '' }, path) => {
    const at = `${path}.document.source`;
    const fields = dictionary(source, at);
    const name = title === null ? '' : string(title, `${path}.document.title`);
    if (fields['type'] === 'text') {
      member(fields['media_type'], `${at}.text.media_type`, ['text/plain']);
      const bytes = Buffer.from(string(fields['data'], `${at}.text.data`));
      return { kind: 'document', format: 'txt', name, bytes, path };
    }
    const { mediaType, data } = base64Source(fields, at);
    member(mediaType, `${at}.base64.media_type`, ['application/pdf']);
    return { kind: 'document', format: 'pdf', name, bytes: data, path };
  },
  tool_use: ({ id, name, input }, path) => ({
    kind: 'toolUse',
    id: string(id, `${path}.tool_use.id`, toolIds),
    name: string(name, `${path}.tool_use.name`, toolNames),
    input: dictionary(input, `${path}.tool_use.input`),
    path,
  }),
  tool_result: ({ tool_use_id, content = [], is_error = false }, path) => {
    const at = `${path}.tool_result`;
    const id = string(tool_use_id, `${at}.tool_use_id`, toolIds);
    if (typeof is_error !== 'boolean') return complain(`${at}.is_error: Input should be a valid boolean`);
    const blocks = readClaudeBlocks(content, `${at}.content`, 'messages', resultTypes);
    if (is_error && blocks.length === 0) complain(`${at}: content cannot be empty if \`is_error\` is true`);
    return { kind: 'toolResult', id, isError: is_error, content: blocks, path };
  },
  thinking: ({ thinking, signature }, path) => ({
    kind: 'reasoning',
    text: string(thinking, `${path}.thinking.thinking`),
    signature: string(signature, `${path}.thinking.signature`),
    path,
  }),
  redacted_thinking: ({ data }, path) => ({
    kind: 'redacted',
    data: string(data, `${path}.redacted_thinking.data`),
    path,
  }),
  search_result: (value, path) => ({ kind: 'other', value, path }),
} satisfies Readonly<Record<string, ClaudeReader>>;

type ClaudeType = keyof typeof readers;
export const claudeBlockTypes = Object.keys(readers) as ClaudeType[];
const resultTypes: readonly ClaudeType[] = ['text', 'image', 'document', 'search_result'];
const uncachedTypes: readonly ClaudeType[] = ['thinking', 'redacted_thinking'];

/** Reads a string or a list of blocks. `section` is how Anthropic calls the place in its complaints about text. */
export function readClaudeBlocks(
  content: unknown,
  path: string,
  section: string,
  types: readonly ClaudeType[] = claudeBlockTypes,
): Block[] {
  const blocks: unknown = typeof content === 'string' ? [{ type: 'text', text: content }] : content;
  if (!Array.isArray(blocks)) return complain(`${path}: Input should be a valid list`);
  return blocks.map((block: unknown, index) => {
    const at = `${path}.${index}`;
    const fields = dictionary(block, at);
    const type = member(fields['type'], `${at}.type`, types) as ClaudeType;
    const cache = readCacheControl(fields['cache_control'], `${at}.${type}.cache_control`, type);
    return { ...readers[type](fields, at, section), ...(cache && { cache }) };
  });
}

function readCacheControl(value: unknown, path: string, type: ClaudeType | 'tool'): CacheTtl | undefined {
  if (value === undefined || value === null) return undefined;
  if (type !== 'tool' && uncachedTypes.includes(type)) complain(`${path}: Extra inputs are not permitted`);
  const { type: kind, ttl = '5m' } = dictionary(value, path);
  member(kind, `${path}.type`, ['ephemeral']);
  return member(ttl, `${path}.ttl`, ['5m', '1h']) as CacheTtl;
}

/** The only source of bytes that Bedrock takes. */
function base64Source(
  { type, media_type, data }: Fields,
  path: string,
): { mediaType: unknown; data: Buffer } {
  member(type, `${path}.type`, ['base64']);
  const bytes = decodedBase64(string(data, `${path}.base64.data`));
  if (!bytes?.length) return complain(`${path}.base64.data: Invalid base64 data`);
  return { mediaType: media_type, data: bytes };
}

export function readClaudeTools(value: unknown): ToolOffer[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return complain('tools: Input should be a valid list');
  return value.map((tool: unknown, index) => {
    const path = `tools.${index}`;
    const fields = dictionary(tool, path);
    const at = `${path}.custom`;
    member(fields['type'] ?? 'custom', `${path}.type`, ['custom']);
    const schema = dictionary(fields['input_schema'], `${at}.input_schema`);
    member(schema['type'], `${at}.input_schema.type`, ['object']);
    const cache = readCacheControl(fields['cache_control'], `${at}.cache_control`, 'tool');
    return {
      name: string(fields['name'], `${at}.name`, toolNames),
      description: string(fields['description'] ?? '', `${at}.description`),
      schema,
      path,
      ...(cache && { cache }),
    };
  });
}

export function readClaudeToolChoice(value: unknown, tools: readonly ToolOffer[]): ToolChoice | undefined {
  if (value === undefined) return undefined;
  const { type, name } = dictionary(value, 'tool_choice');
  const chosen = member(type, 'tool_choice.type', ['auto', 'any', 'tool', 'none']) as ToolChoice['type'];
  if (tools.length === 0 && chosen !== 'none')
    complain('tool_choice: tool_choice may only be specified while providing tools');
  return chosen === 'tool' ? { type: chosen, name: string(name, 'tool_choice.tool.name') } : { type: chosen };
}
