// A block of code: its language, a button that copies it, and the code.
import { button, shape, type Content, type Shape } from '../kit/vnode';
import { language } from './fences';
import { highlighted } from './highlight';
import { pieces } from './limits';
import type { Surroundings } from './renderContext';

/** `info` is what stands after the fence, of which the first word names the language. */
export function codeBlock(
  code: string,
  info: string,
  { words, copyCode, highlight = highlighted }: Surroundings,
  contents: readonly Content[] = highlight(code, language(info)) ?? uncoloured(code),
): Shape {
  return shape('div.code', [
    shape('div.bar', [
      shape('span.language', [language(info).slice(0, 40)]),
      button(words.copyCode, (element) => copyCode(code, element)),
    ]),
    shape('pre', [shape('code', contents)]),
  ]);
}

export function uncoloured(code: string): readonly Content[] {
  const cut = pieces(code);
  if (cut.length === 1) return cut;
  return cut.map((piece) => shape('span.piece', [piece.endsWith('\n') ? piece.slice(0, -1) : piece]));
}
