// The page of Check Connection: draws the view that the host tells, and hands back which button was pressed.
import type { ToHost, ToWebview } from '../../../check/protocol';
import { announce } from '../announcer';
import { connect } from '../api';
import { patch } from '../patch';
import { checkContents, news } from './contents';

const { post, guarded } = connect<ToHost>();
const page = document.getElementById('panel') ?? document.body.appendChild(document.createElement('main'));
page.className = 'check';
let running = false;
let said = '';

function show({ view }: ToWebview): void {
  running = view.phase === 'running';
  patch(
    page,
    checkContents(view, {
      own: (action, from) => {
        post({ type: 'do', action });
        if (action === 'copyReport') showCopied(from, view.copied);
      },
      act: (action) => post({ type: 'act', action }),
    }),
  );
  const now = news(view);
  if (now !== said && view.phase !== 'before') announce(now);
  said = now;
}

function showCopied(from: HTMLElement, copied: string): void {
  announce(copied);
  const label = from.textContent;
  if (label === copied) return;
  from.textContent = copied;
  setTimeout(() => (from.textContent = label), 1500);
}

addEventListener('message', ({ data }: MessageEvent<ToWebview>) => guarded('message', () => show(data)));
addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && running) post({ type: 'do', action: 'stop' });
});
addEventListener('error', ({ error }) =>
  post({ type: 'broken', what: error instanceof Error ? error.name : 'error' }),
);

post({ type: 'ready' });
