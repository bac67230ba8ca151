// What a person does to the workbench, with keys and mouse.
import type { Locator } from 'playwright-core';
import { until, waitLimit } from '../limits';
import type { Workbench } from './workbench';

export function quickInput({ page }: Workbench): Locator {
  return page.locator('.quick-input-widget:visible');
}

/** A row of the quick pick, by the whole of its label. */
export function quickPickRow(workbench: Workbench, label: string | RegExp): Locator {
  return quickInput(workbench)
    .locator('.quick-input-list .monaco-list-row')
    .filter({ has: workbench.page.getByText(label, { exact: true }) });
}

/**
 * Opens the palette, types the title (such as "Bedrock: Stop") and takes the command of that very name. A page that is just
 * being loaded may swallow the key, or take the focus so that the palette closes; a person would press the key again.
 */
export async function runCommandFromPalette(workbench: Workbench, title: string): Promise<void> {
  const input = quickInput(workbench).locator('input').first();
  const row = quickPickRow(workbench, title).first();
  const timeout = 5000;
  await until(async () => {
    try {
      // Also while another pick is open, which the palette takes the place of.
      await workbench.page.keyboard.press('F1');
      await input.fill(`>${title}`, { timeout });
      await row.waitFor({ timeout });
      await row.click({ timeout });
      return true;
    } catch {
      return false;
    }
  }, `the palette with “${title}”`);
}

/** The choices that the quick pick shows now. */
export async function quickPickLabels(workbench: Workbench): Promise<string[]> {
  const labels = quickInput(workbench).locator('.quick-input-list .label-name');
  await labels.first().waitFor();
  return await labels.allInnerTexts();
}

export async function choose(workbench: Workbench, label: string | RegExp): Promise<void> {
  await quickPickRow(workbench, label).first().click();
}

/** Types into the input box or quick pick that is open, and accepts. */
export async function typeAndAccept(workbench: Workbench, text: string): Promise<void> {
  await quickInput(workbench).locator('input').first().fill(text);
  await workbench.page.keyboard.press('Enter');
}

/** Right-clicks the selected text of the active editor and walks the menu: `'Bedrock', 'Send Selection…'`. */
export async function chooseFromEditorMenu(workbench: Workbench, ...labels: string[]): Promise<void> {
  await showEditorMenu(workbench, ...labels.slice(0, -1));
  await clickUntilGone(menuItem(workbench, labels.at(-1) ?? ''));
}

/** Right-clicks a row of a tree, and walks its menu. */
export async function chooseFromRowMenu(
  workbench: Workbench,
  row: Locator,
  ...labels: string[]
): Promise<void> {
  await row.click({ button: 'right' });
  for (const label of labels.slice(0, -1)) await menuItem(workbench, label).hover();
  await clickUntilGone(menuItem(workbench, labels.at(-1) ?? ''));
}

/** The same, with the submenu of the last label left open. */
export async function showEditorMenu(workbench: Workbench, ...labels: string[]): Promise<void> {
  await openEditorMenu(workbench);
  for (const label of labels) await menuItem(workbench, label).hover();
}

function menuItem({ page }: Workbench, label: string): Locator {
  return page
    .locator('.monaco-menu .action-item:visible')
    .filter({ has: page.getByText(label, { exact: true }) })
    .last();
}

/** The editor redraws its selection at will: an element found now may be another by the time of the click. */
async function openEditorMenu({ page }: Workbench): Promise<void> {
  const selected = page.locator('.editor-group-container.active .selected-text').filter({ visible: true });
  const menu = page.locator('.monaco-menu').first();
  const began = Date.now();
  while (Date.now() - began < waitLimit) {
    const box = await selected
      .first()
      .boundingBox({ timeout: 1000 })
      .catch(() => null);
    if (!box) continue;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { button: 'right' });
    const open = await menu.waitFor({ timeout: 1000 }).then(
      () => true,
      () => false,
    );
    if (open) return;
  }
  throw new Error('No menu opened at the selected text');
}

/** A menu takes no click in its first 100 ms (VS Code's menu.ts), which a person never notices. */
async function clickUntilGone(item: Locator): Promise<void> {
  const began = Date.now();
  while (Date.now() - began < waitLimit) {
    await item.click({ timeout: 5000 }).catch(() => undefined);
    const gone = await item.waitFor({ state: 'hidden', timeout: 500 }).then(
      () => true,
      () => false,
    );
    if (gone) return;
  }
  throw new Error('The menu stayed open');
}

/** The labels of the menus that are open now, a submenu's after its parent's. */
export async function menuLabels({ page }: Workbench): Promise<string[]> {
  return await page
    .locator('.monaco-menu .action-item:visible .action-label:not(.separator)')
    .allInnerTexts();
}
