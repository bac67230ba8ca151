// What VS Code needs at start: the commands, one item of the status bar, and the places of the reply panel and of Activity.
// Everything behind them is loaded with the first that is used.
import { type ExtensionContext, window, workspace } from 'vscode';
import { activityTitle, activityViewId } from './activity/names';
import { recordDirectory } from './activity/recordDirectory';
import type { BedrockGatewayApi } from './api';
import { LastEditor } from './prompt/selection';
import { panelTitle, replyViewType } from './reply/panelTitle';
import type { Shell } from './shell.chunk';
import { StatusBar } from './statusBar';
import { registerCommands } from './ui/commands';
import { errorPolicy } from './ui/errors';
import { openLog } from './ui/log';
import { fill } from './ui/webviewHost';
import { lazy } from './util/lazy';
import { loadPart } from './util/loadPart';

/** What of package.json is used; its texts are in the user's language. */
interface Manifest {
  readonly version: string;
  readonly displayName: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
  };
}

/** ms */
const costsDelay = 2000;

let shell: Shell | undefined;

export function activate(context: ExtensionContext): BedrockGatewayApi {
  const { version, displayName, contributes } = context.extension.packageJSON as Manifest;
  const log = openLog(displayName);
  const errors = errorPolicy(log);
  const lastEditor = new LastEditor();
  const statusBar = new StatusBar();
  const open = lazy(async () => {
    const { openShell } = await loadPart(() => import('./shell.chunk'));
    return (shell = openShell({ context, version, log, errors, lastEditor, statusBar }));
  });
  /** What this month has cost is told soon, but holds up no start; where nothing was sent, there is nothing to tell. */
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
  }, costsDelay);

  context.subscriptions.push(
    ...[lastEditor, statusBar, { dispose: () => clearTimeout(costs) }],
    registerCommands(
      errors.attempt,
      (id) => contributes.commands.find(({ command }) => command === id)?.title ?? displayName,
      async (id) => (id === 'showLog' ? log.show() : (await open()).commands[id]()),
    ),
    window.registerWebviewViewProvider(activityViewId, {
      resolveWebviewView: (view) =>
        fill(view.webview, activityTitle(), errors.report, async () => (await open()).showActivity(view)),
    }),
    window.registerWebviewPanelSerializer(replyViewType, {
      deserializeWebviewPanel: (panel) =>
        fill(panel.webview, panelTitle(), errors.report, async () => (await open()).restoreReply(panel)),
    }),
    // Last, since replies that end with the rest still write to the log.
    { dispose: () => shell?.dispose() },
    log,
  );
  return { setCredentials: async (provisioned) => (await open()).setCredentials(provisioned) };
}

/** VS Code awaits this, so replies stopped by closing the window are still recorded. */
export const deactivate = (): Promise<void> | undefined => shell?.close();
