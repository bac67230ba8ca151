import type { Words } from '../../protocol';

/** What shapes need of the page around them. */
export interface Surroundings {
  readonly words: Words;
  readonly copyCode: (code: string, from: HTMLElement) => void;
}
