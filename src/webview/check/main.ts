// The entry of the Check Connection page: connects the host's messages and the user's keys to the page.
import type { CheckToHost, CheckToWebview } from '../../protocol/check';
import { openAnnouncer } from '../kit/announcer';
import { keepFocusOfWindow } from '../kit/focusOfWindow';
import { connect, pageRoot } from '../kit/host';
import { CheckPage } from './checkPage';

const host = connect<CheckToHost, CheckToWebview>();
const page = new CheckPage(pageRoot(), host, openAnnouncer(document.body));

host.onMessage((message) => page.show(message));
addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') page.stop();
});
// Buttons replace each other. The second click of a double click, and a held key, were meant for the previous button.
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

keepFocusOfWindow();
host.post({ type: 'ready' });
