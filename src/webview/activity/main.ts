// The entry of the Activity page: connects the host's messages and the user's keys to the page.
import type { ActivityToHost, ActivityToWebview } from '../../protocol/activity';
import { openAnnouncer } from '../kit/announcer';
import { keepFocusOfWindow } from '../kit/focusOfWindow';
import { connect, pageRoot } from '../kit/host';
import { ActivityMemory } from './memory';
import { Page } from './page';
import { tabAfter } from './tabKeys';

const host = connect<ActivityToHost, ActivityToWebview>();
const announce = openAnnouncer(document.body);
const page = new Page(pageRoot(), { host, memory: new ActivityMemory(host), announce });

function handle(message: ActivityToWebview): void {
  switch (message.type) {
    case 'show':
      page.show(message.view);
      return;
    case 'rows':
      page.setRows(message);
      return;
    default:
      message satisfies never;
  }
}

host.onMessage(handle);

addEventListener('keydown', (event) => {
  const { key, target } = event;
  const tab = target instanceof HTMLElement ? target.closest<HTMLElement>('[role=tab]') : null;
  if (tab) moveTab(tab, event);
  // In a search box with text, Escape clears the box.
  const hasText = target instanceof HTMLInputElement && target.value !== '';
  if (key === 'Escape' && !event.isComposing && !hasText && page.close()) event.preventDefault();
});

/** Arrow keys move between tabs: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
function moveTab(tab: HTMLElement, event: KeyboardEvent): void {
  const tabs = [...(tab.parentElement?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
  const next = tabs[tabAfter(event.key, tabs.indexOf(tab), tabs.length) ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

// VS Code focuses the view as a whole; move the focus to an element that handles keys.
addEventListener('focus', () => {
  if (document.activeElement === document.body) page.focus();
});

keepFocusOfWindow();
host.post({ type: 'ready' });
