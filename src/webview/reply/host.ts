// The other half of the panel, as the page sees it.
import type { ReplyToHost } from '../../protocol/reply';
import { connect } from '../kit/host';

export const { post, getState, setState, guarded } = connect<ReplyToHost>();
