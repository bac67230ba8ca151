// The four ways to ask a model, as one: Converse and Claude's own body, each whole and streamed. What is sent and what
// comes back is in Converse's form; a tool's input arrives as it was streamed.
import {
  type BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';

export type Content = Record<string, unknown>;

export interface Said {
  readonly role: 'user' | 'assistant';
  readonly content: readonly Content[];
}

export interface Asked {
  readonly messages: readonly Said[];
  readonly system?: string;
  /** Names of tools. */
  readonly tools?: readonly string[];
}

export interface Replied {
  readonly content: Content[];
  readonly stopReason: string;
  readonly usage: Record<string, unknown>;
  /** The pieces of each tool's input, if it was streamed. */
  readonly inputs: readonly string[][];
}

export type Way = (client: BedrockRuntimeClient, modelId: string, asked: Asked) => Promise<Replied>;

const schema = { type: 'object', properties: { path: { type: 'string' } }, required: ['path'] };

export const converseInput = (modelId: string, { messages, system, tools }: Asked): ConverseCommandInput =>
  ({
    modelId,
    messages,
    ...(system !== undefined && { system: [{ text: system }] }),
    ...(tools && {
      toolConfig: { tools: tools.map((name) => ({ toolSpec: { name, inputSchema: { json: schema } } })) },
    }),
  }) as unknown as ConverseCommandInput;

const converse: Way = async (client, modelId, asked) => {
  const { output, stopReason, usage } = await client.send(new ConverseCommand(converseInput(modelId, asked)));
  const content = output!.message!.content as unknown as Content[];
  return { content, stopReason: stopReason!, usage: { ...usage }, inputs: [] };
};

interface Open {
  text: string;
  signature: string;
  redacted: Uint8Array | undefined;
  tool: { toolUseId: string; name: string } | undefined;
  pieces: string[];
}

function finished({ text, signature, redacted, tool, pieces }: Open, isReasoning: boolean): Content {
  if (tool) return { toolUse: { ...tool, input: parsed(pieces.join('')) } };
  if (redacted) return { reasoningContent: { redactedContent: redacted } };
  return isReasoning ? { reasoningContent: { reasoningText: { text, signature } } } : { text };
}

/** An empty input has no pieces but an empty one; a broken one stays as it is. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json || '{}');
  } catch {
    return json;
  }
}

const opened = (): Open => ({ text: '', signature: '', redacted: undefined, tool: undefined, pieces: [] });

const converseStream: Way = async (client, modelId, asked) => {
  const { stream } = await client.send(new ConverseStreamCommand(converseInput(modelId, asked)));
  const content: Content[] = [];
  const inputs: string[][] = [];
  const result = { stopReason: '', usage: {} as Record<string, unknown> };
  let open = opened();
  let isReasoning = false;
  for await (const {
    contentBlockStart,
    contentBlockDelta,
    contentBlockStop,
    messageStop,
    metadata,
  } of stream!) {
    const tool = contentBlockStart?.start?.toolUse;
    if (tool) open.tool = { toolUseId: tool.toolUseId!, name: tool.name! };
    const { text, toolUse, reasoningContent } = contentBlockDelta?.delta ?? {};
    open.text += text ?? reasoningContent?.text ?? '';
    open.signature += reasoningContent?.signature ?? '';
    open.redacted ??= reasoningContent?.redactedContent;
    if (toolUse) open.pieces.push(toolUse.input!);
    isReasoning ||= reasoningContent !== undefined;
    if (contentBlockStop) {
      content.push(finished(open, isReasoning));
      if (open.tool) inputs.push(open.pieces);
      open = opened();
      isReasoning = false;
    }
    if (messageStop) result.stopReason = messageStop.stopReason!;
    if (metadata) result.usage = { ...metadata.usage };
  }
  return { content, inputs, ...result };
};

/** A block of Converse in Claude's own form. */
function claudeBlock(block: Content): object {
  const { text, toolUse, toolResult, reasoningContent, image, document } = block as {
    text?: string;
    toolUse?: { toolUseId: string; name: string; input: unknown };
    toolResult?: { toolUseId: string; content: Content[]; status?: string };
    reasoningContent?: {
      reasoningText?: { text: string; signature: string };
      redactedContent?: Uint8Array;
    };
    image?: { format: string; source: { bytes: Buffer } };
    document?: { source: { bytes: Buffer }; name: string };
  };
  if (toolUse) {
    const { toolUseId, name, input } = toolUse;
    return { type: 'tool_use', id: toolUseId, name, input };
  }
  if (toolResult) {
    const { toolUseId, content, status } = toolResult;
    return {
      ...{ type: 'tool_result', tool_use_id: toolUseId, content: content.map(claudeBlock) },
      ...(status === 'error' && { is_error: true }),
    };
  }
  if (reasoningContent?.redactedContent) {
    const data = Buffer.from(reasoningContent.redactedContent).toString('base64');
    return { type: 'redacted_thinking', data };
  }
  if (reasoningContent?.reasoningText) {
    const { text: thinking, signature } = reasoningContent.reasoningText;
    return { type: 'thinking', thinking, signature };
  }
  const source = (bytes: Buffer, media_type: string) => ({
    source: { type: 'base64', media_type, data: bytes.toString('base64') },
  });
  if (image) return { type: 'image', ...source(image.source.bytes, `image/${image.format}`) };
  if (document) {
    const { name: title, source: given } = document;
    return { type: 'document', title, ...source(given.bytes, 'application/pdf') };
  }
  return { type: 'text', text };
}

export const claudeBody = ({ messages, system, tools }: Asked) => ({
  anthropic_version: 'bedrock-2023-05-31',
  max_tokens: 4000,
  messages: messages.map(({ role, content }) => ({ role, content: content.map(claudeBlock) })),
  ...(system !== undefined && { system }),
  ...(tools && { tools: tools.map((name) => ({ name, input_schema: schema })) }),
});

export const invokeInput = (modelId: string, body: object) => ({
  modelId,
  contentType: 'application/json',
  body: JSON.stringify(body),
});

interface ClaudeBlock {
  type: string;
  text?: string;
  id?: string;
  name?: string;
  input?: unknown;
  thinking?: string;
  signature?: string;
  data?: string;
}

function converseBlock({ type, text, id, name, input, thinking, signature, data }: ClaudeBlock): Content {
  if (type === 'tool_use') return { toolUse: { toolUseId: id, name, input } };
  if (type === 'thinking') return { reasoningContent: { reasoningText: { text: thinking, signature } } };
  if (type === 'redacted_thinking')
    return { reasoningContent: { redactedContent: Uint8Array.from(Buffer.from(data!, 'base64')) } };
  return { text };
}

const invoke: Way = async (client, modelId, asked) => {
  const { body } = await client.send(new InvokeModelCommand(invokeInput(modelId, claudeBody(asked))));
  const { content, stop_reason, usage } = JSON.parse(new TextDecoder().decode(body)) as {
    content: ClaudeBlock[];
    stop_reason: string;
    usage: Record<string, unknown>;
  };
  return { content: content.map(converseBlock), stopReason: stop_reason, usage, inputs: [] };
};

const invokeStream: Way = async (client, modelId, asked) => {
  const command = new InvokeModelWithResponseStreamCommand(invokeInput(modelId, claudeBody(asked)));
  const { body } = await client.send(command);
  const blocks: ClaudeBlock[] = [];
  const inputs: string[][] = [];
  const result = { stopReason: '', usage: {} as Record<string, unknown> };
  for await (const { chunk } of body!) {
    const event = JSON.parse(new TextDecoder().decode(chunk!.bytes)) as {
      type: string;
      index: number;
      content_block: ClaudeBlock;
      message: { usage: Record<string, unknown> };
      delta: {
        text?: string;
        thinking?: string;
        signature?: string;
        partial_json?: string;
        stop_reason?: string;
      };
    };
    const block = blocks[event.index];
    if (event.type === 'message_start') result.usage = event.message.usage;
    if (event.type === 'content_block_start') {
      blocks.push({ ...event.content_block });
      if (event.content_block.type === 'tool_use') inputs.push([]);
    }
    if (event.type === 'message_delta') result.stopReason = event.delta.stop_reason!;
    if (event.type !== 'content_block_delta' || !block) continue;
    const { text = '', thinking = '', signature = '', partial_json } = event.delta;
    if (block.type === 'text') block.text! += text;
    if (block.type === 'thinking') {
      block.thinking! += thinking;
      block.signature! += signature;
    }
    if (partial_json !== undefined) inputs.at(-1)!.push(partial_json);
  }
  for (const [index, block] of blocks.filter(({ type }) => type === 'tool_use').entries())
    block.input = parsed(inputs[index]!.join(''));
  return { content: blocks.map(converseBlock), inputs, ...result };
};

export const ways: Readonly<Record<string, Way>> = {
  Converse: converse,
  'Converse, streamed': converseStream,
  "Claude's own body": invoke,
  "Claude's own body, streamed": invokeStream,
};

/** A behaviour's ID that every way takes: the body of a Claude model. */
export const claudeId = (behaviour: string) => `anthropic.claude-stand-in.${behaviour}`;
