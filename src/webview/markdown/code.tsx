// A block of code: its language, a button that copies it, and the code.
import { firstWord, language } from '../../markdown/fencedLines';
import { highlighted } from './highlight';
import { chunks } from '../../markdown/limits';
import type { Child, RenderContext } from './renderContext';

/** `info` is what stands after the fence, of which the first word names the language or a file. */
export function codeBlock(
  code: string,
  info: string,
  { strings, copyCode, numbers, highlight = highlighted }: RenderContext,
  contents: Child = group(highlight(code, language(info)) ?? plainCode(code)),
  rest = '',
) {
  const block = numbers.next++;
  return (
    <div class="code">
      <div class="bar">
        <span class="language">{firstWord(info).slice(0, 40)}</span>
        <button type="button" class="quiet" onClick={({ currentTarget }) => copyCode(block, currentTarget)}>
          {strings.copyCode}
        </button>
      </div>
      <pre>
        <code>
          {contents}
          {rest || null}
        </code>
      </pre>
    </div>
  );
}

/** As one, which is not looked at again where it is the same as before. */
export function group(contents: readonly Child[]): Child {
  return <>{contents}</>;
}

export function plainCode(code: string): readonly Child[] {
  const cut = chunks(code);
  if (cut.length === 1) return cut;
  return cut.map((piece) => <span class="piece">{piece.endsWith('\n') ? piece.slice(0, -1) : piece}</span>);
}
