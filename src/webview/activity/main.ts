// The page of Activity: draws what the host tells, and hands back what the reader chooses.
import type { ActivityToHost, ActivityToWebview } from '../../protocol/activity';
import { openAnnouncer } from '../kit/announcer';
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
      page.take(message);
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
  // In a box with something typed, Escape clears it.
  const isTyped = target instanceof HTMLInputElement && target.value !== '';
  if (key === 'Escape' && !event.isComposing && !isTyped && page.close()) event.preventDefault();
});

/** Arrow keys choose the tab beside: https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
function moveTab(tab: HTMLElement, event: KeyboardEvent): void {
  const tabs = [...(tab.parentElement?.querySelectorAll<HTMLElement>('[role=tab]') ?? [])];
  const next = tabs[tabAfter(event.key, tabs.indexOf(tab), tabs.length) ?? -1];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.click();
}

// VS Code gives the focus to the view as a whole: keys are to find something there.
addEventListener('focus', () => {
  if (document.activeElement === document.body) page.focus();
});

host.post({ type: 'ready' });
