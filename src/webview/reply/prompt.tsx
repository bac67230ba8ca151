// A prompt above its reply. It may be a megabyte: only what is shown of it is on the page.
import { useState } from 'preact/hooks';
import type { TurnView, PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';
import { chunks, wholeCharacters } from '../../markdown/limits';
import type { ReplyMemory } from './memory';

const mostLines = 8;
const mostCharacters = 800;

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
          onPress={() => {
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
