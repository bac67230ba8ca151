import type { Words } from '../../protocol/reply';
import type { Content } from '../kit/vnode';

/** What shapes need of the page around them. */
export interface Surroundings {
  readonly words: Words;
  readonly copyCode: (code: string, from: HTMLElement) => void;
  /** The colours of code; undefined where it has none, or none yet. */
  readonly highlight?: (code: string, language: string) => readonly Content[] | undefined;
}
