// Notifications. Ours contain no links, so anything that looks like one came from outside and is shown as text.
import { type MessageItem, window } from 'vscode';
import { unlinked } from '../util/plainText';

/** Resolves to the pressed button, or undefined if none was. */
export type AskUser = (message: string, ...buttons: readonly string[]) => Thenable<string | undefined>;

export const showInformationMessage: AskUser = (message, ...buttons) =>
  window.showInformationMessage(unlinked(message), ...buttons);

export const showWarningMessage: AskUser = (message, ...buttons) =>
  window.showWarningMessage(unlinked(message), ...buttons);

export const showErrorMessage: AskUser = (message, ...buttons) =>
  window.showErrorMessage(unlinked(message), ...buttons);

/** Shows a modal dialog: VS Code cuts off a long notification. */
export async function showModalWarning(message: string, detail: string): Promise<void> {
  await window.showWarningMessage(unlinked(message), { modal: true, detail });
}

/** Asks in a modal dialog before something is deleted. Resolves to whether `button` was pressed. */
export async function confirmLoss(message: string, detail: string, button: string): Promise<boolean> {
  const item: MessageItem = { title: button };
  return (await window.showWarningMessage(unlinked(message), { modal: true, detail }, item)) === item;
}
