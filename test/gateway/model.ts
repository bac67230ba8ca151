import { fenced, findings } from './outline.js';
import { pieces, type Script } from './reply.js';
import type { Prompt } from './prompt.js';

/** What the model is asked, and what it can tell about the way the question came. */
export interface Ask {
  readonly model: string;
  readonly region: string;
  readonly operation: string;
  /** Who authenticated, in words. */
  readonly identity: string;
  readonly prompt: Prompt;
  /** How often this model has been asked, this time included. */
  readonly turn: number;
  /** The number behind the behaviour's name in the model id, if any. */
  readonly number: number | undefined;
  /** The gateway's root address. */
  readonly root: string;
}

const longestEcho = 20_000;
const inline = (text: string) => `\`${text.replace(/`/g, "'")}\``;

/** No model: it counts, outlines and repeats, and says so in its first line. */
export function standInReply(ask: Ask): Script {
  return limited(describe(ask), ask.prompt);
}

function describe({ model, region, operation, identity, prompt }: Ask): string {
  const text = prompt.messages.at(-1)?.text ?? '';
  const found = findings(text);
  const echo = found.code.slice(0, longestEcho).toWellFormed();
  const left = found.code.length - echo.length;
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
    ...(left > 0 ? [`… and ${left} characters more, which arrived but are not repeated.`] : []),
    '## What the gateway saw',
    [
      `- Model: ${inline(model)}`,
      `- Region: ${inline(region)}`,
      `- Operation: ${inline(operation)}`,
      `- Authenticated by: ${identity}`,
    ].join('\n'),
  ].join('\n\n');
}

/** Stops where the caller's limits say, as a model does. */
function limited(text: string, { maxTokens, stopSequences }: Prompt): Script {
  const stops = stopSequences.map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  const stopAt = Math.min(text.length, ...stops);
  const limit = maxTokens === undefined ? text.length : maxTokens * 4;
  if (limit < stopAt)
    return { deltas: pieces(text.slice(0, limit).toWellFormed()), stopReason: 'max_tokens' };
  const stopReason = stopAt < text.length ? 'stop_sequence' : 'end_turn';
  return { deltas: pieces(text.slice(0, stopAt)), stopReason };
}
