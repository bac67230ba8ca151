// A conversation of three turns, as the bodies' tests send it.
import type { ChunkReader, Codec, Fields } from '../../../../../src/core/bedrock/bodies/codec';
import type { BlockPart } from '../../../../../src/core/bedrock/bodies/blockReader';
import { type Message, textBlock } from '../../../../../src/core/model/content';

const turn = (role: Message['role'], ...texts: string[]): Message => ({
  role,
  content: texts.map(textBlock),
});

export const single = [turn('user', 'What is 2 + 2?')];
export const conversation = [
  turn('user', 'What is 2 + 2?'),
  turn('assistant', '4.\r\n'),
  turn('user', '$& and ', '3 + 3?'),
];

/** Reads `chunks`, one after the other. */
export function read(codec: Codec, ...chunks: Fields[]) {
  const parts: BlockPart[] = [];
  const reader: ChunkReader = codec.reader((part) => parts.push(part));
  for (const chunk of chunks) reader.read(chunk);
  return { parts, stopReason: reader.stopReason, usage: reader.usage };
}
