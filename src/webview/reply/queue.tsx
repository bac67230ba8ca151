// Prompts above the composer that wait for a reply, or for the user.
import type { QueueView } from '../../protocol/composer';
import type { PanelStrings, ReplyToHost } from '../../protocol/reply';
import { Button } from '../kit/button';

export function Queue({
  queue: { note, prompts, canSend },
  strings,
  conversation,
  post,
  edit,
}: {
  readonly queue: QueueView;
  readonly strings: PanelStrings;
  readonly conversation: string;
  readonly post: (message: ReplyToHost) => void;
  readonly edit: (prompt: string) => void;
}) {
  return (
    <section class="queue" aria-label={note}>
      <p>{note}</p>
      <ol>
        {prompts.map(({ id, text }) => (
          <li key={id}>
            <span class="text">{text}</span>
            {canSend && (
              <Button
                name={`${strings.sendNow}: ${text}`}
                onClick={() => post({ type: 'sendQueued', conversation, prompt: id })}
              >
                {strings.sendNow}
              </Button>
            )}
            <Button name={`${strings.edit}: ${text}`} onClick={() => edit(id)}>
              {strings.edit}
            </Button>
            <Button
              name={`${strings.remove}: ${text}`}
              onClick={() => post({ type: 'removeQueued', conversation, prompt: id })}
            >
              ×
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}
