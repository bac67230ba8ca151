// Under a reply, folded: what its attempts did on the wire. The host is asked for it only when it is unfolded.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Attempt } from '../inspector/attempt';
import type { TurnModel } from './turnModel';

export function Details({ turn }: { readonly turn: TurnModel }) {
  const { id, attempts, context } = turn;
  const { strings, post, memory, copied } = context;
  const name = `${id} details`;
  /** How many attempts are over. */
  const count = turn.state.attempts;
  /** Of how many the host was asked. */
  const asked = useRef(0);
  const [open, setOpen] = useState(memory.isUnfolded(name));
  useLayoutEffect(() => {
    if (!open || asked.current === count) return;
    asked.current = count;
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
              copied(from);
            }}
          />
        ))}
      </div>
    </details>
  );
}
