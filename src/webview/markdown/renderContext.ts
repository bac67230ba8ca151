// What rendering Markdown needs from the page.
import type { VNode } from 'preact';
import type { CodeAction, PanelStrings } from '../../protocol/reply';

/** Only elements and text, no components, so that the accessible text is known before they are drawn. */
export type Child = VNode | string;

export interface RenderContext {
  readonly strings: PanelStrings;
  /** Acts on a code block by its 0-based number in the reply. */
  readonly onCode: (action: CodeAction, block: number, from: HTMLElement) => void;
  /** Whether the prompt was about a selection that code can replace. */
  readonly canReplace: boolean;
  /** The number of the next code block; each block increments it. */
  readonly numbers: { next: number };
  /** Highlights code; undefined if that is not possible, or not done yet. */
  readonly highlight?: (code: string, language: string) => readonly Child[] | undefined;
}
