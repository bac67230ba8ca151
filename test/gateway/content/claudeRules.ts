// What Claude demands of a prompt as a whole, in its own words. Converse passes the same words on.
// https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview
import {
  allBlocks,
  type BlockKind,
  type ContentMessage,
  isThinking,
  mayBeIn,
  ofKind,
  type PromptContent,
} from './blocks.js';
import type { Complain } from './constraints.js';
import { documentFormats } from './documents.js';
import { imageFacts } from './images.js';
import type { ModelRules } from './modelRules.js';

/** How a prompt came: through Converse or in Claude's own body. */
export interface Envelope {
  readonly complain: Complain;
  /** The field of an image or a document with its bytes. */
  readonly bytesField: string;
}

type Rule = (content: PromptContent, envelope: Envelope, model: ModelRules) => void;

/** Claude's names for the kinds of blocks. */
export const claudeTypes = {
  text: 'text',
  json: 'text',
  image: 'image',
  document: 'document',
  toolUse: 'tool_use',
  toolResult: 'tool_result',
  reasoning: 'thinking',
  redacted: 'redacted_thinking',
  other: 'search_result',
} as const satisfies { readonly [Kind in BlockKind]: string };

/** Throws Refused for the first rule that the prompt breaks. */
export function checkClaudeRules(content: PromptContent, envelope: Envelope, model: ModelRules): void {
  for (const rule of rules) rule(content, envelope, model);
}

const roleOfBlocks: Rule = ({ messages }, { complain }) => {
  for (const [index, { role, blocks }] of messages.entries()) {
    const misplaced = blocks.find((block) => !mayBeIn(role, block));
    if (!misplaced) continue;
    const other = role === 'user' ? 'assistant' : 'user';
    if (isThinking(misplaced))
      complain(`messages.${index}.content: thinking blocks may only be in \`${other}\` messages`);
    complain(
      `messages.${index}: \`${claudeTypes[misplaced.kind]}\` blocks can only be in \`${other}\` messages`,
    );
  }
};

/** Both limits are on the base64 text: 5 MiB of it are 3.75 MiB of picture. */
const maxImageText = 5 * 1024 * 1024;
const maxPixels = 8000;
const maxImages = 20;

const images: Rule = (content, { complain, bytesField }) => {
  const found = ofKind(allBlocks(content), 'image');
  for (const { path, format, bytes } of found) {
    const at = `${path}.image.${bytesField}`;
    const size = Math.ceil(bytes.length / 3) * 4;
    if (size > maxImageText)
      complain(`${at}: image exceeds 5 MB maximum: ${size} bytes > ${maxImageText} bytes`);
    const facts = imageFacts(bytes);
    if (!facts) return complain(`${at}: Could not process image`);
    if (facts.format !== format) {
      complain(
        `${at}: The image was specified using the image/${format} media type, but the image appears to be a image/${facts.format} image`,
      );
    }
    if (facts.width > maxPixels || facts.height > maxPixels)
      complain(`${at}: At least one of the image dimensions exceed max allowed size: ${maxPixels} pixels`);
    if (facts.width === 0 || facts.height === 0) complain(`${at}: Could not process image`);
  }
  if (found.length > maxImages)
    complain(`messages: too many images and documents: ${found.length} + 0 > ${maxImages}`);
};

const documents: Rule = (content, { complain, bytesField }) => {
  const broken = ofKind(allBlocks(content), 'document').find(
    ({ format, bytes }) => !documentFormats[format]?.(bytes),
  );
  if (!broken) return;
  const name = broken.format === 'pdf' ? 'PDF' : 'document';
  complain(`${broken.path}.document.${bytesField}: The ${name} specified was not valid.`);
};

const toolUses = ({ blocks }: ContentMessage) => ofKind(blocks, 'toolUse');

/** Tool results begin the next message and answer every tool use once. Nothing follows a tool use in its message. */
const toolPairs: Rule = ({ messages }, { complain }) => {
  const seen = new Set<string>();
  for (const [index, message] of messages.entries()) {
    for (const { id, path } of toolUses(message)) {
      if (seen.has(id)) complain(`${path}: \`tool_use\` ids must be unique`);
      seen.add(id);
    }
    const unanswered = unansweredIds(message, messages[index + 1]);
    if (unanswered.length > 0) {
      complain(
        `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${unanswered.join(', ')}. Each \`tool_use\` block must have a corresponding \`tool_result\` block in the next message.`,
      );
    }
    checkResults(message, messages[index - 1], complain);
  }
};

