// What goes along with a prompt: as chips in the composer, and beside a prompt that was sent.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { AttachmentView, PendingView } from '../../../protocol/attachments';
import type { PanelStrings } from '../../../protocol/reply';
import { wholeCharacters } from '../../../markdown/limits';
import { Button } from '../../kit/button';
import type { Pictures } from './pictures';

export interface AttachmentChipsProps {
  readonly attachments: readonly AttachmentView[];
  readonly strings: PanelStrings;
  readonly pictures: Pick<Pictures, 'attach' | 'open'>;
  /** Shows what is no picture. */
  readonly open: (attachment: string) => void;
  /** Absent for those of a prompt that was sent. */
  readonly remove?: (attachment: string) => void;
}

/** One stop of Tab: the arrow keys go from one to the next, and Delete removes. */
export function AttachmentChips({
  attachments,
  preparing = [],
  cancel,
  ...props
}: AttachmentChipsProps & {
  /** What is not attached yet. */
  readonly preparing?: readonly PendingView[];
  readonly cancel?: (file: string) => void;
}) {
  const { strings, remove } = props;
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState('');
  const stop = attachments.some(({ id }) => id === current) ? current : attachments[0]?.id;
  const onKeyDown = (event: KeyboardEvent) => {
    const chips = [...(list.current?.querySelectorAll<HTMLElement>('.open') ?? [])];
    const at = chips.findIndex((chip) => chip.parentElement?.contains(event.target as Node));
    const attached = attachments[at];
    const by = steps[event.key];
    if (!attached || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (by !== undefined) chips[Math.max(0, Math.min(at + by, chips.length - 1))]?.focus();
    else if (remove && (event.key === 'Delete' || event.key === 'Backspace')) {
      (chips[at + 1] ?? chips[at - 1])?.focus();
      remove(attached.id);
    } else return;
    event.preventDefault();
  };
  return (
    <ul ref={list} class="chips" aria-label={strings.attachments} onKeyDown={onKeyDown}>
      {attachments.map((attachment) => (
        <Chip
          key={attachment.id}
          {...{ ...props, attachment }}
          isStop={attachment.id === stop}
          onFocus={() => setCurrent(attachment.id)}
        />
      ))}
      {preparing.map(({ id, name }) => (
        <li class="chip preparing" key={id} aria-busy="true">
          <span class="sign" />
          <span class="label">
            {name && <Name name={name} />}
            <span class="info">{strings.preparing}</span>
          </span>
          <Button name={`${strings.remove}: ${name || strings.preparing}`} onClick={() => cancel?.(id)}>
            ×
          </Button>
        </li>
      ))}
    </ul>
  );
}

const steps: Readonly<Record<string, number>> = {
  ...{ ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 },
  ...{ Home: -Infinity, End: Infinity },
};

function Chip({
  attachment,
  strings,
  pictures,
  open,
  remove,
  isStop,
  onFocus,
}: Omit<AttachmentChipsProps, 'attachments'> & {
  readonly attachment: AttachmentView;
  readonly isStop: boolean;
  readonly onFocus: () => void;
}) {
  const { id, name, facts, detail, sha256 } = attachment;
  const isPicture = sha256 !== undefined;
  return (
    <li class={`chip ${isPicture ? 'image' : ''}`}>
      <button
        type="button"
        class="open"
        tabIndex={isStop ? 0 : -1}
        aria-label={[name, facts, detail].filter(Boolean).join('. ')}
        aria-keyshortcuts={remove && 'Delete'}
        title={[name, facts, detail].filter(Boolean).join('\n')}
        onFocus={onFocus}
        onClick={() => (isPicture ? pictures.open(attachment, strings) : open(id))}
      >
        {isPicture ? <Thumbnail sha256={sha256} pictures={pictures} /> : <Sign name={name} />}
        <span class="label">
          <Name name={name} />
          {facts && <span class="info">{facts}</span>}
        </span>
      </button>
      {remove && (
        <Button name={`${strings.remove}: ${name}`} tabIndex={-1} onClick={() => remove(id)}>
          ×
        </Button>
      )}
    </li>
  );
}

function Thumbnail({
  sha256,
  pictures,
}: { readonly sha256: string } & Pick<AttachmentChipsProps, 'pictures'>) {
  const image = useRef<HTMLImageElement>(null);
  useLayoutEffect(() => (image.current ? pictures.attach(image.current, sha256) : undefined), [sha256]);
  return (
    <span class="sign">
      <img ref={image} alt="" draggable={false} />
    </span>
  );
}

/** In place of a thumbnail: how the file's name ends. */
function Sign({ name }: { readonly name: string }) {
  const [, ending = ''] = /\.([a-z][a-z0-9]{0,3})(?![.\w])/i.exec(name) ?? [];
  return (
    <span class="sign" aria-hidden="true">
      {ending || '≡'}
    </span>
  );
}

/** Shortened where it says the least. */
function Name({ name }: { readonly name: string }) {
  const end = name.length > 16 ? wholeCharacters(name, name.length - 8) : name.length;
  return (
    <span class="name" dir="auto">
      <span>{name.slice(0, end)}</span>
      {name.slice(end)}
    </span>
  );
}
