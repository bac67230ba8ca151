// A code block: its language, what can be done with it, and the code.
import type { CodeAction } from '../../protocol/reply';
import { firstWord, language } from '../../markdown/fencedLines';
import { highlighted } from './highlight';
import { chunks } from '../../markdown/limits';
import { openCodeMenu } from './codeMenu';
import type { Child, RenderContext } from './renderContext';

/** `info`: the info string after the fence; its first word is the language or a file name. */
export function codeBlock(
  code: string,
  info: string,
  context: RenderContext,
  contents: Child = group((context.highlight ?? highlighted)(code, language(info)) ?? plainCode(code)),
  rest = '',
) {
  const block = context.numbers.next++;
  return (
    <div class="code" data-block={block}>
      <div class="bar">
        <span class="language">{firstWord(info).slice(0, 40)}</span>
        {codeButtons(block, context)}
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

/** Two buttons, and one that opens a menu with the rest, so that the bar is calm and fits a narrow panel. */
function codeButtons(block: number, { strings, onCode, canReplace }: RenderContext) {
  const openMenu = (from: HTMLElement) => {
    const item = (action: CodeAction, label: string) => ({ label, run: () => onCode(action, block, from) });
    openCodeMenu(from, [
      ...(canReplace ? [item('replace', strings.replaceSelection)] : []),
      item('newFile', strings.newFile),
      item('save', strings.saveCode),
    ]);
  };
  return (
    <>
      <button
        type="button"
        class="quiet"
        onClick={({ currentTarget }) => onCode('insert', block, currentTarget)}
      >
        {strings.insertCode}
      </button>
      <button
        type="button"
        class="quiet"
        onClick={({ currentTarget }) => onCode('copy', block, currentTarget)}
      >
        {strings.copyCode}
      </button>
      <button
        type="button"
        class="quiet"
        aria-label={strings.moreActions}
        title={strings.moreActions}
        aria-haspopup="menu"
        onClick={({ currentTarget }) => openMenu(currentTarget)}
      >
        ⋯
      </button>
    </>
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
