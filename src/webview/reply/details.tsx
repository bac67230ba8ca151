// The collapsed details of a reply's attempts. The page requests them from the host when they are expanded.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Attempt } from '../inspector/attempt';
import type { TurnModel } from './turnModel';

export function Details({ turn }: { readonly turn: TurnModel }) {
  const { id, attempts, context } = turn;
  const { strings, post, memory, showCopied } = context;
  const name = `${id} details`;
  /** How many attempts have ended. */
  const count = turn.state.attempts;
  /** How many attempts the page has requested. */
  const requested = useRef(0);
  const [open, setOpen] = useState(memory.isUnfolded(name));
  useLayoutEffect(() => {
    if (!open || requested.current === count) return;
    requested.current = count;
    post({ type: 'details', turn: id });
  }, [open, count]);
  return (
    <details
      class="details"
      hidden={count === 0}
      open={open}
      onToggle={({ currentTarget }) => {
        memory.rememberUnfolded(name, currentTarget.open);
        setOpen(currentTarget.open);
      }}
    >
      <summary>{strings.details}</summary>
      <div>
        {attempts.map((attempt) => (
          <Attempt
            attempt={attempt}
            strings={strings}
            copy={(what, from) => {
              post({ type: 'copyDetail', turn: id, attempt: attempt.number, what });
              showCopied(from);
            }}
          />
        ))}
      </div>
    </details>
  );
}
