// A prompt above its reply. It may have a megabyte, so only the visible part is on the page.
import { useState } from 'preact/hooks';
import type { TurnView, PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';
import { fill } from '../kit/format';
import { chunks, wholeCharacters } from '../../markdown/limits';
import { AttachmentChips, type AttachmentChipsProps } from './attachments/attachmentChips';
import type { ReplyMemory } from './memory';

const maxLines = 8;
const maxCharacters = 800;

export interface PromptProps {
  readonly view: Pick<TurnView, 'id' | 'prompt' | 'attachments' | 'notSent' | 'source' | 'version'>;
  readonly strings: PanelStrings;
  readonly memory: Pick<ReplyMemory, 'isUnfolded' | 'rememberUnfolded'>;
  readonly pictures: AttachmentChipsProps['pictures'];
  readonly openAttachment: (attachment: string) => void;
  readonly edit: () => void;
  readonly showVersion: (by: -1 | 1) => void;
}

export function Prompt({ view, strings, memory, pictures, openAttachment, edit, showVersion }: PromptProps) {
  const { id, prompt, attachments = [], notSent, source, version } = view;
  const name = `${id} prompt`;
  const [open, setOpen] = useState(memory.isUnfolded(name));
  const beginning = promptStart(prompt);
  const lines = prompt.includes('\n') ? 'several' : 'one';
  return (
    <div class="prompt">
      <div class="heading">
        <h2 tabIndex={-1}>{strings.you}</h2>
        {source && <span class="source">{source}</span>}
        <span class="space" />
        {version && <VersionSwitch version={version} strings={strings} show={showVersion} />}
        <Button onClick={edit}>{strings.edit}</Button>
      </div>
      {attachments.length > 0 && (
        <AttachmentChips {...{ attachments, strings, pictures }} open={openAttachment} />
      )}
      <div class={`words ${lines}`} dir="auto">
        {chunks(open ? prompt : beginning).map((piece) => (
          <div>{piece}</div>
        ))}
      </div>
      {notSent && <p class="not-sent">{notSent}</p>}
      {beginning.length < prompt.length && (
        <Button
          kind="fold"
          expanded={open}
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

/** The place of a turn among its versions, with buttons for the previous and the next one. */
function VersionSwitch({
  version: { index, count },
  strings,
  show,
}: {
  readonly version: NonNullable<TurnView['version']>;
  readonly strings: PanelStrings;
  readonly show: (by: -1 | 1) => void;
}) {
  return (
    <span class="versions" role="group" aria-label={strings.versions}>
      <Button name={strings.previousVersion} onClick={() => show(-1)} disabled={index <= 1}>
        ‹
      </Button>
      <span>{fill(strings.version, index, count)}</span>
      <Button name={strings.nextVersion} onClick={() => show(1)} disabled={index >= count}>
        ›
      </Button>
    </span>
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
