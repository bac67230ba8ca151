// Creates the parts of the extension and connects them. Loaded with the first command, the first view of Activity, or a
// reply panel that VS Code restores.
import { Disposable, type ExtensionContext, type WebviewPanel, type WebviewView, version } from 'vscode';
import { Activity } from './activity/activity';
import type { BedrockGatewayApi } from './api';
import { AwsProfiles } from './aws/awsProfiles';
import { ConnectionCheck } from './check/connectionCheck';
import { codeCommands } from './code/commands';
import { CodeOut } from './code/codeOut';
import { Conversations } from './conversation/conversations';
import { engineLoader } from './engine/loadEngine';
import { StoredQuirks } from './engine/quirksStore';
import { Costs } from './prices/costs';
import { sendingCommands } from './prompt/commands';
import type { LastEditor } from './prompt/selection';
import { Sender } from './prompt/sender';
import { followReplying, panelCommands } from './reply/commands';
import { LazyPanel } from './reply/lazyPanel';
import { panelTitle } from './reply/panelTitle';
import { modelLabel } from './settings';
import { connectionCommands } from './setup/commands';
import { loadSetUp } from './setup/loadSetUp';
import { SecretStore } from './setup/secretStore';
import { AgreedModels } from './setup/storeModel';
import type { StatusBar } from './statusBar';
import type { CommandId, CommandRows } from './ui/commands';
import type { ErrorPolicy } from './ui/errors';
import type { LogChannel } from './ui/log';

/** What activation has created. */
export interface ShellParts {
  readonly context: ExtensionContext;
  /** The version of this extension. */
  readonly version: string;
  readonly log: LogChannel;
  readonly errors: ErrorPolicy;
  readonly lastEditor: LastEditor;
  readonly statusBar: StatusBar;
}

export interface Shell extends BedrockGatewayApi {
  /** All commands except the one that works without the shell. */
  readonly commands: CommandRows<Exclude<CommandId, 'showLog'>>;
  showActivity(view: WebviewView): Promise<void>;
  /** Loads this month's cost and keeps it up to date in the status bar. */
  watchCosts(): Promise<unknown>;
  restoreReply(panel: WebviewPanel): Promise<void>;
  /** Stops all replies. Resolves when all are recorded. */
  close(): Promise<void>;
  dispose(): void;
}

export function openShell({ context, log, errors, lastEditor, statusBar, ...own }: ShellParts): Shell {
  const {
    extensionUri: extension,
    globalState,
    globalStorageUri: storage,
    secrets,
    workspaceState,
  } = context;
  const { attempt, report } = errors;
  const credentials = new SecretStore(secrets);
  const agreed = new AgreedModels(workspaceState);
  const profiles = new AwsProfiles(log);
  const setUp = loadSetUp(credentials, agreed, profiles, report);
  const userAgent = `bedrock-gateway/${own.version} vscode/${version}`;
  const quirks = new StoredQuirks(globalState, own.version, log);
  const ports = { secrets: credentials, profiles, log, quirks, userAgent };
  const engine = engineLoader(ports, () => activity.ledger());
  const conversations = new Conversations(engine, log);
  const costs = new Costs(log);
  const sender = new Sender(conversations, setUp, agreed, costs);
  const code = new CodeOut(lastEditor);
  const panel = new LazyPanel({
    ...{ extension, conversations, labelOf: modelLabel, costs, sender, setUp, profiles, code, attempt, log },
    onLoadError: (error) => report(panelTitle(), error),
  });
  const activity: Activity = new Activity({
    ...{ extension, storage, secrets, conversations, errors, log },
    labelOf: modelLabel,
    showReply: (conversation) => panel.show(conversation),
  });
  const check = new ConnectionCheck({
    ...{ extension, version: own.version, engine, quirks, sender, setUp, profiles, costs, attempt, log },
    credentials,
  });
  const subscriptions: Disposable[] = [];
  const sending = sendingCommands(sender, { lastEditor, subscriptions });
  subscriptions.push(
    ...[conversations, costs, code, panel, check, activity],
    conversations.onDidChange(() => statusBar.setReplying(conversations.isRunning())),
    activity.onDidChange(() => statusBar.setMonth(activity.month)),
    followReplying(conversations),
  );
  return {
    commands: {
      ...sending,
      ...connectionCommands(setUp, sending.ask, check.show),
      ...panelCommands(panel, conversations),
      ...codeCommands(code, panel),
      showActivity: () => activity.reveal(),
    },
    showActivity: (view) => activity.show(view),
    watchCosts: () => activity.ledger(),
    restoreReply: (restored) => panel.restore(restored),
    setCredentials: (provisioned) => setUp.store(provisioned),
    close: async () => {
      await conversations.close();
      await activity.whenWritten();
    },
    dispose: () => void Disposable.from(...subscriptions).dispose(),
  };
}
