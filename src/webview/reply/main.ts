// The page's entry: joins the host's messages and the reader's keys and clicks to what is on the page.
import type { ReplyToWebview } from '../../protocol/reply';
import { ConversationView } from './conversation';
import { guarded, post } from './host';
import { followable } from '../markdown/links';

const page = document.getElementById('panel') ?? document.body.appendChild(document.createElement('main'));
const conversation = new ConversationView(page);

function handle(message: ReplyToWebview): void {
  switch (message.type) {
    case 'snapshot': {
      conversation.show(message);
      return;
    }
    case 'more':
      return conversation.turn(message.turn)?.more(message.text, message.reasoning);
    case 'state':
      return conversation.turn(message.turn)?.update(message.state);
    case 'details':
      return conversation.turn(message.turn)?.detail(message.attempts);
    default:
      message satisfies never;
  }
}

addEventListener('message', ({ data }: MessageEvent<ReplyToWebview>) =>
  guarded('message', () => handle(data)),
);

addEventListener('keydown', (event) => {
  // keyCode 229: Chromium's name for a key that belongs to an input method, after isComposing is gone.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no successor tells this
  if (event.key !== 'Escape' || event.isComposing || event.keyCode === 229) return;
  const turn = conversation.running;
  if (turn !== undefined) post({ type: 'stop', turn });
});

// VS Code opens any link that is clicked, whoever prevented it: its listener must not hear of it.
for (const type of ['click', 'auxclick'] as const) {
  document.addEventListener(
    type,
    (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const href = followable(link.getAttribute('href') ?? '');
      if (href !== undefined && event.button < 2) guarded('link', () => post({ type: 'open', href }));
    },
    { capture: true },
  );
}

addEventListener('error', ({ error }) =>
  post({ type: 'broken', what: error instanceof Error ? error.name : 'error' }),
);

post({ type: 'ready' });
