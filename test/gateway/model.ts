import { allBlocks, type PromptContent } from './content/blocks.js';
import { imageFacts } from './content/images.js';
import { fenced, findings } from './outline.js';
import { pieces, type Script } from './reply.js';
import type { Prompt } from './prompt.js';

/** The request to the model, and how it arrived. */
export interface Ask {
  readonly model: string;
  readonly region: string;
  readonly operation: string;
  /** A description of the caller. */
  readonly identity: string;
  readonly prompt: Prompt;
  /** How often this model was called, including this time. */
  readonly turn: number;
  /** The number after the behaviour's name in the model ID, if any. */
  readonly number: number | undefined;
  /** The gateway's root URL. */
  readonly root: string;
}

const maxEchoLength = 20_000;
const inline = (text: string) => `\`${text.replace(/`/g, "'")}\``;

/** The normal reply. It is no model: it counts, outlines and repeats, and says so in its first line. */
export function standInReply(ask: Ask): Script {
  return limited(describe(ask), ask.prompt);
}

function describe({ model, region, operation, identity, prompt }: Ask): string {
  const text = prompt.messages.at(-1)?.text ?? '';
  const found = findings(text);
  const echo = found.code.slice(0, maxEchoLength).toWellFormed();
  const omitted = found.code.length - echo.length;
  return [
    '# Stand-in reply (no AI model was asked)',
    'This text was made by the stand-in gateway on this machine, which counts and repeats but understands nothing.',
    '## The prompt',
    [
      '| Characters | Words | Lines | Earlier messages | System prompt |',
      '| ---: | ---: | ---: | ---: | :--- |',
      `| ${found.characters} | ${found.words} | ${found.lines} | ${prompt.messages.length - 1} | ${prompt.system ? 'yes' : 'no'} |`,
    ].join('\n'),
    '## Outline',
    found.outline.map((line) => `- ${inline(line)}`).join('\n'),
    '## What came, word for word',
    fenced(echo, found.language),
    ...(omitted > 0 ? [`… and ${omitted} characters more, which arrived but are not repeated.`] : []),
    ...attachments(prompt.content),
    '## What the gateway saw',
    [
      `- Model: ${inline(model)}`,
      `- Region: ${inline(region)}`,
      `- Operation: ${inline(operation)}`,
      `- Authenticated by: ${identity}`,
      ...tools(prompt.content),
    ].join('\n'),
  ].join('\n\n');
}

/** A table of the pictures and documents in all messages. */
function attachments(content: PromptContent | undefined): string[] {
  const rows = (content ? allBlocks(content) : []).flatMap((block) => {
    if (block.kind !== 'image' && block.kind !== 'document') return [];
    const { width, height } = (block.kind === 'image' ? imageFacts(block.bytes) : undefined) ?? {};
    const about = block.kind === 'document' ? inline(block.name) : `${width} × ${height} pixels`;
    return [`| ${block.kind} | ${block.format} | ${block.bytes.length} | ${about} |`];
  });
  if (rows.length === 0) return [];
  return [
    '## Attachments',
    ['| Kind | Format | Bytes | What |', '| :--- | :--- | ---: | :--- |', ...rows].join('\n'),
  ];
}

const maxTools = 20;

function tools(content: PromptContent | undefined): string[] {
  const names = content?.tools.map(({ name }) => inline(name)) ?? [];
  if (names.length === 0) return [];
  const omitted = names.length > maxTools ? ` and ${names.length - maxTools} more` : '';
  return [`- Tools offered: ${names.slice(0, maxTools).join(', ')}${omitted}`];
}

/** Ends the reply at the caller's limits, as a model does. */
function limited(text: string, { maxTokens, stopSequences }: Prompt): Script {
  const stops = stopSequences.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  const stopAt = Math.min(text.length, ...stops);
  const limit = maxTokens === undefined ? text.length : maxTokens * 4;
  if (limit < stopAt)
    return { deltas: pieces(text.slice(0, limit).toWellFormed()), stopReason: 'max_tokens' };
  const stopReason = stopAt < text.length ? 'stop_sequence' : 'end_turn';
  return { deltas: pieces(text.slice(0, stopAt)), stopReason };
}
