// The page of Check Connection: draws the view that the host tells, and hands back which button was pressed.
import type { CheckToHost, CheckToWebview } from '../../protocol/check';
import { announce } from '../kit/announcer';
import { connect } from '../kit/host';
import { patch } from '../kit/patch';
import { showCopied } from '../kit/showCopied';
import { checkContents, news } from './contents';

const { post, guarded } = connect<CheckToHost>();
const page = document.getElementById('panel') ?? document.body.appendChild(document.createElement('main'));
page.className = 'check';
let running = false;
let offer = 0;
let said = '';

function show({ view }: CheckToWebview): void {
  running = view.phase === 'running';
  offer = view.offer;
  const focused = document.activeElement;
  patch(
    page,
    checkContents(view, {
      own: (action, from) => {
        post({ type: 'do', action, offer });
        if (action === 'copyReport') showCopied(from, view.copied);
      },
      act: (action) => post({ type: 'act', action }),
    }),
  );
  const gone = focused instanceof HTMLButtonElement && (focused.hidden || !focused.isConnected);
  // Only where it was lost: from elsewhere in VS Code it is not taken.
  if (gone && document.hasFocus()) focusAfter(running);
  const now = news(view);
  if (now !== said && view.phase !== 'before') announce(now);
  said = now;
}

/** Where Begin was pressed, Stop is at hand; where Stop was, or what is gone with its stage, nothing that a key would press. */
function focusAfter(began: boolean): void {
  const next = began ? page.querySelector('.actions > button:not([hidden])') : page.querySelector('.summary');
  if (next instanceof HTMLElement) next.focus();
}

addEventListener('message', ({ data }: MessageEvent<CheckToWebview>) => guarded('message', () => show(data)));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && running) post({ type: 'do', action: 'stop', offer });
});
// Buttons take each other's place: the second click of two, and a key that is held, were meant for the one before.
addEventListener(
  'click',
  (event) => {
    if (event.detail > 1) event.stopImmediatePropagation();
  },
  { capture: true },
);
addEventListener(
  'keydown',
  (event) => {
    if (event.repeat && event.target instanceof HTMLButtonElement) event.preventDefault();
  },
  { capture: true },
);
addEventListener('error', ({ error }) =>
  post({ type: 'broken', what: error instanceof Error ? error.name : 'error' }),
);

post({ type: 'ready' });
