// The other half of the view, as the page sees it.
import type { ViewOptionsPatch, ActivityToHost } from '../../protocol/activity';
import { connect } from '../kit/host';

export const { post, getState, setState, guarded } = connect<ActivityToHost>();

export function setOptions(chosen: ViewOptionsPatch): void {
  post({ type: 'choose', chosen });
}
