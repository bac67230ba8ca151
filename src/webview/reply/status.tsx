// The row that is there while a reply is not over: what is being waited for, what is unusual, and Stop.
import type { State, PanelStrings } from '../../protocol/reply';
import { Button } from '../kit/button';
import { filled } from '../kit/format';

/** From when on the time is worth telling, ms. */
const worthTelling = 2000;

/** `since` is how many ms ago the state was told. */
export function waitingText(
  { phase, elapsed, retryIn }: State,
  since: number,
  strings: PanelStrings,
): string {
  if (phase !== 'waiting') return '';
  if (retryIn !== undefined && retryIn > since)
    return filled(strings.retryIn, Math.ceil((retryIn - since) / 1000));
  const waited = elapsed + since;
  return waited < worthTelling ? strings.waiting : filled(strings.waitingFor, Math.floor(waited / 1000));
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
      <Button kind="secondary" onPress={stop}>
        {strings.stop}
      </Button>
    </>
  );
}
