// Signs what a model thinks, and checks the signature when it is replayed. A signature proves three things: that the
// text is unchanged, which model thought it, and for a model that binds its thinking, what stood before it.
// https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-thinking-block-binding.html
import { createHmac } from 'node:crypto';
import { isFields } from '../jsonBody.js';
import { type Block, type BlockOf, identityOf, isThinking, type PromptContent, sha256 } from './blocks.js';
import { chain, type Step } from './chain.js';
import type { Complain } from './constraints.js';
import { baseModel, type ModelRules } from './modelRules.js';

/** The same for every stand-in, so that a conversation survives a restart. */
const key = 'stand-in key for thinking, of no use elsewhere';
const mac = (...parts: readonly string[]) =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

interface Seal {
  readonly model: string;
  /** Proves the text. */
  readonly own: string;
  /** Proves what stood before. */
  readonly prefix: string;
}

/** @param before the digest of everything before the block */
export function signature(model: string, text: string, before: string): string {
  const base = baseModel(model);
  const seal: Seal = { model: base, own: mac('own', base, text), prefix: mac('prefix', base, text, before) };
  return Buffer.from(JSON.stringify(seal)).toString('base64');
}

/** What is signed of thinking that is not shown. */
const unseen = 'redacted';
export const redactedData = (model: string, before: string): string => signature(model, unseen, before);

function readSeal(text: string): Seal | undefined {
  try {
    const seal: unknown = JSON.parse(Buffer.from(text, 'base64').toString());
    if (!isFields(seal)) return undefined;
    return { model: String(seal['model']), own: String(seal['own']), prefix: String(seal['prefix']) };
  } catch {
    return undefined;
  }
}

const isGenuine = (seal: Seal | undefined, text: string): seal is Seal =>
  seal?.own === mac('own', String(seal?.model), text);

const sealOf = (block: BlockOf<'reasoning'> | BlockOf<'redacted'>) =>
  block.kind === 'reasoning'
    ? ({ text: block.text, seal: readSeal(block.signature), field: '`signature` in `thinking`' } as const)
    : ({ text: unseen, seal: readSeal(block.data), field: '`data` in `redacted_thinking`' } as const);

const thoughtsIn = (blocks: readonly Block[]) => blocks.filter(isThinking).length;

/** Remembers how many blocks of thinking a reply had, to notice when one is missing. */
export class ThinkingMemory {
  readonly #thoughts = new Map<string, number>();

  /** @param before the digest of the prompt that was replied to */
  add(before: string, reply: readonly Block[]): void {
    const count = thoughtsIn(reply);
    if (count > 0) this.#thoughts.set(visible(before, reply), count);
  }

  lacksSome(before: string, reply: readonly Block[]): boolean {
    return thoughtsIn(reply) < (this.#thoughts.get(visible(before, reply)) ?? 0);
  }
}

const visible = (before: string, blocks: readonly Block[]) =>
  sha256(JSON.stringify([before, blocks.filter((block) => !isThinking(block)).map(identityOf)]));

const bound = (path: string, field: string) =>
  `${path}: Invalid ${field} block. The block is bound to a different conversation. Remove the block, or set \`thinking.block_binding.prefix_mismatch_behavior\` to "drop_block". That setting requires the \`thinking-binding-controls-2026-08-01\` value in the \`anthropic-beta\` header.`;

/** Throws Refused if a replayed block of thinking is not what a model thought in this conversation. */
export function checkThinking(
  content: PromptContent,
  model: string,
  rules: ModelRules,
  memory: ThinkingMemory,
  complain: Complain,
): void {
  if (!content.messages.some(({ blocks }) => blocks.some(isThinking))) return;
  const steps = chain(content);
  for (const { block, before } of steps) {
    if (!block || !isThinking(block)) continue;
    if (block.kind === 'reasoning' && block.signature === '') {
      if (rules.signsThinking) complain(`${block.path}.thinking.signature: Field required`);
      continue;
    }
    const { text, seal, field } = sealOf(block);
    if (!isGenuine(seal, text)) return complain(`${block.path}: Invalid ${field} block`);
    // A model leaves out the thinking of another one by itself.
    const binds = rules.bindsThinking && seal.model === baseModel(model) && !content.thinking.dropsMismatches;
    if (binds && seal.prefix !== mac('prefix', seal.model, text, before)) complain(bound(block.path, field));
  }
  if (rules.bindsThinking && !content.thinking.dropsMismatches)
    checkNoneMissing(content, steps, memory, complain);
}

/**
 * Thinking is replayed whole or not at all. A missing block changes the prefix of those after it; this notices one that
 * has none after it. The service would let that pass, but promises it nowhere.
 */
function checkNoneMissing(
  { messages }: PromptContent,
  steps: readonly Step[],
  memory: ThinkingMemory,
  complain: Complain,
): void {
  const last = messages.findLastIndex(({ blocks }) => blocks.some(isThinking));
  const first = messages.flatMap(({ blocks }) => blocks).find(isThinking);
  const missing = messages.slice(last).some(({ role, blocks }) => {
    const before = steps.find(({ block }) => block === blocks[0])?.before ?? '';
    return role === 'assistant' && memory.lacksSome(before, blocks);
  });
  if (first && missing) complain(bound(first.path, sealOf(first).field));
}