function unansweredIds(message: ContentMessage, next: ContentMessage | undefined): string[] {
  const uses = toolUses(message);
  const begun = message.blocks.findIndex(({ kind }) => kind === 'toolUse');
  if (begun >= 0 && message.blocks.slice(begun).some(({ kind }) => kind !== 'toolUse'))
    return uses.map(({ id }) => id);
  const blocks = next?.blocks ?? [];
  const end = blocks.findIndex(({ kind }) => kind !== 'toolResult');
  const answered = ofKind(end < 0 ? blocks : blocks.slice(0, end), 'toolResult').map(({ id }) => id);
  return uses.map(({ id }) => id).filter((id) => !answered.includes(id));
}

function checkResults({ blocks }: ContentMessage, before: ContentMessage | undefined, complain: Complain) {
  const asked = before ? toolUses(before).map(({ id }) => id) : [];
  const answered = new Set<string>();
  for (const { id, path } of ofKind(blocks, 'toolResult')) {
    if (!asked.includes(id)) {
      complain(
        `${path}: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${id}. Each \`tool_result\` block must have a corresponding \`tool_use\` block in the previous message.`,
      );
    }
    if (answered.has(id)) {
      complain(
        `${path}: each tool_use must have a single result. Found multiple \`tool_result\` blocks with id: ${id}`,
      );
    }
    answered.add(id);
  }
}

const thinkingOrder: Rule = ({ messages, thinking }, { complain }) => {
  for (const [index, { blocks }] of messages.entries()) {
    const [first] = blocks;
    if (!first || !blocks.some(isThinking)) continue;
    if (!isThinking(first)) {
      complain(
        `messages.${index}.content.0: If an assistant message contains any thinking blocks, the first block must be \`thinking\` or \`redacted_thinking\`. Found \`${claudeTypes[first.kind]}\`.`,
      );
    }
    if (blocks.at(-1)?.kind === 'reasoning' || blocks.at(-1)?.kind === 'redacted')
      complain(`messages.${index}: The final block in an assistant message cannot be \`thinking\`.`);
  }
  const first = messages.at(-2)?.blocks[0];
  const continues = messages.at(-1)?.blocks.some(({ kind }) => kind === 'toolResult');
  if (thinking.type === 'enabled' && continues && first && !isThinking(first)) {
    complain(
      `messages.${messages.length - 2}.content.0.type: Expected \`thinking\` or \`redacted_thinking\`, but found \`${claudeTypes[first.kind]}\`. When \`thinking\` is enabled, a final \`assistant\` message must start with a thinking block (preceeding the lastmost set of \`tool_use\` and \`tool_result\` blocks). We recommend you include thinking blocks from previous turns. To avoid this requirement, disable \`thinking\`. Please consult our documentation at https://docs.claude.com/en/docs/build-with-claude/extended-thinking`,
    );
  }
};

const maxCachePoints = 4;

const cachePoints: Rule = ({ tools, system, messages }, { complain }) => {
  const all = [...tools, ...system, ...messages.flatMap(({ blocks }) => blocks)];
  const points = all.filter(({ cache }) => cache);
  if (points.length > maxCachePoints) {
    complain(
      `A maximum of ${maxCachePoints} blocks with cache_control may be provided. Found ${points.length}.`,
    );
  }
  const short = points.findIndex(({ cache }) => cache === '5m');
  const late = short < 0 ? undefined : points.slice(short).find(({ cache }) => cache === '1h');
  if (late) {
    complain(
      `${late.path}.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block. Note that blocks are processed in the following order: \`tools\`, \`system\`, \`messages\`.`,
    );
  }
};

const toolChoice: Rule = ({ tools, toolChoice: choice, thinking }, { complain }, model) => {
  const names = tools.map(({ name }) => name);
  if (new Set(names).size < names.length) complain('tools: Tool names must be unique.');
  if (choice?.type !== 'any' && choice?.type !== 'tool') return;
  if (model.refusesForcedTools)
    complain('tool_choice: type "tool" and "any" are not supported for this model.');
  if (model.alwaysThinks || thinking.type === 'enabled' || thinking.type === 'adaptive')
    complain('Thinking may not be enabled when tool_choice forces tool use.');
  if (choice.name !== undefined && !names.includes(choice.name))
    complain(`Tool '${choice.name}' not found in provided tools`);
};

const budgets: Rule = ({ thinking }, { complain }, model) => {
  if (thinking.type === 'enabled' && model.refusesBudgets) {
    complain(
      '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort" to control thinking behavior.',
    );
  }
};

const rules: readonly Rule[] = [
  roleOfBlocks,
  images,
  documents,
  toolPairs,
  thinkingOrder,
  cachePoints,
  toolChoice,
  budgets,
];
