// A block of code: its language, a button that copies it, and the code.
import { button, h, type Child, type VNode } from '../kit/vnode';
import { firstWord, language } from './fencedLines';
import { highlighted } from './highlight';
import { chunks } from './limits';
import type { RenderContext } from './renderContext';

/** `info` is what stands after the fence, of which the first word names the language or a file. */
export function codeBlock(
  code: string,
  info: string,
  { words, copyCode, highlight = highlighted }: RenderContext,
  contents: readonly Child[] = highlight(code, language(info)) ?? plainCode(code),
): VNode {
  return h('div.code', [
    h('div.bar', [
      h('span.language', [firstWord(info).slice(0, 40)]),
      button(words.copyCode, (element) => copyCode(code, element)),
    ]),
    h('pre', [h('code', contents)]),
  ]);
}

export function plainCode(code: string): readonly Child[] {
  const cut = chunks(code);
  if (cut.length === 1) return cut;
  return cut.map((piece) => h('span.piece', [piece.endsWith('\n') ? piece.slice(0, -1) : piece]));
}
