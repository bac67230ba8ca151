// The host half of the Check Connection panel. Hiding the panel lets a check go on; closing it stops the check, since
// nobody would see the result.
import { Disposable, type Uri, ViewColumn, type WebviewPanel, env, l10n, window, workspace } from 'vscode';
import { adviceFor, remedyId, remedyLabel } from '../advice/advice';
import type { Engine } from '../engine/engine.chunk';
import type { SetUpDialogs } from '../setup/loadSetUp';
import { maxPrompts, maxTokensIn, maxTokensOut } from '../core/check/bounds';
import { type CheckEvent, type Report, reduceReport, newReport } from '../core/check/report';
import { gatewayKey } from '../core/gateway/quirks';
import type { Costs } from '../prices/costs';
import { page, resourceRoots } from '../ui/webviewPage';
import type { AwsProfiles } from '../aws/awsProfiles';
import type { Description } from '../aws/profileStore';
import { type RequestConfig, buildRequest } from '../prompt/requestBuilder';
import type { Sender } from '../prompt/sender';
import type { SecretStore } from '../setup/secretStore';
import { section } from '../settings';
import type { RunReporting } from '../ui/errors';
import { onMessage, postTo } from '../ui/webviewHost';
import { checkActions } from './actions';
import { eventsOf } from './eventsOf';
import { readCheckConfig } from './probeOptions';
import type { CheckToHost, CheckToWebview } from '../protocol/check';
import { reportText } from './reportText';
import type { QuirksStore } from '../core/model/ports';
import { type CheckState, type CheckInputs, isSame } from './state';
import { type PanelAction, failureOf, remediesOf, checkView } from './view';

/** The messages that the panel handles itself. */
type CheckMessage = Exclude<CheckToHost, { type: 'broken' }>;

export interface CheckParts {
  readonly extension: Uri;
  readonly version: string;
  readonly engine: () => Promise<Engine>;
  readonly quirks: QuirksStore;
  readonly sender: Sender;
  readonly setUp: SetUpDialogs;
  readonly credentials: Pick<SecretStore, 'onDidChange'>;
  readonly profiles: AwsProfiles;
  readonly costs: Costs;
  readonly attempt: RunReporting;
  readonly log: { info(message: string): void; warn(message: string): void };
}

