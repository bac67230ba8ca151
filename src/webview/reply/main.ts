// The entry of the reply page: connects the host's messages and the user's keys and clicks to the page.
import type { PageCommand, ReplyToHost, ReplyToWebview } from '../../protocol/reply';
import { openAnnouncer } from '../kit/announcer';
import { keepFocusOfWindow } from '../kit/focusOfWindow';
import { connect, pageRoot } from '../kit/host';
import { followable } from '../../markdown/links';
import { isCodeMenuOpen } from '../markdown/codeMenu';
import { fitPicture } from './attachments/fitPicture';
import { Pictures } from './attachments/pictures';
import { followCodeInUse } from './codeInUse';
import { ComposerPage } from './composer';
import { ConversationView } from './conversation';
import { isTakenByInputMethod } from './inputMethod';
import { ReplyMemory } from './memory';
import { ReadingPosition } from './readingPosition';

/** ms between two messages about where the reader is. */
const placeDelayMs = 200;

const host = connect<ReplyToHost, ReplyToWebview>();
const memory = new ReplyMemory(host);
let conversationId = '';
let placeTimer: ReturnType<typeof setTimeout> | undefined;
const reading = new ReadingPosition(pageRoot(), {
  onMove: () => (placeTimer ??= setTimeout(() => host.guarded('place', postPlace), placeDelayMs)),
});
const announce = openAnnouncer(document.body);
const pictures = new Pictures(host.post);
const composer = new ComposerPage({
  ...{ post: host.post, announce, pictures },
  prompts: () => conversation.prompts,
  onSend: () => conversation.expectPrompt(true),
});
const conversation: ConversationView = new ConversationView(pageRoot(), {
  ...{ host, memory, reading, announce, pictures },
  edit: (turn, prompt) => composer.edit(turn, prompt),
});

function postPlace(): void {
  clearTimeout(placeTimer);
  placeTimer = undefined;
  const { place } = reading;
  if (place && conversationId) host.post({ type: 'place', conversation: conversationId, place });
}

function handle(message: ReplyToWebview): void {
  switch (message.type) {
    case 'snapshot': {
      const last = message.turns.at(-1);
      // The place in the conversation that is left belongs to that one.
      if (placeTimer !== undefined && message.conversation !== conversationId) postPlace();
      conversationId = message.conversation;
      composer.show(
        {
          strings: message.strings,
          conversation: message.conversation,
          view: message.composer,
          isRunning: last !== undefined && last.state.phase !== 'ended',
        },
        message.draft,
        message.edits,
      );
      conversation.show(message);
      return;
    }
    case 'append':
      return conversation.turn(message.turn)?.append(message.text, message.reasoning);
    case 'state': {
      conversation.turn(message.turn)?.update(message.state);
      composer.setRunning(conversation.isLastRunning);
      return;
    }
    case 'comparison':
      return conversation.turn(message.turn)?.setComparison(message.view);
    case 'details':
      return conversation.turn(message.turn)?.setAttempts(message.attempts);
    case 'composer': {
      composer.update(message.conversation, message.view);
      return;
    }
    case 'promptBack': {
      conversation.expectPrompt(false);
      composer.putBack(message.conversation, message.text, message.editing);
      return;
    }
    case 'attachDone': {
      composer.attachDone(message.files);
      return;
    }
    case 'picture': {
      void pictures.receive(message);
      return;
    }
    case 'scalePicture': {
      void scale(message);
      return;
    }
    case 'command': {
      commands[message.command]();
      return;
    }
    default:
      message satisfies never;
  }
}

/** Scales a picture for the host, which can't. */
async function scale(message: Extract<ReplyToWebview, { type: 'scalePicture' }>): Promise<void> {
  const { id, file, maxSize, maxEdge } = message;
  const fitted = await fitPicture(file, { size: maxSize, edge: maxEdge });
  const picture = typeof fitted === 'object' && { from: fitted.from, ...fitted.file };
  host.post({ type: 'scaled', id, ...(picture && { picture }) });
}

function stepVersion(by: -1 | 1): void {
  const turn = conversation.turnWithVersions;
  if (turn) host.post({ type: 'version', turn: turn.id, by });
}

const commands: { readonly [C in PageCommand]: () => void } = {
  focusComposer: () => composer.focus(),
  previousPrompt: () => reading.step(-1),
  nextPrompt: () => reading.step(1),
  previousVersion: () => stepVersion(-1),
  nextVersion: () => stepVersion(1),
};

host.onMessage(handle);
setInterval(() => host.guarded('tick', () => conversation.tick()), 1000);

addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || isTakenByInputMethod(event) || isCodeMenuOpen()) return;
  const turn = conversation.running;
  if (turn !== undefined) host.post({ type: 'stop', turn });
});

// The keys of “Go to Previous Prompt” and the next, which VS Code sends as commands: Chromium would scroll by a page, too.
addEventListener('keydown', (event) => {
  if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) event.preventDefault();
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

addEventListener('pagehide', () => {
  if (placeTimer !== undefined) postPlace();
});

followCodeInUse(document, host.post);
keepFocusOfWindow();
host.post({ type: 'ready' });
