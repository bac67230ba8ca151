// The entry of Check Connection's page: joins the host's messages and the reader's keys to what is on the page.
import type { CheckToHost, CheckToWebview } from '../../protocol/check';
import { openAnnouncer } from '../kit/announcer';
import { connect, pageRoot } from '../kit/host';
import { CheckPage } from './checkPage';

const host = connect<CheckToHost, CheckToWebview>();
const page = new CheckPage(pageRoot(), host, openAnnouncer(document.body));

host.onMessage((message) => page.show(message));
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') page.stop();
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

host.post({ type: 'ready' });
