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
import { adviceFor, idOf, labelOf } from '../advice/advice';
import type { Asking } from '../engine/engine.chunk';
import type { SetUpDialogs } from '../setup/loadSetUp';
import { mostPrompts, mostTokensIn, mostTokensOut } from '../core/check/bounds';
import { type CheckEvent, type Report, foldReport, newReport } from '../core/check/report';
import { wayOf } from '../core/gateway/quirks';
import type { Costs } from '../prices/costs';
import { page, resourceRoots } from '../ui/webviewPage';
import type { AwsProfiles } from '../aws/awsProfiles';
import type { Description } from '../aws/profileStore';
import { type Manner, newRequest } from '../prompt/requestBuilder';
import type { Sender } from '../prompt/sender';
import { section } from '../settings';
import type { Attempt } from '../ui/errors';
import { onMessage, post } from '../ui/webviewHost';
import { checkDeeds } from './actions';
import { eventsOf } from './eventsOf';
import { readManner } from './probeOptions';
import type { ToHost, ToWebview } from '../protocol/check';
import { reportText } from './reportText';
import type { Routes } from '../core/model/ports';
import { type CheckState, type Means, isSame } from './state';
import { type OwnAction, failureOf, remediesOf, viewOf } from './view';

/** What the page asks for. */
type Said = Exclude<ToHost, { type: 'broken' }>;

export interface CheckParts {
  readonly extension: Uri;
  readonly version: string;
  readonly asking: () => Promise<Asking>;
  readonly routes: Routes;
  readonly sender: Sender;
  readonly setUp: SetUpDialogs;
  readonly profiles: AwsProfiles;
  readonly costs: Costs;
  readonly attempt: Attempt;
  readonly log: { info(message: string): void; warn(message: string): void };
}

export class CheckPanel implements Disposable {
  private panel: WebviewPanel | undefined;
  private running: AbortController | undefined;
  private report: Report | undefined;
  private shown: Means = {};
  private next: Means = {};
  private offer = 0;
  private profile: Description | undefined;
  private readonly listening = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(section)) this.lookAtSettings();
  });
  private readonly remedy;
  private readonly own: { readonly [A in OwnAction]: () => unknown } = {
    begin: () => this.begin(),
    stop: () => this.running?.abort(),
    copyReport: () => env.clipboard.writeText(reportText(this.state, viewOf(this.state), this.parts.version)),
    forget: () => this.forget(),
  };

  constructor(private readonly parts: CheckParts) {
    this.remedy = checkDeeds(parts.setUp, parts.profiles);
  }

  /** Brings the panel to the front; what it shows stays, until a check is begun. */
  reveal(): void {
    if (!this.running && this.report?.ended !== 'failed') this.forgetReport();
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
    const { actions, heading } = viewOf(this.state);
    const remedy = remediesOf(this.state).find(
      (each) => message.type === 'act' && idOf(each) === message.action,
    );
    const own = actions.find(({ id }) => message.type === 'do' && id === message.action);
    return remedy ? labelOf(remedy) : (own?.label ?? heading);
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
        const remedy = remediesOf(this.state).find((each) => idOf(each) === message.action);
        const failure = this.report && failureOf(this.report);
        const setting = failure ? adviceFor(failure).setting : this.shown.problem?.setting;
        if (remedy) await this.remedy(remedy, { target: this.shown.manner?.target, failure, setting });
        return;
      }
    }
  }

  /** Only what is offered: the webview names a button, and decides nothing. */
  private async press(action: string, offer: number): Promise<void> {
    // Also what no event tells of, such as another folder in the workspace.
    if (action === 'begin') this.lookAtSettings();
    if (action === 'begin' && offer !== this.offer) return;
    if (viewOf(this.state).actions.some(({ id, offered }) => id === action && offered))
      await this.own[action as OwnAction]();
  }

  private get state(): CheckState {
    const { shown, next, offer, report, profile } = this;
    const { manner } = shown;
    return {
      ...{ shown, next, offer, report, profile },
      known: manner ? this.parts.routes.recall(wayOf(manner.gateway.address, manner.authentication)) : {},
    };
  }

  private tell(): void {
    const message: ToWebview = { type: 'show', view: viewOf(this.state) };
    post(this.panel?.webview, message);
  }

  /** What the next check is made with, and costs. A check that is shown stays what it was. */
  private lookAtSettings(): void {
    const now = readManner();
    if (!isSame(now, this.next)) {
      this.next = now;
      this.offer += 1;
    }
    if (!this.running && !this.report) this.shown = this.next;
    if (this.next.manner) void this.estimate(this.next.manner);
    this.tell();
  }

  private async estimate(manner: Manner): Promise<void> {
    const most = mostPrompts(manner);
    const usage = { input: most * mostTokensIn, output: most * mostTokensOut, cacheRead: 0, cacheWrite: 0 };
    const cost = await this.parts.costs.ofUsage(manner.target, usage);
    if (this.next.manner !== manner) return;
    this.next = { ...this.next, cost };
    if (this.shown.manner === manner) this.shown = this.next;
    this.tell();
  }

  private async begin(): Promise<void> {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    this.offer += 1;
    try {
      const means = this.next;
      if (means.manner && !(await this.parts.sender.agreedModel())) return;
      // The panel may have been closed, or the settings changed, while the question stood there.
      if (!this.panel || !isSame(means, this.next)) return;
      this.forgetReport();
      this.shown = this.next;
      if (means.manner) await this.check(means.manner, running.signal);
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

  private async check(manner: Manner, signal: AbortSignal): Promise<void> {
    const { asking, routes, log } = this.parts;
    let report = newReport(Date.now(), routes.recall(wayOf(manner.gateway.address, manner.authentication)));
    this.report = report;
    this.tell();
    const request = newRequest({ surface: 'check', messages: [], sources: [] }, manner);
    for await (const event of eventsOf(asking, request, signal)) {
      // Not from what is shown, which is gone once the panel is closed.
      report = foldReport(report, event, Date.now());
      this.report = this.panel && report;
      if (event.type === 'passed' && event.hop === 'awsCredentials') await this.lookAtProfile(manner, signal);
      if (event.type === 'failed' || event.type === 'ended') log.info(lineOf(request.id, event));
      this.tell();
    }
  }

  private async lookAtProfile(
    { authentication, profile = '', target: { region } }: Manner,
    signal: AbortSignal,
  ): Promise<void> {
    if (authentication !== 'profile') return;
    // What is not known of it ends no check.
    this.profile = await this.parts.profiles.describe({ profile, region }, signal).catch(() => undefined);
  }

  private forget(): void {
    const { manner } = this.shown;
    if (manner) this.parts.routes.forget(wayOf(manner.gateway.address, manner.authentication));
    this.forgetReport();
    this.lookAtSettings();
  }
}

function settingsFailed(): Report {
  const now = Date.now();
  const report = foldReport(newReport(now, {}), { type: 'ended', how: 'failed' }, now);
  return { ...report, hops: { ...report.hops, settings: { state: 'failed' } } };
}

function lineOf(id: string, event: Extract<CheckEvent, { type: 'failed' | 'ended' }>): string {
  return event.type === 'failed'
    ? `${id}: check: ${event.hop} ${event.failure.kind}`
    : `${id}: check: ${event.how}`;
}
