// A reply as a client gets it: its blocks in order, thinking with its signature.
import { type Fields, isFields } from '../jsonBody.js';
import type { Block, PromptContent } from './blocks.js';
import { digestOf, digestWith } from './chain.js';
import { rulesOf } from './modelRules.js';
import { redactedData, signature, type ThinkingMemory } from './thinking.js';

/** A block of a script, in the pieces in which it is streamed. */
export type ScriptBlock =
  | { readonly kind: 'text'; readonly deltas: readonly string[] }
  | { readonly kind: 'reasoning'; readonly deltas: readonly string[] }
  | { readonly kind: 'redacted' }
  /** The pieces are JSON, and may be split anywhere. */
  | {
      readonly kind: 'toolUse';
      readonly id: string;
      readonly name: string;
      readonly deltas: readonly string[];
    };

export type ReplyBlock =
  | { readonly kind: 'text'; readonly deltas: readonly string[] }
  /** Models that do not sign have no signature. */
  | { readonly kind: 'reasoning'; readonly deltas: readonly string[]; readonly signature: string }
  /** One piece, in base64. */
  | { readonly kind: 'redacted'; readonly deltas: readonly [string] }
  | {
      readonly kind: 'toolUse';
      readonly deltas: readonly string[];
      readonly id: string;
      readonly name: string;
      /** Empty if the pieces are no complete JSON object. */
      readonly input: Fields;
    };

export type ReplyBlockOf<Kind extends ReplyBlock['kind']> = Extract<ReplyBlock, { readonly kind: Kind }>;

/** Signs the thinking in a reply, each block for everything before it, and remembers the reply. */
export function signedBlocks(
  script: readonly ScriptBlock[],
  content: PromptContent | undefined,
  model: string,
  memory: ThinkingMemory,
): ReplyBlock[] {
  const thinks = script.some(({ kind }) => kind === 'reasoning' || kind === 'redacted');
  const prompt = content && thinks ? digestOf(content) : '';
  const { signsThinking } = rulesOf(model);
  const replied: Block[] = [];
  const signed = script.map((block): ReplyBlock => {
    const before = digestWith(prompt, replied);
    const written = 'deltas' in block ? block.deltas.join('') : '';
    const path = '';
    switch (block.kind) {
      case 'text':
        replied.push({ kind: 'text', text: written, path });
        return { kind: 'text', deltas: block.deltas };
      case 'reasoning': {
        const seal = signsThinking ? signature(model, written, before) : '';
        replied.push({ kind: 'reasoning', text: written, signature: seal, path });
        return { kind: 'reasoning', deltas: block.deltas, signature: seal };
      }
      case 'redacted': {
        const data = redactedData(model, before);
        replied.push({ kind: 'redacted', data, path });
        return { kind: 'redacted', deltas: [data] };
      }
      case 'toolUse': {
        const { id, name, deltas } = block;
        const input = parsedInput(written);
        replied.push({ kind: 'toolUse', id, name, input, path });
        return { kind: 'toolUse', deltas, id, name, input };
      }
    }
  });
  memory.add(prompt, replied);
  return signed;
}

function parsedInput(json: string): Fields {
  try {
    const input: unknown = JSON.parse(json);
    return isFields(input) ? input : {};
  } catch {
    return {};
  }
}
