// The page's entry: joins the host's messages and the reader's keys and clicks to what is on the page.
import type { ReplyToHost, ReplyToWebview } from '../../protocol/reply';
import { openAnnouncer } from '../kit/announcer';
import { connect, pageRoot } from '../kit/host';
import { followable } from '../../markdown/links';
import { ConversationView } from './conversation';
import { ReplyMemory } from './memory';
import { StickToBottom } from './stickToBottom';

const host = connect<ReplyToHost, ReplyToWebview>();
const memory = new ReplyMemory(host);
const conversation = new ConversationView(pageRoot(), {
  host,
  memory,
  announce: openAnnouncer(document.body),
  follow: new StickToBottom(memory),
});

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

host.onMessage(handle);
setInterval(() => host.guarded('tick', () => conversation.tick()), 1000);

addEventListener('keydown', (event) => {
  // keyCode 229: Chromium's name for a key that belongs to an input method, after isComposing is gone.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- no successor tells this
  if (event.key !== 'Escape' || event.isComposing || event.keyCode === 229) return;
  const turn = conversation.running;
  if (turn !== undefined) host.post({ type: 'stop', turn });
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
      if (href !== undefined && event.button < 2)
        host.guarded('link', () => host.post({ type: 'open', href }));
    },
    { capture: true },
  );
}

host.post({ type: 'ready' });
