// The outcome of a reply that needs a remark, and the line of stats under every reply.
import type { OutcomeView, ReplyStat, PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';

export function OutcomeBox({
  outcome,
  act,
}: {
  readonly outcome: OutcomeView | undefined;
  readonly act: (action: string) => void;
}) {
  if (!outcome) return null;
  const { kind, title, advice, providerMessage, actions } = outcome;
  if (!title && !advice && !providerMessage && actions.length === 0) return null;
  return (
    <div class={`problem ${kind}`}>
      {title && <p class="title">{title}</p>}
      {advice && <p class="advice">{advice}</p>}
      {providerMessage && (
        <blockquote class="quote" dir="auto">
          {providerMessage}
        </blockquote>
      )}
      {actions.length > 0 && (
        <div class="actions">
          {actions.map(({ id, label }, index) => (
            <Button kind={index === 0 ? 'primary' : 'secondary'} onClick={() => act(id)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

type CopyStat = (what: NonNullable<ReplyStat['copy']>, from: HTMLElement) => void;

export interface StatLineProps {
  readonly stats: readonly ReplyStat[];
  readonly strings: PanelStrings;
  readonly copyStat: CopyStat;
  /** undefined if there is no reply to copy. */
  readonly copyReply: ((from: HTMLElement) => void) | undefined;
  /** undefined while that is not possible. */
  readonly resend: (() => void) | undefined;
  readonly askAnother: (() => void) | undefined;
}

export function StatLine({ stats, strings, copyStat, copyReply, resend, askAnother }: StatLineProps) {
  return (
    <>
      {stats.length > 0 && (
        <ul class="facts">
          {stats.map((stat) => (
            <Stat stat={stat} copyStat={copyStat} />
          ))}
        </ul>
      )}
      <span class="buttons">
        {resend && <Button onClick={resend}>{strings.sendAgain}</Button>}
        {askAnother && <Button onClick={askAnother}>{strings.askAnotherModel}</Button>}
        {copyReply && <Button onClick={copyReply}>{strings.copyReply}</Button>}
      </span>
    </>
  );
}

function Stat({
  stat: { text, detail, copy },
  copyStat,
}: {
  readonly stat: ReplyStat;
  readonly copyStat: CopyStat;
}) {
  const name = detail ? `${text}: ${detail}` : undefined;
  if (!copy)
    return (
      <li title={name && detail} aria-label={name}>
        {text}
      </li>
    );
  return (
    <li>
      <Button kind="fact" onClick={(from) => copyStat(copy, from)} name={name} title={detail}>
        {text}
      </Button>
    </li>
  );
}
