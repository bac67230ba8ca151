// A prompt as one row of steps in the order in which a model reads it: tools, system, messages. Each step's digest
// stands for everything up to it, so that two prompts with equal digests are equal so far.
import { type Block, type CacheTtl, charactersIn, identityOf, type PromptContent, sha256 } from './blocks.js';

export interface Step {
  /** Undefined for a tool. */
  readonly block: Block | undefined;
  readonly cache: CacheTtl | undefined;
  /** The digest of everything before this step. */
  readonly before: string;
  readonly digest: string;
  /** Characters up to here, this step included; four are a token. */
  readonly characters: number;
}

/** Cache points are no part of it: they may move from one request to the next. */
interface Part {
  readonly role: string;
  /** The place in its message, so that it matters where a message begins. */
  readonly position: number;
  readonly identity: unknown;
  readonly characters: number;
  readonly block: Block | undefined;
  readonly cache: CacheTtl | undefined;
}

const blockParts = (role: string, blocks: readonly Block[]): Part[] =>
  blocks.map((block, position) => ({
    role,
    position,
    identity: identityOf(block),
    characters: charactersIn(block),
    block,
    cache: block.cache,
  }));

const parts = ({ tools, system, messages }: PromptContent): Part[] => [
  ...tools.map(({ name, description, schema, cache }, position): Part => {
    const identity = [name, description, schema];
    const characters = JSON.stringify(identity).length;
    return { role: 'tool', position, identity, characters, block: undefined, cache };
  }),
  ...blockParts('system', system),
  ...messages.flatMap(({ role, blocks }) => blockParts(role, blocks)),
];

const start = sha256('');
const extended = (before: string, { role, position, identity }: Part) =>
  sha256(JSON.stringify([before, role, position, identity]));

export function chain(content: PromptContent): Step[] {
  let digest = start;
  let characters = 0;
  return parts(content).map((part) => {
    const before = digest;
    digest = extended(before, part);
    characters += part.characters;
    return { block: part.block, cache: part.cache, before, digest, characters };
  });
}

/** The digest of a whole prompt. */
export const digestOf = (content: PromptContent): string => chain(content).at(-1)?.digest ?? start;

/** The digest after the first blocks of a reply to the prompt with the digest `before`. */
export const digestWith = (before: string, reply: readonly Block[]): string =>
  blockParts('assistant', reply).reduce(extended, before);
