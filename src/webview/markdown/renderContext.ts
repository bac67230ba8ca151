import type { VNode } from 'preact';
import type { PanelStrings } from '../../protocol/reply';

/** Elements and text alone, no components: what a reader hears of them is known before they are drawn. */
export type Child = VNode | string;

/** What drawing needs of the page around it. */
export interface RenderContext {
  readonly strings: PanelStrings;
  /** Copies a block of code by its number in the reply, 0 the first. */
  readonly copyCode: (block: number, from: HTMLElement) => void;
  /** The number of the block that is drawn next: each that is drawn counts it up. */
  readonly numbers: { next: number };
  /** The colours of code; undefined where it has none, or none yet. */
  readonly highlight?: (code: string, language: string) => readonly Child[] | undefined;
}
