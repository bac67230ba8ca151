// The list of parts: build, register, push.
import { type ExtensionContext, version, window } from 'vscode';
import { Activity } from './activity/activity';
import type { BedrockGatewayApi } from './api';
import { engineLoader } from './engine/loadEngine';
import { ConnectionCheck } from './check/connectionCheck';
import { registerCommands } from './ui/commands';
import { connectionCommands } from './setup/commands';
import { loadSetUp } from './setup/loadSetUp';
import { AgreedModels } from './setup/storeModel';
import { Conversations } from './conversation/conversations';
import { Costs } from './prices/costs';
import { SecretStore } from './setup/secretStore';
import { followReplying, panelCommands } from './reply/commands';
import { onLoadError } from './reply/loadError';
import { LazyPanel } from './reply/lazyPanel';
import { AwsProfiles } from './aws/awsProfiles';
import { openLog } from './ui/log';
import { StoredQuirks } from './engine/quirksStore';
import { sendingCommands } from './prompt/commands';
import { LastEditor } from './prompt/selection';
import { Sender } from './prompt/sender';
import { registerStatusBar } from './statusBar';
import { activityViewId } from './activity/parts';
import { modelLabel } from './settings/modelInUse';
import { errorPolicy } from './ui/errors';

/** What of package.json is used; its texts are in the user's language. */
interface Manifest {
  readonly version: string;
  readonly displayName: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
  };
}

let close: (() => Promise<void>) | undefined;

export function activate(context: ExtensionContext): BedrockGatewayApi {
  const { extensionUri, globalState, globalStorageUri, secrets, subscriptions, workspaceState } = context;
  const own = context.extension.packageJSON as Manifest;
  const log = openLog(own.displayName);
  const errors = errorPolicy(log);
  const { attempt } = errors;
  const credentials = new SecretStore(secrets);
  const agreed = new AgreedModels(workspaceState);
  const profiles = new AwsProfiles(log);
  const setUp = loadSetUp(credentials, agreed, profiles, errors.report);
  const userAgent = `bedrock-gateway/${own.version} vscode/${version}`;
  const quirks = new StoredQuirks(globalState, own.version, log);
  const ports = { secrets: credentials, profiles, log, quirks, userAgent };
  const asking = engineLoader(ports, () => activity.ledger());
  const conversations = new Conversations(asking, log);
  const costs = new Costs(log);
  const sender = new Sender(conversations, setUp, agreed, costs);
  const lastEditor = new LastEditor();
  const viewType = 'bedrockGateway.reply';
  const panel = new LazyPanel({
    ...{ viewType, extension: extensionUri, conversations, labelOf: modelLabel, costs, sender, setUp },
    ...{ profiles, attempt, log },
    notShown: onLoadError(errors.report),
  });
  const activity = new Activity({
    ...{ extension: extensionUri, storage: globalStorageUri, secrets, conversations, errors, log },
    labelOf: modelLabel,
    showReply: (conversation) => panel.show(conversation),
  });
  const checked = { extension: extensionUri, version: own.version, asking, quirks };
  const check = new ConnectionCheck({ ...checked, sender, setUp, profiles, costs, attempt, log });
  const sending = sendingCommands(sender, { editor: () => lastEditor.editor, subscriptions });

  subscriptions.push(
    ...[conversations, costs, lastEditor, panel, check, activity],
    registerStatusBar(conversations, activity),
    followReplying(conversations),
    window.registerWebviewPanelSerializer(viewType, panel),
    window.registerWebviewViewProvider(activityViewId, activity),
    registerCommands(
      attempt,
      (id) => own.contributes.commands.find(({ command }) => command === id)?.title ?? own.displayName,
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

/** VS Code awaits this, so replies stopped by closing the window are still recorded. */
export const deactivate = (): Promise<void> | undefined => close?.();
