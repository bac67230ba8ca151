// The page of Activity: draws what the host tells, and hands back what the reader chooses.
import type { ActivityToWebview } from '../../protocol/activity';
import { guarded, post } from './host';
import { Page } from './page';
import { tabAfter } from './tabKeys';

const main = document.getElementById('panel') ?? document.body.appendChild(document.createElement('main'));
main.className = 'activity';
const page = new Page(main);

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

addEventListener('message', ({ data }: MessageEvent<ActivityToWebview>) =>
  guarded('message', () => handle(data)),
);

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

addEventListener('error', ({ error }) =>
  post({ type: 'broken', what: error instanceof Error ? error.name : 'error' }),
);

post({ type: 'ready' });
