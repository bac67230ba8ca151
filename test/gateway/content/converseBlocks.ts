// The content blocks of Converse:
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html
import { type Block, type CacheTtl, isThinking } from './blocks.js';
import {
  blob,
  invalid,
  jsonObject,
  list,
  oneOf,
  structure,
  text,
  union,
  unsatisfied,
} from './constraints.js';
import { documentFormats } from './documents.js';
import { imageFormats } from './images.js';

type BlockReader = (value: unknown, path: string, type: string) => Block;

const other: BlockReader = (value, path) => ({ kind: 'other', value, path });

export const identifier = { least: 1, most: 64, pattern: '[a-zA-Z0-9_-]+' };

const readers = {
  text: (value, path, type) => {
    const given = text(value, `${path}.text`);
    if (given.trim() === '') {
      invalid(
        `The text field in the ${type} object at ${path} is blank. Add text to the text field, and try again.`,
      );
    }
    return { kind: 'text', text: given, path };
  },
  json: (value, path) => ({ kind: 'json', value: jsonObject(value, `${path}.json`), path }),
  image: (value, path) => {
    const at = `${path}.image`;
    const { format, source } = structure(value, at, ['format', 'source']);
    return {
      kind: 'image',
      format: oneOf(format, `${at}.format`, imageFormats),
      bytes: sourceBytes(source, 'ImageSource', `${at}.source`),
      path,
    };
  },
  document: (value, path) => {
    const at = `${path}.document`;
    const keys = ['format', 'name', 'source', 'context', 'citations'];
    const { format, name, source } = structure(value, at, keys);
    return {
      kind: 'document',
      format: oneOf(format ?? 'txt', `${at}.format`, Object.keys(documentFormats)),
      name: text(name, `${at}.name`, { least: 1, most: 200 }),
      bytes: sourceBytes(source, 'DocumentSource', `${at}.source`),
      path,
    };
  },
  toolUse: (value, path) => {
    const at = `${path}.toolUse`;
    const { toolUseId, name, input } = structure(value, at, ['toolUseId', 'name', 'input', 'type']);
    return {
      kind: 'toolUse',
      id: text(toolUseId, `${at}.toolUseId`, identifier),
      name: text(name, `${at}.name`, identifier),
      input: jsonObject(input, `${at}.input`),
      path,
    };
  },
  toolResult: (value, path) => {
    const at = `${path}.toolResult`;
    const { toolUseId, content, status } = structure(value, at, ['toolUseId', 'content', 'status', 'type']);
    const id = text(toolUseId, `${at}.toolUseId`, identifier);
    const isError = oneOf(status ?? 'success', `${at}.status`, ['success', 'error']) === 'error';
    const blocks = readBlocks(content, `${at}.content`, 'ToolResultContentBlock');
    if (blocks.length === 0) {
      invalid(
        isError
          ? `The content field at ${at} cannot be empty when status value is error.`
          : `The content field at ${at} is empty. Add a ToolResultContentBlock object to the content field and try again.`,
      );
    }
    return { kind: 'toolResult', id, isError, content: blocks, path };
  },
  reasoningContent: (value, path) => {
    const at = `${path}.reasoningContent`;
    const [key, given] = union(value, at, 'ReasoningContentBlock', ['reasoningText', 'redactedContent']);
    if (key === 'redactedContent') {
      const data = blob(given, `${at}.redactedContent`).toString('base64');
      return { kind: 'redacted', data, path };
    }
    const fields = structure(given, `${at}.reasoningText`, ['text', 'signature']);
    return {
      kind: 'reasoning',
      text: text(fields['text'], `${at}.reasoningText.text`),
      signature: text(fields['signature'] ?? '', `${at}.reasoningText.signature`),
      path,
    };
  },
  guardContent: other,
  video: other,
  audio: other,
  citationsContent: other,
  searchResult: other,
  toolAddition: other,
  toolRemoval: other,
} satisfies Readonly<Record<string, BlockReader>>;

type BlockKey = keyof typeof readers | 'cachePoint';

/** The keys of each union of blocks. */
const keys = {
  ContentBlock: [
    ...['text', 'image', 'toolUse', 'toolResult', 'document', 'video', 'cachePoint', 'reasoningContent'],
    ...['citationsContent', 'searchResult', 'audio', 'guardContent', 'toolAddition', 'toolRemoval'],
  ],
  SystemContentBlock: ['text', 'guardContent', 'cachePoint'],
  ToolResultContentBlock: ['text', 'json', 'image', 'document', 'video', 'searchResult'],
} as const;

/** Reads a list of blocks. A cache point becomes a property of the block before it. */
export function readBlocks(value: unknown, path: string, type: keyof typeof keys): Block[] {
  const blocks: Block[] = [];
  for (const [index, item] of list(value, path).entries()) {
    const at = `${path}.${index}`;
    const [key, given] = union(item, at, type, keys[type]) as [BlockKey, unknown];
    if (key === 'cachePoint') blocks.push(cachedUpTo(blocks.pop(), given, at));
    else blocks.push(readers[key](given, at, type));
  }
  return blocks;
}

function cachedUpTo(before: Block | undefined, point: unknown, path: string): Block {
  const cache = cachePoint(point, path);
  if (!before || before.cache) return nothingToCache();
  if (isThinking(before)) {
    return invalid(
      'Cache point cannot be inserted after reasoning block. Please remove the invalid cache point and try again.',
    );
  }
  // Bedrock fails to translate such a point for Claude: https://github.com/strands-agents/sdk-python/issues/1966
  if (before.kind === 'document' && before.format !== 'pdf')
    invalid(`The model returned the following errors: ${path}.type: Field required`);
  return { ...before, cache };
}

export const nothingToCache = (): never =>
  invalid('There is nothing available to cache. Please remove the invalid cache point and try again.');

export function cachePoint(value: unknown, path: string): CacheTtl {
  const { type, ttl } = structure(value, `${path}.cachePoint`, ['type', 'ttl']);
  oneOf(type, `${path}.cachePoint.type`, ['default']);
  return oneOf(ttl ?? '5m', `${path}.cachePoint.ttl`, ['5m', '1h']);
}

/** Only bytes are played: a bucket would need AWS, and text needs citations. */
function sourceBytes(value: unknown, type: string, path: string): Buffer {
  const [key, given] = union(value, path, type, ['bytes', 's3Location']);
  if (key === 's3Location') unsatisfied(`${path}.s3Location`, 'The stand-in has no buckets');
  return blob(given, `${path}.bytes`);
}
