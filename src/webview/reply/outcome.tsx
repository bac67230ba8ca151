// How a reply ended, where it did not simply end; and the line of facts under every reply.
import type { OutcomeView, ReplyStat, PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';

export function ReplyEnding({
  ending,
  act,
}: {
  readonly ending: OutcomeView | undefined;
  readonly act: (action: string) => void;
}) {
  if (!ending) return null;
  const { kind, title, advice, said, actions } = ending;
  if (!title && !advice && !said && actions.length === 0) return null;
  return (
    <div class={`ending ${kind}`}>
      {title && <p class="title">{title}</p>}
      {advice && <p class="advice">{advice}</p>}
      {said && (
        <blockquote class="said" dir="auto">
          {said}
        </blockquote>
      )}
      {actions.length > 0 && (
        <div class="actions">
          {actions.map(({ id, label }, index) => (
            <Button kind={index === 0 ? 'primary' : 'secondary'} onPress={() => act(id)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

type CopyFact = (what: NonNullable<ReplyStat['copy']>, from: HTMLElement) => void;

export interface FactsProps {
  readonly facts: readonly ReplyStat[];
  readonly words: PanelStrings;
  readonly copyFact: CopyFact;
  /** undefined where there is no reply to copy. */
  readonly copyReply: ((from: HTMLElement) => void) | undefined;
}

export function Facts({ facts, words, copyFact, copyReply }: FactsProps) {
  return (
    <>
      {facts.length > 0 && (
        <ul class="facts">
          {facts.map((fact) => (
            <Fact fact={fact} copyFact={copyFact} />
          ))}
        </ul>
      )}
      {copyReply && <Button onPress={copyReply}>{words.copyReply}</Button>}
    </>
  );
}

function Fact({
  fact: { text, detail, copy },
  copyFact,
}: {
  readonly fact: ReplyStat;
  readonly copyFact: CopyFact;
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
      <Button kind="fact" onPress={(from) => copyFact(copy, from)} name={name} title={detail}>
        {text}
      </Button>
    </li>
  );
}
