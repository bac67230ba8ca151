// Models that call tools, that think, and that take less than others.
import { randomBytes } from 'node:crypto';
import { awsError } from './awsErrors.js';
import type { BedrockBehaviour } from './behaviours.js';
import { allBlocks, type BlockKind, ofKind } from './content/blocks.js';
import type { ScriptBlock } from './content/signedReply.js';
import { type NextTurn, nextTurn, type PlannedCall } from './content/toolTurns.js';
import { type Ask, standInReply } from './model.js';
import { blockScript, blocksOf, pieces, type Script } from './reply.js';

const played = (description: string, answer: BedrockBehaviour['answer']): BedrockBehaviour => ({
  where: 'bedrock',
  description,
  answer,
});

const text = (content: string): ScriptBlock => ({ kind: 'text', deltas: pieces(content) });
const thought: ScriptBlock = {
  kind: 'reasoning',
  deltas: pieces('First I would count the lines. Then I would repeat them. That is all I can do.'),
};
const secondThought: ScriptBlock = { kind: 'reasoning', deltas: pieces('Was that all? It was.') };
/** As newer models think by default: a signature, and no text. */
const unseenThought: ScriptBlock = { kind: 'reasoning', deltas: [] };

/** IDs look as they do in each API. */
const toolUseId = ({ operation }: Ask) =>
  operation.startsWith('converse')
    ? `tooluse_${randomBytes(16).toString('base64url')}`
    : `toolu_bdrk_01${randomBytes(11).toString('hex')}`;

/** Uneven, so that JSON is split anywhere, also inside an escape. */
const lengths = [1, 3, 2, 7, 1, 4, 11];
const maxPieces = 400;

/** The JSON of an input in pieces. The first is empty, as Claude's is; an empty input has no other. */
export function inputPieces(input: object): string[] {
  const json = JSON.stringify(input).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const cut = [''];
  if (json === '{}') return cut;
  const factor = Math.ceil(json.length / (4 * maxPieces));
  for (let at = 0; at < json.length;) {
    const end = at + lengths[cut.length % lengths.length]! * factor;
    cut.push(json.slice(at, end));
    at = end;
  }
  return cut;
}

const toolUse = (ask: Ask, { name, input }: PlannedCall): ScriptBlock => ({
  kind: 'toolUse',
  id: toolUseId(ask),
  name,
  deltas: inputPieces(input),
});

const turnOf = ({ prompt }: Ask): NextTurn => (prompt.content ? nextTurn(prompt.content) : { kind: 'none' });

/** The next turn: calls with a few words before them, or else a text. `before` is said first, at every turn. */
function toolScript(
  ask: Ask,
  before: readonly ScriptBlock[] = [],
  change: (call: ScriptBlock) => ScriptBlock = (call) => call,
): Script {
  const turn = turnOf(ask);
  if (turn.kind === 'none') {
    const reply = standInReply(ask);
    return blockScript([...before, ...blocksOf(reply)], { stopReason: reply.stopReason ?? 'end_turn' });
  }
  if (turn.kind !== 'calls') return blockScript([...before, text(turn.text)]);
  const calls = turn.calls.map((call) => change(toolUse(ask, call)));
  const announced = `I call ${turn.calls.map(({ name }) => name).join(' and ')}.`;
  return blockScript([...before, text(announced), ...calls], { stopReason: 'tool_use' });
}

const halved = (call: ScriptBlock): ScriptBlock =>
  'deltas' in call ? { ...call, deltas: call.deltas.slice(0, Math.ceil(call.deltas.length / 2)) } : call;
const garbled = (call: ScriptBlock): ScriptBlock =>
  'deltas' in call ? { ...call, deltas: [...call.deltas, ',"'] } : call;
const unknown = (call: ScriptBlock): ScriptBlock =>
  call.kind === 'toolUse' ? { ...call, name: 'no_such_tool' } : call;

const toolBehaviours: Readonly<Record<string, BedrockBehaviour>> = {
  tool: played(
    'calls tools: a line `call NAME {…}` in the prompt is a turn, `together call …` joins the line before',
    (ask) => toolScript(ask),
  ),
  'tool-cut': played('the same, but ends with max_tokens in the middle of the input', (ask) => {
    const script = toolScript(ask, [], halved);
    return script.stopReason === 'tool_use' ? { ...script, stopReason: 'max_tokens' } : script;
  }),
  'tool-garbled': played('the same, with an input that is no JSON', (ask) => toolScript(ask, [], garbled)),
  'tool-unknown': played('the same, for a tool that was not offered', (ask) => toolScript(ask, [], unknown)),
};

