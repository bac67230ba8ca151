import type { PanelStrings } from '../../protocol/reply';
import type { Child } from '../kit/vnode';

/** What shapes need of the page around them. */
export interface RenderContext {
  readonly words: PanelStrings;
  readonly copyCode: (code: string, from: HTMLElement) => void;
  /** The colours of code; undefined where it has none, or none yet. */
  readonly highlight?: (code: string, language: string) => readonly Child[] | undefined;
}
