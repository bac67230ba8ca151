// Which tools the stand-in calls. A prompt says so, one line a turn:
//
//   call readFile {"path": "a.ts"}
//   call search {"for": "x"}
//   together call search {"for": "y"}
//
// The last two are called in one turn. When all results have come, the reply quotes them.
import { type ContentMessage, ofKind, type PromptContent, type ToolOffer } from './blocks.js';
import { type Fields, isFields } from '../jsonBody.js';

export interface PlannedCall {
  readonly name: string;
  readonly input: Fields;
}

/** What is to be done next. */
export type NextTurn =
  | { readonly kind: 'calls'; readonly calls: readonly PlannedCall[] }
  /** Every line was played: the results of all calls. */
  | { readonly kind: 'results'; readonly text: string }
  /** A line names a tool that is not offered, or is no JSON. */
  | { readonly kind: 'mistake'; readonly text: string }
  /** The prompt calls no tool. */
  | { readonly kind: 'none' };

const callLine = /^[\s>*-]*(together\s+)?call\s+([a-zA-Z0-9_-]+)\s*((?:[{[].*)?)$/s;

interface CallLine {
  readonly together: boolean;
  readonly name: string;
  readonly json: string;
}

function callLines({ blocks }: ContentMessage): CallLine[] {
  const lines = ofKind(blocks, 'text').flatMap(({ text }) => text.split(/\r\n|\r|\n/));
  return lines.flatMap((line) => {
    const [, together, name, json = ''] = callLine.exec(line.length <= 100_000 ? line : '') ?? [];
    return name === undefined ? [] : [{ together: together !== undefined, name, json: json.trim() }];
  });
}

export function nextTurn(content: PromptContent): NextTurn {
  const { messages, tools, toolChoice } = content;
  // The latest prompt. Words beside tool results are one only if they call something.
  const asked = messages.findLastIndex(
    (message) =>
      message.role === 'user' &&
      (callLines(message).length > 0 || message.blocks.every(({ kind }) => kind !== 'toolResult')),
  );
  const played = messages
    .slice(asked + 1)
    .filter(({ blocks }) => blocks.some(({ kind }) => kind === 'toolUse')).length;
  const turns = asked < 0 ? [] : turnsOf(callLines(messages[asked]!));
  const turn = turns[played];
  if (turn) return planned(turn, tools);
  if (toolChoice?.type === 'any' || toolChoice?.type === 'tool') return forced(toolChoice.name, tools);
  if (turns.length === 0) return { kind: 'none' };
  return { kind: 'results', text: quotedResults(messages.slice(asked + 1)) };
}

function turnsOf(lines: readonly CallLine[]): CallLine[][] {
  const turns: CallLine[][] = [];
  for (const line of lines) {
    const last = turns.at(-1);
    if (line.together && last) last.push(line);
    else turns.push([line]);
  }
  return turns;
}

function planned(turn: readonly CallLine[], tools: readonly ToolOffer[]): NextTurn {
  const calls: PlannedCall[] = [];
  for (const { name, json } of turn) {
    if (!tools.some((tool) => tool.name === name)) {
      const offered = tools.map((tool) => tool.name).join(', ') || 'none';
      return { kind: 'mistake', text: `There is no tool ${name}. Offered: ${offered}.` };
    }
    const input = readInput(json);
    if (!input)
      return { kind: 'mistake', text: `The input of ${name} is no JSON object: ${json.slice(0, 200)}` };
    calls.push({ name, input });
  }
  return { kind: 'calls', calls };
}

function readInput(json: string): Fields | undefined {
  if (json === '') return {};
  try {
    const input: unknown = JSON.parse(json);
    return isFields(input) ? input : undefined;
  } catch {
    return undefined;
  }
}

/** A call that the request demands, with an input that fits the tool's schema. */
function forced(name: string | undefined, tools: readonly ToolOffer[]): NextTurn {
  const tool = tools.find((offer) => name === undefined || offer.name === name);
  return tool
    ? { kind: 'calls', calls: [{ name: tool.name, input: exampleOf(tool.schema) as Fields }] }
    : { kind: 'none' };
}

const examples: Readonly<Record<string, (schema: Fields) => unknown>> = {
  object: ({ properties, required }) => {
    const known = isFields(properties) ? properties : {};
    const names = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
    return Object.fromEntries(names.map((name) => [name, exampleOf(known[name])]));
  },
  string: () => 'stand-in',
  integer: () => 1,
  number: () => 1,
  boolean: () => true,
  array: () => [],
  null: () => null,
};

function exampleOf(schema: unknown): unknown {
  const { type, enum: values } = isFields(schema) ? (schema as { type?: unknown; enum?: unknown }) : {};
  if (Array.isArray(values)) return values[0];
  return examples[String(Array.isArray(type) ? type[0] : type)]?.(schema as Fields) ?? 'stand-in';
}

const maxQuote = 200;

function quotedResults(messages: readonly ContentMessage[]): string {
  const blocks = messages.flatMap((message) => message.blocks);
  const names = new Map(ofKind(blocks, 'toolUse').map(({ id, name }) => [id, name]));
  const quotes = ofKind(blocks, 'toolResult').map(({ id, isError, content }) => {
    const parts = content.map((block) => {
      if (block.kind === 'text') return block.text;
      if (block.kind === 'json') return JSON.stringify(block.value);
      return 'bytes' in block ? `${block.kind} of ${block.bytes.length} bytes` : block.kind;
    });
    const said = parts.join(' ').replace(/\s+/g, ' ').trim();
    const short = said.length > maxQuote ? `${said.slice(0, maxQuote).toWellFormed()}…` : said;
    return `- ${names.get(id) ?? id} ${isError ? 'failed' : 'said'}: ${short}`;
  });
  return `The tools are done.\n\n${quotes.join('\n')}\n`;
}
