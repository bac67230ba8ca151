// Runs in the extension host: calls the provider as VS Code Chat does, and ask() with the request that it made.
import assert from 'node:assert/strict';
import {
  CancellationTokenSource,
  type LanguageModelChatRequestMessage,
  LanguageModelChatMessageRole,
  LanguageModelChatToolMode,
  LanguageModelTextPart,
  type ProvideLanguageModelChatResponseOptions,
} from 'vscode';
import { ChatProvider } from '../../src/chat/provider';
import { memoryQuirks } from '../../src/core/gateway/quirks';
import type { Request } from '../../src/core/model/request';
import { createEngine } from '../../src/engine/engine.chunk';
import { standInKeys, standInToken } from '../gateway';
import { type Pair, interleaved } from './figure';
import { answering } from './inHost';

interface Told {
  readonly rounds: number;
  readonly warmUp: number;
}

const model = 'global.anthropic.claude-sonnet-5';
/** As of an agent's turn: instructions, what the workspace is, the question. */
const messages: readonly LanguageModelChatRequestMessage[] = [
  // Chat sends a role that the API lacks.
  Object.assign(message('Follow these instructions. '.repeat(390)), { role: 3 }),
  message('The workspace is a folder of files.\n'.repeat(40)),
  message('Say hi.'),
];
const options: ProvideLanguageModelChatResponseOptions = {
  toolMode: LanguageModelChatToolMode.Auto,
  tools: Array.from({ length: 39 }, (_, tool) => ({
    ...{ name: `tool_${tool}`, description: 'Reads, writes or runs something. '.repeat(10) },
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(
        Array.from({ length: 8 }, (_, at) => [
          `property${at}`,
          { type: 'string', description: 'What it is.' },
        ]),
      ),
    },
  })),
};

function message(text: string): LanguageModelChatRequestMessage {
  return {
    role: LanguageModelChatMessageRole.User,
    content: [new LanguageModelTextPart(text)],
    name: undefined,
  };
}

export const run = answering(async ({ rounds, warmUp }: Told): Promise<readonly Pair[]> => {
  const { ask, endedLine } = createEngine({
    secrets: {
      awsCredentials: () => Promise.resolve(standInKeys),
      apiKey: () => Promise.resolve(undefined),
      gatewayToken: () => Promise.resolve(standInToken),
    },
    profiles: { credentials: () => Promise.reject(new Error('No profiles here')), forget: () => undefined },
    log: { info: () => undefined, warn: () => undefined },
    quirks: memoryQuirks(),
    userAgent: 'bedrock-gateway/bench',
  });
  let request: Request | undefined;
  const engine = {
    load: () =>
      Promise.resolve({
        endedLine,
        ask: (...given: Parameters<typeof ask>) => {
          request ??= given[0];
          return ask(...given);
        },
      }),
    completeSetUp: () => Promise.resolve(true),
    closing: new AbortController().signal,
    log: { info: () => undefined },
  };
  const provider = new ChatProvider(
    () => Promise.resolve(engine),
    () => undefined,
  );
  const { token } = new CancellationTokenSource();
  const information = { id: model, name: '', family: '', version: '', maxInputTokens: 1, maxOutputTokens: 1 };

  const ours = async () => {
    let took: number | undefined;
    const began = performance.now();
    const progress = { report: () => (took ??= performance.now() - began) };
    const capabilities = { toolCalling: true };
    await provider.provideLanguageModelChatResponse(
      ...([{ ...information, capabilities }, messages, options, progress, token] as const),
    );
    return answered(took);
  };
  const baseline = async () => {
    assert.ok(request);
    let took: number | undefined;
    const began = performance.now();
    for await (const { type } of ask(request, new AbortController().signal))
      if (type === 'text') took ??= performance.now() - began;
    return answered(took);
  };
  // Makes the request that both send.
  await ours();
  return interleaved({ ours, baseline }, { rounds, warmUp });
});

function answered(took: number | undefined): number {
  assert.ok(took !== undefined, 'a reply came without text');
  return took;
}
