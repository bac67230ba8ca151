// A code block: its language, a copy button, and the code.
import { firstWord, language } from '../../markdown/fencedLines';
import { highlighted } from './highlight';
import { chunks } from '../../markdown/limits';
import type { Child, RenderContext } from './renderContext';

/** `info`: the info string after the fence; its first word is the language or a file name. */
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

/** One node for all contents, which Preact skips if it is unchanged. */
export function group(contents: readonly Child[]): Child {
  return <>{contents}</>;
}

export function plainCode(code: string): readonly Child[] {
  const pieces = chunks(code);
  if (pieces.length === 1) return pieces;
  return pieces.map((piece) => (
    <span class="piece">{piece.endsWith('\n') ? piece.slice(0, -1) : piece}</span>
  ));
}