export class CheckPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private running: AbortController | undefined;
  private report: Report | undefined;
  private shownInputs: CheckInputs = {};
  private nextInputs: CheckInputs = {};
  private offer = 0;
  private profile: Description | undefined;
  private credentialsChanged = false;
  private readonly subscriptions;
  private readonly remedy;
  private readonly buttonHandlers: { readonly [A in PanelAction]: () => unknown } = {
    begin: () => this.begin(),
    stop: () => this.running?.abort(),
    copyReport: () =>
      env.clipboard.writeText(reportText(this.state, checkView(this.state), this.parts.version)),
    forget: () => this.forget(),
  };

  constructor(private readonly parts: CheckParts) {
    this.remedy = checkActions(parts.setUp, parts.profiles);
    this.subscriptions = [
      workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(section)) this.readSettings();
      }),
      parts.credentials.onDidChange(() => {
        this.credentialsChanged = true;
        this.postView();
      }),
    ];
  }

  /** Brings the panel to the front. It keeps a running check and a failed one. */
  reveal(): void {
    if (!this.running && this.report?.outcome !== 'failed') this.forgetReport();
    this.readSettings();
    if (this.panel) this.panel.reveal();
    else {
      const title = l10n.t('Bedrock Connection');
      this.adopt(window.createWebviewPanel(`${section}.connection`, title, ViewColumn.Active));
    }
    this.postView();
  }

  dispose(): void {
    this.running?.abort();
    Disposable.from(...this.subscriptions).dispose();
    this.panel?.dispose();
  }

  private adopt(panel: WebviewPanel): void {
    this.panel = panel;
    const { extension, log, attempt } = this.parts;
    panel.webview.options = { enableScripts: true, localResourceRoots: resourceRoots(extension) };
    panel.onDidDispose(() => {
      this.running?.abort();
      this.panel = undefined;
      this.report = undefined;
    });
    onMessage<CheckMessage>(panel.webview, {
      ...{ page: 'check', log, attempt },
      nameOf: (message) => this.nameOf(message),
      handle: (message) => this.handle(message),
    });
    panel.webview.html = page(panel.webview, extension, { script: 'checkWebview', title: panel.title });
  }

  /** What the user calls the action of a message: the label of its button. Error messages name it. */
  private nameOf(message: CheckMessage): string {
    const { actions, heading } = checkView(this.state);
    const remedy = remediesOf(this.state).find(
      (each) => message.type === 'act' && remedyId(each) === message.action,
    );
    const button = actions.find(({ id }) => message.type === 'do' && id === message.action);
    return remedy ? remedyLabel(remedy) : (button?.label ?? heading);
  }

  private async handle(message: CheckMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.postView();
        return;
      case 'do':
        await this.press(message.action, message.offer);
        return;
      case 'act': {
        const remedy = remediesOf(this.state).find((each) => remedyId(each) === message.action);
        const failure = this.report && failureOf(this.report);
        const setting = failure ? adviceFor(failure).setting : this.shownInputs.problem?.setting;
        if (remedy) await this.remedy(remedy, { target: this.shownInputs.config?.target, failure, setting });
        return;
      }
    }
  }

  /** Runs a button's action, but only if the panel offers it: the page can only press a button that exists. */
  private async press(action: string, offer: number): Promise<void> {
    // Some changes fire no event, such as another folder in the workspace.
    if (action === 'begin') this.readSettings();
    if (action === 'begin' && offer !== this.offer) return;
    if (checkView(this.state).actions.some(({ id, offered }) => id === action && offered))
      await this.buttonHandlers[action as PanelAction]();
  }

  private get state(): CheckState {
    const { shownInputs: shown, nextInputs: next, credentialsChanged, offer, report, profile } = this;
    const { config } = shown;
    return {
      ...{ shown, next, credentialsChanged, offer, report, profile },
      quirks: config ? this.parts.quirks.get(gatewayKey(config.gateway.address, config.authentication)) : {},
    };
  }

  private postView(): void {
    const message: CheckToWebview = { type: 'show', view: checkView(this.state) };
    postTo(this.panel?.webview, message);
  }

  /** Reads the settings for the next check and estimates its cost. A check that is shown does not change. */
  private readSettings(): void {
    const now = readCheckConfig();
    if (!isSame(now, this.nextInputs)) {
      this.nextInputs = now;
      this.offer += 1;
    }
    if (!this.running && !this.report) this.shownInputs = this.nextInputs;
    if (this.nextInputs.config) void this.estimate(this.nextInputs.config);
    this.postView();
  }

  private async estimate(config: RequestConfig): Promise<void> {
    const prompts = maxPrompts(config);
    const usage = {
      input: prompts * maxTokensIn,
      output: prompts * maxTokensOut,
      cacheRead: 0,
      cacheWrite: 0,
    };
    const cost = await this.parts.costs.ofUsage(config.target, usage);
    if (this.nextInputs.config !== config) return;
    this.nextInputs = { ...this.nextInputs, cost };
    if (this.shownInputs.config === config) this.shownInputs = this.nextInputs;
    this.postView();
  }

  private async begin(): Promise<void> {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    this.offer += 1;
    try {
      const inputs = this.nextInputs;
      if (inputs.config && (await this.parts.sender.agreedModel()) === undefined) return;
      // The user may have closed the panel or changed the settings while the question was open.
      if (!this.panel || !isSame(inputs, this.nextInputs)) return;
      this.forgetReport();
      this.shownInputs = this.nextInputs;
      if (inputs.config) await this.check(inputs.config, running.signal);
      else this.report = invalidSettingsReport();
    } finally {
      this.running = undefined;
      this.offer += 1;
      this.readSettings();
    }
  }

  private forgetReport(): void {
    this.report = undefined;
    this.profile = undefined;
    this.credentialsChanged = false;
    this.offer += 1;
  }

  private async check(config: RequestConfig, signal: AbortSignal): Promise<void> {
    const { engine, quirks, log } = this.parts;
    let report = newReport(Date.now(), quirks.get(gatewayKey(config.gateway.address, config.authentication)));
    this.report = report;
    this.postView();
    const request = buildRequest({ surface: 'check', messages: [], sources: [] }, config);
    for await (const event of eventsOf(engine, request, signal)) {
      // Reduces the local report: `this.report` is gone once the panel is closed.
      report = reduceReport(report, event, Date.now());
      this.report = this.panel && report;
      if (event.type === 'passed' && event.stage === 'awsCredentials')
        await this.describeProfile(config, signal);
      if (event.type === 'failed' || event.type === 'ended') log.info(logLine(request.id, event));
      this.postView();
    }
  }

  private async describeProfile(
    { authentication, profile = '', target: { region } }: RequestConfig,
    signal: AbortSignal,
  ): Promise<void> {
    if (authentication !== 'profile') return;
    // A profile that can't be described does not end the check.
    this.profile = await this.parts.profiles.describe({ profile, region }, signal).catch(() => undefined);
  }

  private forget(): void {
    const { config } = this.shownInputs;
    if (config) this.parts.quirks.clear(gatewayKey(config.gateway.address, config.authentication));
    this.forgetReport();
    this.readSettings();
  }
}

function invalidSettingsReport(): Report {
  const now = Date.now();
  const report = reduceReport(newReport(now, {}), { type: 'ended', outcome: 'failed' }, now);
  return { ...report, stages: { ...report.stages, settings: { state: 'failed' } } };
}

function logLine(id: string, event: Extract<CheckEvent, { type: 'failed' | 'ended' }>): string {
  return event.type === 'failed'
    ? `${id}: check: ${event.stage} ${event.failure.kind}`
    : `${id}: check: ${event.outcome}`;
}
