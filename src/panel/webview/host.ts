// The other half of the panel, as the page sees it.
import type { ToHost } from '../protocol';
import { connect } from './api';

export const { post, getState, setState, guarded } = connect<ToHost>();
