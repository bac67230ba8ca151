import type { VNode } from 'preact';
import type { PanelStrings } from '../../protocol/reply';

/** Elements and text alone, no components: what a reader hears of them is known before they are drawn. */
export type Child = VNode | string;

/** What drawing needs of the page around it. */
export interface RenderContext {
  readonly words: PanelStrings;
  readonly copyCode: (code: string, from: HTMLElement) => void;
  /** The colours of code; undefined where it has none, or none yet. */
  readonly highlight?: (code: string, language: string) => readonly Child[] | undefined;
}
