// The composer of the reply panel, as a person uses it.
import type { Frame, Locator } from 'playwright-core';
import type { Entry } from '../gateway/log';
import { webviewFrame } from './sights';
import type { Scene } from './scene';

/** The panel's document, once it has a composer. */
export async function composerFrame({ workbench }: Pick<Scene, 'workbench'>): Promise<Frame> {
  return webviewFrame(workbench, '#composer textarea');
}

export function field(frame: Frame): Locator {
  return frame.locator('#composer textarea');
}

/** Types a prompt and presses Enter. */
export async function ask(
  { workbench }: Pick<Scene, 'workbench'>,
  frame: Frame,
  prompt: string,
): Promise<void> {
  await field(frame).click();
  await workbench.page.keyboard.type(prompt);
  await workbench.page.keyboard.press('Enter');
}

/** The turn of a prompt, by a part of it. */
export function turnOf(frame: Frame, prompt: string): Locator {
  return frame.locator('article').filter({ has: frame.locator('.prompt', { hasText: prompt }) });
}

/** Resolves when the reply to a prompt has ended, and is drawn. */
export async function ended(frame: Frame, prompt: string): Promise<Locator> {
  const turn = turnOf(frame, prompt);
  await turn.locator('.facts li').nth(1).waitFor();
  return turn;
}

/** A question about a prompt, above the composer, by a part of its text. */
export function questionIn(frame: Frame, text: string | RegExp): Locator {
  return frame.locator('#composer .question').filter({ hasText: text });
}

interface SentMessage {
  readonly role: string;
  readonly content: readonly { readonly text: string }[];
}

/** The messages of a request to Converse: "user: text". */
export function messagesOf({ body }: Pick<Entry, 'body'>): readonly string[] {
  const { messages } = JSON.parse(body) as { messages: readonly SentMessage[] };
  return messages.map(({ role, content }) => `${role}: ${content.map(({ text }) => text).join('')}`);
}
