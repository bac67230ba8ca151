// The other half of the view, as the page sees it.
import type { Choice, ToHost } from '../../protocol/activity';
import { connect } from '../kit/host';

export const { post, getState, setState, guarded } = connect<ToHost>();

export function choose(chosen: Choice): void {
  post({ type: 'choose', chosen });
}
