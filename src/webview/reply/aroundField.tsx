// What the composer shows above and below its text field.
import type { PendingView } from '../../protocol/attachments';
import type { ComposerView } from '../../protocol/composer';
import type { PanelStrings, ReplyToHost } from '../../protocol/reply';
import { Button } from '../kit/button';
import { fill } from '../kit/format';
import { AttachmentChips, type AttachmentChipsProps } from './attachments/attachmentChips';
import { Queue } from './queue';

interface AroundField {
  readonly view: ComposerView;
  readonly strings: PanelStrings;
  readonly conversation: string;
  readonly post: (message: ReplyToHost) => void;
}

export function AboveField({
  view: { queues, size, turnsToTake, attachments },
  strings,
  conversation,
  post,
  isEditing,
  isHurried,
  preparing,
  pictures,
  cancelEdit,
  editQueued,
  takeLastTurns,
  cancelFile,
}: AroundField &
  Pick<AttachmentChipsProps, 'pictures'> & {
    readonly isEditing: boolean;
    /** The user has tried to send a prompt to which something is still being attached. */
    readonly isHurried: boolean;
    readonly preparing: readonly PendingView[];
    readonly cancelEdit: () => void;
    readonly editQueued: (prompt: string) => void;
    readonly takeLastTurns: () => void;
    readonly cancelFile: (file: string) => void;
  }) {
  return (
    <>
      {queues.map((queue) => (
        <Queue key={queue.note} {...{ queue, strings, conversation, post }} edit={editQueued} />
      ))}
      {isEditing && (
        <p class="editing">
          <span>{strings.editing}</span>
          <Button onClick={cancelEdit}>{strings.cancel}</Button>
        </p>
      )}
      {size?.advice && (
        <p class={`size-advice ${size.level}`}>
          <span>{size.advice}</span>
          {turnsToTake > 0 && (
            <Button onClick={takeLastTurns}>{fill(strings.takeLastTurns, turnsToTake)}</Button>
          )}
        </p>
      )}
      {isHurried && <p class="size-advice">{strings.notReady}</p>}
      {attachments.length + preparing.length > 0 && (
        <AttachmentChips
          {...{ attachments, strings, pictures, preparing, cancel: cancelFile }}
          open={(attachment) => post({ type: 'openAttachment', attachment })}
          remove={(attachment) => post({ type: 'detach', conversation, attachment })}
        />
      )}
    </>
  );
}

export function BelowField({
  view: { model, modelDetail, selection, size },
  strings,
  conversation,
  post,
  canSend,
  isQueued,
  submit,
}: AroundField & {
  readonly canSend: boolean;
  /** A prompt would wait for the reply that is running. */
  readonly isQueued: boolean;
  readonly submit: () => void;
}) {
  return (
    <>
      <Button
        kind="add"
        name={strings.attachPick}
        title={strings.attachHint}
        onClick={() => post({ type: 'attachPick', conversation })}
      >
        +
      </Button>
      <Button
        kind="model"
        name={`${model}. ${strings.changeModel}`}
        title={[modelDetail, strings.changeModel].filter(Boolean).join('\n')}
        onClick={() => post({ type: 'pickModel', conversation })}
      >
        {model}
      </Button>
      {selection && (
        <Button title={selection} onClick={() => post({ type: 'attach', conversation })}>
          {fill(strings.attach, selection)}
        </Button>
      )}
      <Button kind="primary" disabled={!canSend} onClick={submit}>
        {isQueued ? strings.queue : strings.send}
      </Button>
      {size && (
        <span class="size" title={size.detail}>
          {size.text}
        </span>
      )}
    </>
  );
}
