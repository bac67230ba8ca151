// Writes a request for the Converse API.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
import type {
  ContentBlock as ConverseBlock,
  ConverseCommandInput,
  Message,
  Tool,
  ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime';
import type { DocumentType } from '@smithy/types';
import { converseBlock } from '../content/blockKinds';
import type { CachePoints, ContentBlock, ToolConfig } from '../model/content';
import type { Parameters, Request } from '../model/request';
import { type BytesOf, noBytes, writeContext, writtenBlocks } from './bodies/writeContent';
import { guardrailConfig } from './guardrail';

const cachePoint = { cachePoint: { type: 'default' } } as const;

/**
 * The Converse input for `request`. Parameters that are not set are left out, so that the model's defaults apply.
 * @throws BlobMissing if `bytesOf` lacks a picture or a document.
 */
export function converseInput(request: Request, bytesOf: BytesOf = noBytes): ConverseCommandInput {
  const { target, parameters, tools, cachePoints = {} } = request;
  const { systemPrompt, additionalFields, effort } = parameters;
  const inference = inferenceConfig(parameters);
  return {
    modelId: target.model,
    messages: converseMessages(request, bytesOf),
    // AWS refuses a system prompt of white space only.
    ...(systemPrompt?.trim() && {
      system: [{ text: systemPrompt.toWellFormed() }, ...(cachePoints.system ? [cachePoint] : [])],
    }),
    ...(Object.keys(inference).length > 0 && { inferenceConfig: inference }),
    ...(tools && { toolConfig: toolConfig(tools, cachePoints) }),
    ...(effort && { outputConfig: { effort } }),
    ...(additionalFields && { additionalModelRequestFields: additionalFields as DocumentType }),
    ...guardrailConfig(request),
  };
}

function converseMessages(
  { messages, cachePoints: { messages: cached = [] } = {} }: Request,
  bytesOf: BytesOf,
): Message[] {
  const context = writeContext(bytesOf);
  return messages.map((message, index) => {
    const written = writtenBlocks(message);
    const blocks: ConverseBlock[] = written.map((block) => converseBlock(block, context));
    const last = cached.includes(index) ? written.findLastIndex(takesCachePoint) : -1;
    return {
      role: message.role,
      content: last < 0 ? blocks : blocks.toSpliced(last + 1, 0, cachePoint),
    };
  });
}

/**
 * Whether a cache point may follow right after a block. Bedrock does not understand it after a document that it turns
 * into text: https://github.com/aws/aws-sdk-java-v2/issues/6277
 */
function takesCachePoint(block: ContentBlock): boolean {
  return block.type !== 'reasoning' && (block.type !== 'document' || block.format === 'pdf');
}

function toolConfig({ tools, choice }: ToolConfig, cachePoints: CachePoints): ToolConfiguration {
  const specs: Tool[] = tools.map(({ name, description, inputSchema }) => ({
    toolSpec: {
      name,
      ...(description && { description }),
      inputSchema: { json: inputSchema as DocumentType },
    },
  }));
  return {
    tools: cachePoints.tools ? [...specs, cachePoint] : specs,
    // `auto` is the default.
    ...(choice === 'any' && { toolChoice: { any: {} } }),
    ...(typeof choice === 'object' && { toolChoice: { tool: { name: choice.tool } } }),
  };
}

function inferenceConfig({ maxTokens, temperature, topP, stopSequences }: Parameters) {
  return {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stopSequences?.length && { stopSequences: [...stopSequences] }),
  };
}
