// One item: the model in use, spinning while a reply streams; a click changes the model.
import { Disposable, StatusBarAlignment, l10n, window, workspace } from 'vscode';
import type { Conversations } from './conversations';
import { shortName } from './models';
import { readModel, readModels, section } from './settings';

export function registerStatusBar(conversations: Conversations): Disposable {
  const item = window.createStatusBarItem(`${section}.model`, StatusBarAlignment.Right, 100);
  item.name = l10n.t('Bedrock Model');
  item.command = `${section}.selectModel`;
  const show = () => {
    const id = modelInUse();
    const name = id === undefined ? l10n.t('No model') : shortName(id, labelOf(id));
    const replying = conversations.isRunning();
    item.text = `${replying ? '$(loading~spin)' : '$(sparkle)'} ${name}`;
    const tooltip = id === undefined ? l10n.t('Bedrock: select a model') : l10n.t('Bedrock model: {0}', id);
    item.tooltip = replying
      ? `${tooltip}\n${l10n.t('A reply is on its way: “Bedrock: Show Reply” shows it.')}`
      : tooltip;
    item.accessibilityInformation = {
      label: replying ? l10n.t('Bedrock model {0}, replying', name) : l10n.t('Bedrock model {0}', name),
    };
  };
  show();
  item.show();
  let wasRunning = false;
  return Disposable.from(
    item,
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration(section) && show()),
    conversations.onDidChange(() => {
      if (conversations.isRunning() === wasRunning) return;
      wasRunning = !wasRunning;
      show();
    }),
  );
}

/** The name that the settings give a model. Settings that are wrong are named when a prompt needs them, not here. */
export function labelOf(id: string): string | undefined {
  try {
    return readModels().get(id)?.label;
  } catch {
    return undefined;
  }
}

function modelInUse(): string | undefined {
  try {
    return readModel()?.id;
  } catch {
    return undefined;
  }
}
