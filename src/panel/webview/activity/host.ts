// The other half of the view, as the page sees it.
import type { Chosen, ToHost } from '../../../activity/protocol';
import { connect } from '../api';

export const { post, guarded } = connect<ToHost>();

export function choose(chosen: Partial<Chosen>): void {
  post({ type: 'choose', chosen });
}
