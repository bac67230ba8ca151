// The entry of the reply page: connects the host's messages and the user's keys and clicks to the page.
import type { ReplyToHost, ReplyToWebview } from '../../protocol/reply';
import { openAnnouncer } from '../kit/announcer';
import { connect, pageRoot } from '../kit/host';
import { followable } from '../../markdown/links';
import { isCodeMenuOpen } from '../markdown/codeMenu';
import { followCodeInUse } from './codeInUse';
import { ConversationView } from './conversation';
import { ReplyMemory } from './memory';
import { StickToBottom } from './stickToBottom';

const host = connect<ReplyToHost, ReplyToWebview>();
const memory = new ReplyMemory(host);
const conversation = new ConversationView(pageRoot(), {
  host,
  memory,
  announce: openAnnouncer(document.body),
  scroll: new StickToBottom(memory),
});

function handle(message: ReplyToWebview): void {
  switch (message.type) {
    case 'snapshot': {
      conversation.show(message);
      return;
    }
    case 'append':
      return conversation.turn(message.turn)?.append(message.text, message.reasoning);
    case 'state':
      return conversation.turn(message.turn)?.update(message.state);
    case 'details':
      return conversation.turn(message.turn)?.setAttempts(message.attempts);
    default:
      message satisfies never;
  }
}

host.onMessage(handle);
setInterval(() => host.guarded('tick', () => conversation.tick()), 1000);

addEventListener('keydown', (event) => {
  // keyCode 229: Chromium's code for a key that an input method handles, when isComposing is already false.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- there is no replacement for this
  if (event.key !== 'Escape' || event.isComposing || event.keyCode === 229) return;
  if (isCodeMenuOpen()) return;
  const turn = conversation.running;
  if (turn !== undefined) host.post({ type: 'stop', turn });
});

// VS Code's listener opens every clicked link, even if preventDefault() was called, so it must not get the event.
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

followCodeInUse(document, host.post);
host.post({ type: 'ready' });
