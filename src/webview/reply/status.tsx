// The status line of a running reply: what it waits for, and the Stop button.
import type { State, PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';
import { fill } from '../kit/format';

/** ms of waiting after which the time is shown. */
const showTimeAfterMs = 2000;

/** `since`: ms since the state arrived. '' unless the reply is waiting. */
export function waitingText(
  { phase, elapsed, retryIn }: State,
  since: number,
  strings: PanelStrings,
): string {
  if (phase !== 'waiting') return '';
  if (retryIn !== undefined && retryIn > since)
    return fill(strings.retryIn, Math.ceil((retryIn - since) / 1000));
  const waited = elapsed + since;
  return waited < showTimeAfterMs ? strings.waiting : fill(strings.waitingFor, Math.floor(waited / 1000));
}

export function Status({
  state,
  since,
  strings,
  stop,
}: {
  readonly state: State;
  readonly since: number;
  readonly strings: PanelStrings;
  readonly stop: () => void;
}) {
  if (state.phase === 'ended') return null;
  return (
    <>
      <div class="progress" aria-hidden="true" />
      <span class="doing">{waitingText(state, since, strings)}</span>
      {!state.runsElsewhere && (
        <Button kind="secondary" onClick={stop}>
          {strings.stop}
        </Button>
      )}
    </>
  );
}
