// The status bar item: shows the current model, and a spinner while a reply runs. A click selects another model.
import { Disposable, StatusBarAlignment, l10n, window, workspace } from 'vscode';
import { shortName } from './models/modelIds';
import { modelLabel, readModelId, section, unlessInvalid } from './settings';
import { labelText, plainText } from './util/plainText';

export class StatusBar implements Disposable {
  private readonly item = window.createStatusBarItem(`${section}.model`, StatusBarAlignment.Right, 100);
  private replying = false;
  private hasUnseen = false;
  private month: string | undefined;
  /** VS Code waits for what runs at start, and draws the item later anyway. */
  private readonly firstShow = setTimeout(() => {
    this.show();
    this.item.show();
  });
  private readonly subscription = workspace.onDidChangeConfiguration(
    (change) => change.affectsConfiguration(section) && this.show(),
  );

  constructor() {
    this.item.name = l10n.t('Bedrock Model');
  }

  /** Whether a reply is running. */
  setReplying(replying: boolean): void {
    if (replying === this.replying) return;
    this.replying = replying;
    this.show();
  }

  /** Whether a reply has ended that nobody has seen. A click then shows it. */
  setUnseen(hasUnseen: boolean): void {
    if (hasUnseen === this.hasUnseen) return;
    this.hasUnseen = hasUnseen;
    this.show();
  }

  /** A sentence with this month's cost; undefined while it is not known. */
  setMonth(month: string | undefined): void {
    this.month = month;
    this.show();
  }

  dispose(): void {
    clearTimeout(this.firstShow);
    Disposable.from(this.subscription, this.item).dispose();
  }

  private show(): void {
    const { item, replying, hasUnseen, month } = this;
    // The next prompt reports an invalid setting.
    const id = unlessInvalid(readModelId, undefined);
    const short = id === undefined ? l10n.t('No model') : shortName(id, modelLabel(id));
    const name = plainText(short, 60);
    const icon = replying ? 'loading~spin' : hasUnseen ? 'bell-dot' : 'sparkle';
    item.text = `$(${icon}) ${labelText(short, 60)}`;
    item.command = `${section}.${hasUnseen ? 'showReply' : 'selectModel'}`;
    const tooltip =
      id === undefined ? l10n.t('Bedrock: select a model') : l10n.t('Bedrock model: {0}', plainText(id));
    item.tooltip = [
      tooltip,
      ...(replying ? [l10n.t('A reply is running. Run “Bedrock: Show Reply” to see it.')] : []),
      ...(hasUnseen ? [l10n.t('A reply has ended that you have not seen. Click to show it.')] : []),
      ...(month === undefined ? [] : [month]),
    ].join('\n');
    item.accessibilityInformation = {
      label: replying
        ? l10n.t('Bedrock model {0}, replying', name)
        : hasUnseen
          ? l10n.t('Bedrock model {0}, a reply has ended', name)
          : l10n.t('Bedrock model {0}', name),
    };
  }
}
