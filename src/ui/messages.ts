// Notifications. None of ours has a link in it: what looks like one came with a name, and stays text.
import { type MessageItem, window } from 'vscode';
import { unlinked } from '../util/plainText';

/** Resolves to the button that was pressed; undefined when the notification was closed. */
type Show = (message: string, ...buttons: readonly string[]) => Thenable<string | undefined>;

export const showInformationMessage: Show = (message, ...buttons) =>
  window.showInformationMessage(unlinked(message), ...buttons);

export const showWarningMessage: Show = (message, ...buttons) =>
  window.showWarningMessage(unlinked(message), ...buttons);

export const showErrorMessage: Show = (message, ...buttons) =>
  window.showErrorMessage(unlinked(message), ...buttons);

/** Asks before something is lost; whether `button` was pressed. */
export async function confirmLoss(message: string, detail: string, button: string): Promise<boolean> {
  const item: MessageItem = { title: button };
  return (await window.showWarningMessage(unlinked(message), { modal: true, detail }, item)) === item;
}
