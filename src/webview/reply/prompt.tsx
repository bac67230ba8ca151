// A prompt above its reply. It may have a megabyte, so only the visible part is on the page.
import { useState } from 'preact/hooks';
import type { TurnView, PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';
import { chunks, wholeCharacters } from '../../markdown/limits';
import type { ReplyMemory } from './memory';

const maxLines = 8;
const maxCharacters = 800;

export interface PromptProps {
  readonly view: Pick<TurnView, 'id' | 'prompt' | 'source'>;
  readonly strings: PanelStrings;
  readonly memory: Pick<ReplyMemory, 'isUnfolded' | 'rememberUnfolded'>;
}

export function Prompt({ view: { id, prompt, source }, strings, memory }: PromptProps) {
  const name = `${id} prompt`;
  const [open, setOpen] = useState(memory.isUnfolded(name));
  const beginning = promptStart(prompt);
  const lines = prompt.includes('\n') ? 'several' : 'one';
  return (
    <div class="prompt">
      <div class="heading">
        <h2>{strings.you}</h2>
        {source && <span class="source">{source}</span>}
      </div>
      <div class={`words ${lines}`} dir="auto">
        {chunks(open ? prompt : beginning).map((piece) => (
          <div>{piece}</div>
        ))}
      </div>
      {beginning.length < prompt.length && (
        <Button
          kind="fold"
          onClick={() => {
            memory.rememberUnfolded(name, !open);
            setOpen(!open);
          }}
        >
          {open ? strings.showLess : strings.showAll}
        </Button>
      )}
    </div>
  );
}

/** The first lines; the whole prompt if it is only a little longer. */
export function promptStart(prompt: string): string {
  const end = endOfLine(prompt, maxLines);
  if (prompt.length <= maxCharacters * 1.25 && endOfLine(prompt, maxLines + 2) === prompt.length)
    return prompt;
  return prompt.slice(0, wholeCharacters(prompt, Math.min(end, maxCharacters)));
}

function endOfLine(text: string, lines: number): number {
  let at = -1;
  for (let line = 0; line < lines; line++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return text.length;
  }
  return at;
}
