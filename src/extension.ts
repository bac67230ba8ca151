// The entry of the extension. Registers what VS Code needs at start: commands, the status bar item, the reply panel and
// the Activity view. Everything else is loaded with the first use.
import { type ExtensionContext, window, workspace } from 'vscode';
import { activityTitle, activityViewId } from './activity/names';
import { recordDirectory } from './activity/recordDirectory';
import type { BedrockGatewayApi } from './api';
import { registerChat } from './chat/registerChat';
import { registerProblemActions } from './code/problemActions';
import { registerHistoryView } from './historyView/historyView';
import { LastEditor } from './prompt/selection';
import { PanelState } from './reply/panelState';
import { panelTitle, replyViewType } from './reply/panelTitle';
import type { Shell } from './shell.chunk';
import { StatusBar } from './statusBar';
import { registerCommands } from './ui/commands';
import { errorPolicy } from './ui/errors';
import { openLog } from './ui/log';
import { fillOrShowError } from './ui/webviewHost';
import { lazy } from './util/lazy';
import { loadPart } from './util/loadPart';

/** The parts of package.json that are used; its texts are in the user's language. */
interface PackageJson {
  readonly version: string;
  readonly displayName: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
  };
}

const costsDelayMs = 2000;

let shell: Shell | undefined;

export function activate(context: ExtensionContext): BedrockGatewayApi {
  const { version, displayName, contributes } = context.extension.packageJSON as PackageJson;
  const log = openLog(displayName);
  const errors = errorPolicy(log);
  const lastEditor = new LastEditor();
  const statusBar = new StatusBar();
  const open = lazy(async () => {
    const { openShell } = await loadPart(() => import('./shell.chunk'));
    return (shell = openShell({ context, version, log, errors, lastEditor, statusBar, historyView }));
  });
  const historyView = registerHistoryView(async () => (await open()).historyTree);
  /** Loads this month's cost after the start, if any prompt was ever recorded. */
  const costs = setTimeout(() => {
    workspace.fs.stat(recordDirectory(context.globalStorageUri)).then(
      async () => {
        try {
          await (await open()).watchCosts();
        } catch (error) {
          log.warn(`costs of this month: ${String(error)}`);
        }
      },
      () => undefined,
    );
  }, costsDelayMs);

  if (new PanelState(context.workspaceState).isLost)
    void errors.attempt(panelTitle(), async () => (await open()).reopenReply());

  context.subscriptions.push(
    ...[lastEditor, statusBar, { dispose: () => clearTimeout(costs) }],
    registerCommands(
      errors.attempt,
      (id) => contributes.commands.find(({ command }) => command === id)?.title ?? displayName,
      async (id, argument, further) =>
        id === 'showLog' ? log.show() : (await open()).commands[id](argument, further),
    ),
    window.registerWebviewViewProvider(activityViewId, {
      resolveWebviewView: (view) =>
        fillOrShowError(view.webview, activityTitle(), errors.report, async () =>
          (await open()).showActivity(view),
        ),
    }),
    registerProblemActions(),
    registerChat(async (modelsChanged) => {
      const { openChat } = await loadPart(() => import('./chat/chat.chunk'));
      return openChat(async () => (await open()).chatEngine, modelsChanged, context.globalState);
    }, errors.attempt),
    historyView,
    window.registerWebviewPanelSerializer(replyViewType, {
      deserializeWebviewPanel: (panel, state: unknown) =>
        fillOrShowError(panel.webview, panelTitle(), errors.report, async () =>
          (await open()).restoreReply(panel, state),
        ),
    }),
    // The shell and the log come last: replies that end while the extension is disposed still write to the log.
    { dispose: () => shell?.dispose() },
    log,
  );
  return { setCredentials: async (provisioned) => (await open()).setCredentials(provisioned) };
}

/** VS Code awaits this, so replies stopped by closing the window are still recorded. */
export const deactivate = (): Promise<void> | undefined => shell?.close();
