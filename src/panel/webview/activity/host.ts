// The other half of the view, as the page sees it.
import type { Choice, ToHost } from '../../../activity/protocol';
import { connect } from '../api';

export const { post, getState, setState, guarded } = connect<ToHost>();

export function choose(chosen: Choice): void {
  post({ type: 'choose', chosen });
}
