// Tells the host which code block is in use, so that commands act on it: the one with the focus, or clicked last.
import type { ReplyToHost } from '../../protocol/reply';
import { turnAround } from './turnElements';

/** Watches the page until it is gone. */
export function followCodeInUse(page: Document, post: (message: ReplyToHost) => void): void {
  let last = '';
  const follow = ({ target }: Event) => {
    if (!(target instanceof Element)) return;
    const block = Number(target.closest<HTMLElement>('.code')?.dataset['block'] ?? NaN);
    const turn = turnAround(target);
    const isCode = turn !== undefined && Number.isInteger(block);
    const current = isCode ? `${turn} ${block}` : '';
    if (current === last) return;
    last = current;
    post(isCode ? { type: 'codeInUse', turn, block } : { type: 'codeInUse' });
  };
  for (const type of ['focusin', 'pointerdown']) page.addEventListener(type, follow);
}
