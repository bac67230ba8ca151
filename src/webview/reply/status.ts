// The row that is there while a reply is not over: what is being waited for, what is unusual, and Stop.
import type { State, PanelStrings } from '../../protocol/reply';
import { button, h, type Child } from '../kit/vnode';
import { filled } from '../kit/format';

/** From when on the time is worth telling, ms. */
const worthTelling = 2000;

/** `since` is how many ms ago the state was told. */
export function waitingText({ phase, elapsed, retryIn }: State, since: number, words: PanelStrings): string {
  if (phase !== 'waiting') return '';
  if (retryIn !== undefined && retryIn > since)
    return filled(words.retryIn, Math.ceil((retryIn - since) / 1000));
  const waited = elapsed + since;
  return waited < worthTelling ? words.waiting : filled(words.waitingFor, Math.floor(waited / 1000));
}

export function statusContents(
  state: State,
  since: number,
  words: PanelStrings,
  stop: () => void,
): readonly Child[] {
  if (state.phase === 'ended') return [];
  return [
    h('div.progress', [], { attributes: { 'aria-hidden': 'true' } }),
    h('span.doing', [waitingText(state, since, words)]),
    button(words.stop, stop, 'secondary'),
  ];
}
