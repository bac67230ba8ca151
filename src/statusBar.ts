// One item: the model in use, spinning while a reply streams; a click changes the model.
import { Disposable, type Event, StatusBarAlignment, l10n, window, workspace } from 'vscode';
import type { Conversations } from './conversation/conversations';
import { shortName } from './models/modelIds';
import { section } from './settings';
import { modelLabel, modelInUse } from './settings/modelInUse';
import { labelText, plainText } from './util/plainText';

/** `month`: what this month has cost, in words. */
interface Spent {
  readonly month: string | undefined;
  readonly onDidChange: Event<void>;
}

export function registerStatusBar(conversations: Conversations, spent: Spent): Disposable {
  const item = window.createStatusBarItem(`${section}.model`, StatusBarAlignment.Right, 100);
  item.name = l10n.t('Bedrock Model');
  item.command = `${section}.selectModel`;
  const show = () => {
    const id = modelInUse();
    const short = id === undefined ? l10n.t('No model') : shortName(id, modelLabel(id));
    const name = plainText(short, 60);
    const replying = conversations.isRunning();
    item.text = `${replying ? '$(loading~spin)' : '$(sparkle)'} ${labelText(short, 60)}`;
    const tooltip =
      id === undefined ? l10n.t('Bedrock: select a model') : l10n.t('Bedrock model: {0}', plainText(id));
    item.tooltip = [
      tooltip,
      ...(replying ? [l10n.t('A reply is on its way: “Bedrock: Show Reply” shows it.')] : []),
      ...(spent.month === undefined ? [] : [spent.month]),
    ].join('\n');
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
    spent.onDidChange(show),
    conversations.onDidChange(() => {
      if (conversations.isRunning() === wasRunning) return;
      wasRunning = !wasRunning;
      show();
    }),
  );
}
