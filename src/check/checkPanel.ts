// The host's half of the panel that checks the connection. Hidden, it goes on; closed, the check is stopped, since
// nobody would see what comes of it.
import {
  type Disposable,
  type Uri,
  ViewColumn,
  type WebviewPanel,
  env,
  l10n,
  window,
  workspace,
} from 'vscode';
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
import { type OwnAction, failureOf, remediesOf, checkView } from './view';

/** What the page asks for. */
type Said = Exclude<CheckToHost, { type: 'broken' }>;

export interface CheckParts {
  readonly extension: Uri;
  readonly version: string;
  readonly engine: () => Promise<Engine>;
  readonly quirks: QuirksStore;
  readonly sender: Sender;
  readonly setUp: SetUpDialogs;
  readonly profiles: AwsProfiles;
  readonly costs: Costs;
  readonly attempt: RunReporting;
  readonly log: { info(message: string): void; warn(message: string): void };
}

export class CheckPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private running: AbortController | undefined;
  private report: Report | undefined;
  private shown: CheckInputs = {};
  private next: CheckInputs = {};
  private offer = 0;
  private profile: Description | undefined;
  private readonly listening = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(section)) this.lookAtSettings();
  });
  private readonly remedy;
  private readonly own: { readonly [A in OwnAction]: () => unknown } = {
    begin: () => this.begin(),
    stop: () => this.running?.abort(),
    copyReport: () =>
      env.clipboard.writeText(reportText(this.state, checkView(this.state), this.parts.version)),
    forget: () => this.forget(),
  };

  constructor(private readonly parts: CheckParts) {
    this.remedy = checkActions(parts.setUp, parts.profiles);
  }

  /** Brings the panel to the front; what it shows stays, until a check is begun. */
  reveal(): void {
    if (!this.running && this.report?.outcome !== 'failed') this.forgetReport();
    this.lookAtSettings();
    if (this.panel) this.panel.reveal();
    else {
      const title = l10n.t('Bedrock Connection');
      this.adopt(window.createWebviewPanel(`${section}.connection`, title, ViewColumn.Active));
    }
    this.tell();
  }

  dispose(): void {
    this.running?.abort();
    this.listening.dispose();
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
    onMessage<Said>(panel.webview, {
      ...{ page: 'check', log, attempt },
      nameOf: (message) => this.nameOf(message),
      handle: (message) => this.answer(message),
    });
    panel.webview.html = page(panel.webview, extension, { script: 'checkWebview', title: panel.title });
  }

  /** What the user calls what a message asks for. */
  private nameOf(message: Said): string {
    const { actions, heading } = checkView(this.state);
    const remedy = remediesOf(this.state).find(
      (each) => message.type === 'act' && remedyId(each) === message.action,
    );
    const own = actions.find(({ id }) => message.type === 'do' && id === message.action);
    return remedy ? remedyLabel(remedy) : (own?.label ?? heading);
  }

  private async answer(message: Said): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.tell();
        return;
      case 'do':
        await this.press(message.action, message.offer);
        return;
      case 'act': {
        const remedy = remediesOf(this.state).find((each) => remedyId(each) === message.action);
        const failure = this.report && failureOf(this.report);
        const setting = failure ? adviceFor(failure).setting : this.shown.problem?.setting;
        if (remedy) await this.remedy(remedy, { target: this.shown.config?.target, failure, setting });
        return;
      }
    }
  }

  /** Only what is offered: the webview names a button, and decides nothing. */
  private async press(action: string, offer: number): Promise<void> {
    // Also what no event tells of, such as another folder in the workspace.
    if (action === 'begin') this.lookAtSettings();
    if (action === 'begin' && offer !== this.offer) return;
    if (checkView(this.state).actions.some(({ id, offered }) => id === action && offered))
      await this.own[action as OwnAction]();
  }

  private get state(): CheckState {
    const { shown, next, offer, report, profile } = this;
    const { config } = shown;
    return {
      ...{ shown, next, offer, report, profile },
      known: config ? this.parts.quirks.get(gatewayKey(config.gateway.address, config.authentication)) : {},
    };
  }

  private tell(): void {
    const message: CheckToWebview = { type: 'show', view: checkView(this.state) };
    postTo(this.panel?.webview, message);
  }

  /** What the next check is made with, and costs. A check that is shown stays what it was. */
  private lookAtSettings(): void {
    const now = readCheckConfig();
    if (!isSame(now, this.next)) {
      this.next = now;
      this.offer += 1;
    }
    if (!this.running && !this.report) this.shown = this.next;
    if (this.next.config) void this.estimate(this.next.config);
    this.tell();
  }

  private async estimate(config: RequestConfig): Promise<void> {
    const most = maxPrompts(config);
    const usage = { input: most * maxTokensIn, output: most * maxTokensOut, cacheRead: 0, cacheWrite: 0 };
    const cost = await this.parts.costs.ofUsage(config.target, usage);
    if (this.next.config !== config) return;
    this.next = { ...this.next, cost };
    if (this.shown.config === config) this.shown = this.next;
    this.tell();
  }

  private async begin(): Promise<void> {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    this.offer += 1;
    try {
      const inputs = this.next;
      if (inputs.config && !(await this.parts.sender.agreedModel())) return;
      // The panel may have been closed, or the settings changed, while the question stood there.
      if (!this.panel || !isSame(inputs, this.next)) return;
      this.forgetReport();
      this.shown = this.next;
      if (inputs.config) await this.check(inputs.config, running.signal);
      else this.report = settingsFailed();
    } finally {
      this.running = undefined;
      this.offer += 1;
      this.lookAtSettings();
    }
  }

  private forgetReport(): void {
    this.report = undefined;
    this.profile = undefined;
    this.offer += 1;
  }

  private async check(config: RequestConfig, signal: AbortSignal): Promise<void> {
    const { engine, quirks, log } = this.parts;
    let report = newReport(Date.now(), quirks.get(gatewayKey(config.gateway.address, config.authentication)));
    this.report = report;
    this.tell();
    const request = buildRequest({ surface: 'check', messages: [], sources: [] }, config);
    for await (const event of eventsOf(engine, request, signal)) {
      // Not from what is shown, which is gone once the panel is closed.
      report = reduceReport(report, event, Date.now());
      this.report = this.panel && report;
      if (event.type === 'passed' && event.stage === 'awsCredentials')
        await this.lookAtProfile(config, signal);
      if (event.type === 'failed' || event.type === 'ended') log.info(lineOf(request.id, event));
      this.tell();
    }
  }

  private async lookAtProfile(
    { authentication, profile = '', target: { region } }: RequestConfig,
    signal: AbortSignal,
  ): Promise<void> {
    if (authentication !== 'profile') return;
    // What is not known of it ends no check.
    this.profile = await this.parts.profiles.describe({ profile, region }, signal).catch(() => undefined);
  }

  private forget(): void {
    const { config } = this.shown;
    if (config) this.parts.quirks.clear(gatewayKey(config.gateway.address, config.authentication));
    this.forgetReport();
    this.lookAtSettings();
  }
}

function settingsFailed(): Report {
  const now = Date.now();
  const report = reduceReport(newReport(now, {}), { type: 'ended', outcome: 'failed' }, now);
  return { ...report, stages: { ...report.stages, settings: { state: 'failed' } } };
}

function lineOf(id: string, event: Extract<CheckEvent, { type: 'failed' | 'ended' }>): string {
  return event.type === 'failed'
    ? `${id}: check: ${event.stage} ${event.failure.kind}`
    : `${id}: check: ${event.outcome}`;
}