const thinking = (description: string, before: readonly ScriptBlock[]) =>
  played(`${description}; calls tools as stand-in.tool does`, (ask) => toolScript(ask, before));

const thinkingBehaviours: Readonly<Record<string, BedrockBehaviour>> = {
  thinks: thinking('thinks first, with a signature', [thought]),
  'thinks-bound': thinking('the same, bound to everything before it', [thought]),
  'thinks-redacted': thinking('thinks encrypted', [{ kind: 'redacted' }]),
  'thinks-unseen': thinking('thinks without showing it: a signature, but no text', [unseenThought]),
  'thinks-interleaved': thinking('thinks twice, and says something in between', [
    thought,
    text('So much for the lines.'),
    secondThought,
  ]),
};

/** Refuses a prompt with such blocks, in Bedrock's words. */
const refusals: Partial<Record<BlockKind | 'tools', string>> = {
  image:
    "This model doesn't support the image content block that you provided. Update the content block and try again.",
  document: "This model doesn't support the document field for user messages. Remove document and try again.",
  tools: "This model doesn't support tool use.",
};

function refusalOf({ prompt: { content } }: Ask): string | undefined {
  if (!content) return undefined;
  const [block] = allBlocks(content).filter(({ kind }) => refusals[kind]);
  return (block && refusals[block.kind]) ?? (content.tools.length > 0 ? refusals.tools : undefined);
}

const hasCachePoint = ({ prompt: { content } }: Ask) =>
  content !== undefined &&
  [...content.tools, ...content.system, ...allBlocks(content)].some(({ cache }) => cache);

const forcesTools = ({ prompt: { content } }: Ask) =>
  content?.toolChoice?.type === 'any' || content?.toolChoice?.type === 'tool'
    ? content.toolChoice.type
    : undefined;

function mixedTurn({ prompt: { content } }: Ask): string | undefined {
  for (const [index, { blocks }] of (content?.messages ?? []).entries()) {
    const tools = blocks.filter(({ kind }) => kind === 'toolUse' || kind === 'toolResult');
    const [first] = tools;
    if (!first || tools.length === blocks.length) continue;
    const kind = first.kind === 'toolUse' ? 'tool use' : 'tool result';
    return `messages.${index}.content: Conversation blocks and ${kind} blocks cannot be provided in the same turn.`;
  }
  return undefined;
}

/** Replies unless there is a message to refuse with. */
const refusing = (description: string, refusal: (ask: Ask) => string | undefined) =>
  played(description, (ask) => {
    const message = refusal(ask);
    return message === undefined ? standInReply(ask) : awsError('ValidationException', message);
  });

const limitedBehaviours: Readonly<Record<string, BedrockBehaviour>> = {
  'text-only': refusing('takes no image, no document and no tools', refusalOf),
  'no-streamed-tools': refusing('takes tools only if it need not stream', (ask) =>
    ask.operation.endsWith('stream') && ask.prompt.content?.tools.length
      ? "This model doesn't support tool use in streaming mode."
      : undefined,
  ),
  'no-forced-tools': refusing('takes no toolChoice but auto', (ask) => {
    const type = forcesTools(ask);
    return type === undefined
      ? undefined
      : `This model doesn't support the toolConfig.toolChoice.${type} field. Remove toolConfig.toolChoice.${type} and try again.`;
  }),
  'no-nested-images': refusing(
    'takes images, but not in tool results, as GPT does',
    ({ prompt: { content } }) =>
      content?.messages.some(({ blocks }) =>
        ofKind(blocks, 'toolResult').some((result) => ofKind(result.content, 'image').length > 0),
      )
        ? "This model doesn't support the image field for user messages. Remove image and try again."
        : undefined,
  ),
  'separate-turns': refusing(
    'takes no words beside tool uses and results, as Llama and Mistral do',
    mixedTurn,
  ),
  'no-caching': played('takes no cache point', (ask) =>
    hasCachePoint(ask)
      ? awsError(
          'AccessDeniedException',
          'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
        )
      : standInReply(ask),
  ),
  caching: played('caches prompts from 1024, or -N, tokens on', (ask) => standInReply(ask)),
};

export const contentBehaviours: Readonly<Record<string, BedrockBehaviour>> = {
  ...toolBehaviours,
  ...thinkingBehaviours,
  ...limitedBehaviours,
};
