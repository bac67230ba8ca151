// The list of parts: build, register, push.
import { type ExtensionContext, version, window } from 'vscode';
import { Activity, activityView } from './activity/activity';
import type { BedrockGatewayApi } from './api';
import { askLoader } from './asking';
import { ConnectionCheck } from './check/connectionCheck';
import { registerCommands } from './commands';
import { connectionCommands } from './connection/commands';
import { SetUp } from './connection/setUp';
import { AgreedModels } from './connection/storeModel';
import { Conversations } from './conversations';
import { Costs } from './costs';
import { Credentials } from './credentials';
import { followReplying, panelCommands } from './panel/commands';
import { panelDeeds } from './panel/deeds';
import { Panel } from './panel/panel';
import { AwsProfiles } from './profiles';
import { RememberedRoutes } from './rememberedRoutes';
import { sendingCommands } from './sending/commands';
import { LastEditor } from './sending/selection';
import { Sender } from './sending/sender';
import { labelOf, registerStatusBar } from './statusBar';

let close: (() => Promise<void>) | undefined;

export function activate(context: ExtensionContext): BedrockGatewayApi {
  const { extensionUri, globalState, globalStorageUri, secrets, subscriptions, workspaceState } = context;
  const own = context.extension.packageJSON as { version: string; displayName: string };
  const log = window.createOutputChannel(own.displayName, { log: true });
  const credentials = new Credentials(secrets);
  const agreed = new AgreedModels(workspaceState);
  const profiles = new AwsProfiles(log);
  const setUp = new SetUp(credentials, agreed, profiles);
  const userAgent = `bedrock-gateway/${own.version} vscode/${version}`;
  const routes = new RememberedRoutes(globalState, own.version, log);
  const ports = { secrets: credentials, profiles, log, routes, userAgent };
  const asking = askLoader(ports, () => activity.ledger());
  const conversations = new Conversations(async () => (await asking()).ask, log);
  const costs = new Costs(log);
  const sender = new Sender(conversations, setUp, agreed, costs);
  const lastEditor = new LastEditor();
  const viewType = 'bedrockGateway.reply';
  const deeds = panelDeeds(sender, setUp, profiles, log);
  const panel = new Panel({ viewType, extension: extensionUri, conversations, labelOf, costs, deeds });
  const activity = new Activity({
    ...{ extension: extensionUri, storage: globalStorageUri, secrets, conversations, labelOf, log },
    showReply: (conversation) => void panel.show(conversation),
  });
  const checked = { extension: extensionUri, version: own.version, asking, routes };
  const check = new ConnectionCheck({ ...checked, sender, setUp, profiles, costs, log });
  const sending = sendingCommands(sender, { editor: () => lastEditor.editor, subscriptions });

  subscriptions.push(
    ...[conversations, costs, lastEditor, panel, check, activity],
    registerStatusBar(conversations, activity),
    followReplying(conversations),
    window.registerWebviewPanelSerializer(viewType, panel),
    window.registerWebviewViewProvider(activityView, activity),
    registerCommands(
      sending,
      connectionCommands(setUp, () => sending['ask']?.(), check.show),
      panelCommands(panel, conversations),
      { showLog: () => log.show(), showActivity: () => activity.reveal() },
    ),
    // Last, since replies that end with the rest still write to it.
    log,
  );
  close = async () => {
    await conversations.close();
    await activity.settled();
  };
  return { setCredentials: (provisioned) => setUp.store(provisioned) };
}

/** VS Code waits for it: what is stopped by closing the window is recorded yet. */
export const deactivate = (): Promise<void> | undefined => close?.();
