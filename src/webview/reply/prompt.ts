// A prompt above its reply. It may be a megabyte: only what is shown of it is on the page.
import type { TurnView, PanelStrings } from '../../protocol/reply';
import { chunks, wholeCharacters } from '../markdown/limits';
import { button, h, type Child } from '../kit/vnode';

const mostLines = 8;
const mostCharacters = 800;

export interface Folding {
  readonly open: boolean;
  readonly toggle: () => void;
}

export function promptContents(
  { prompt, source }: Pick<TurnView, 'prompt' | 'source'>,
  words: PanelStrings,
  { open, toggle }: Folding,
): readonly Child[] {
  const beginning = promptStart(prompt);
  const folds = beginning.length < prompt.length;
  const lines = prompt.includes('\n') ? 'several' : 'one';
  return [
    h('div.heading', [h('h2', [words.you]), ...(source ? [h('span.source', [source])] : [])]),
    h(
      `div.words.${lines}`,
      chunks(open ? prompt : beginning).map((piece) => h('div', [piece])),
      {
        attributes: { dir: 'auto' },
      },
    ),
    ...(folds ? [button(open ? words.showLess : words.showAll, toggle, 'fold')] : []),
  ];
}

/** The first lines; all of a prompt that is hardly longer than they are. */
export function promptStart(prompt: string): string {
  const end = endOfLine(prompt, mostLines);
  if (prompt.length <= mostCharacters * 1.25 && endOfLine(prompt, mostLines + 2) === prompt.length)
    return prompt;
  return prompt.slice(0, wholeCharacters(prompt, Math.min(end, mostCharacters)));
}

function endOfLine(text: string, lines: number): number {
  let at = -1;
  for (let line = 0; line < lines; line++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text.length;
  }
  return at;
}
