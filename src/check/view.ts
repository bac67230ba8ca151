// Converts the state of a check into what the panel shows.
import { env, l10n } from 'vscode';
import { adviceFor, remedyId, remedyLabel } from '../advice/advice';
import type { Remedy } from '../advice/row';
import { maxPrompts } from '../core/check/bounds';
import {
  type CheckStage,
  type CheckOutcome,
  type StageReport,
  type StagePassed,
  type Report,
  checkStages,
} from '../core/check/report';
import type { Failure } from '../core/model/failure';
import { formatAddress } from '../core/gateway/address';
import type { Cost } from '../core/model/cost';
import { dollars } from '../ui/money';
import {
  authenticationText,
  warningText,
  resultText,
  stageTitles,
  identityText,
  secondsText,
} from './results';
import type { CheckView, StageState, StageView, PanelButton } from '../protocol/check';
import { observationLines } from './observations';
import { type CheckState, type CheckInputs, isSame } from './state';

/** The actions of the panel's own buttons. */
export type PanelAction = 'begin' | 'stop' | 'copyReport' | 'forget';

const panelLabels: { readonly [A in PanelAction]: (ended: boolean) => string } = {
  begin: (ended) => (ended ? l10n.t('Check Again') : l10n.t('Begin')),
  stop: () => l10n.t('Stop'),
  copyReport: () => l10n.t('Copy Report'),
  forget: () => l10n.t('Clear Observations'),
};

export function checkView(state: CheckState): CheckView {
  const { shown, next, report, quirks } = state;
  const phase = !report ? 'before' : report.outcome ? 'ended' : 'running';
  const settingsChanged = phase === 'ended' && !isSame(shown, next);
  return {
    heading: l10n.t('Check Connection'),
    subject: subjectText(shown),
    plan: settingsChanged ? '' : planText(shown),
    phase,
    stages: checkStages.map((stage) =>
      stageView(stage, report?.stages[stage] ?? { state: 'waiting' }, state),
    ),
    summary: report ? summaryText(report) : '',
    changed: settingsChanged
      ? changedText(next)
      : phase === 'ended' && state.credentialsChanged
        ? l10n.t('The stored credentials have changed since this check.')
        : '',
    observationsHeading: l10n.t('Observed behavior of this gateway'),
    observations: observationLines({ ...quirks, ...report?.quirks }, shown.config?.authentication),
    actions: panelButtons(state, phase),
    offer: state.offer,
    lineHeads: { part: l10n.t('Part'), signed: l10n.t('Signed'), received: l10n.t('AWS received') },
    differs: l10n.t('differs'),
    copied: l10n.t('Copied'),
  };
}

function subjectText({ config }: CheckInputs): string {
  if (!config) return '';
  const what = l10n.t('{0}, through {1}', config.target.model, formatAddress(config.gateway.address));
  return `${what} · ${authenticationText(config)}`;
}

function planText({ config, cost }: CheckInputs): string {
  if (!config) return '';
  const prompts = maxPrompts(config);
  const costText = maxCostText(cost, config.guardrail !== undefined);
  return prompts === 1
    ? l10n.t('Sends free requests, then at most 1 tiny prompt: {0}.', costText)
    : l10n.t('Sends free requests, then at most {0} tiny prompts: {1}.', prompts, costText);
}

/** A guardrail's price depends on its policies, which are not known here. */
function maxCostText(cost: Cost | undefined, guarded: boolean): string {
  if (cost?.kind !== 'sum') return l10n.t('the cost is unknown');
  const maxCost = dollars(cost.usd, env.language);
  return guarded
    ? l10n.t('it costs at most {0}, plus what AWS charges for the guardrail', maxCost)
    : l10n.t('it costs at most {0}', maxCost);
}

function changedText(next: CheckInputs): string {
  if (!next.config)
    return l10n.t(
      'The settings have changed since this check. The next check would fail immediately: {0}',
      next.problem?.sentence ?? '',
    );
  const since = l10n.t(
    'The settings have changed since this check. The next check uses {0}.',
    subjectText(next),
  );
  return `${since} ${planText(next)}`;
}

function panelButtons({ report, quirks }: CheckState, phase: CheckView['phase']): PanelButton[] {
  const hasObservations = Object.keys({ ...quirks, ...report?.quirks }).length > 0;
  const offered: { readonly [A in PanelAction]: boolean } = {
    begin: phase !== 'running',
    stop: phase === 'running',
    copyReport: phase === 'ended',
    forget: phase !== 'running' && hasObservations,
  };
  return (Object.keys(panelLabels) as PanelAction[]).map((id) => ({
    id,
    label: panelLabels[id](phase === 'ended'),
    offered: offered[id],
  }));
}

const stateTexts: { readonly [S in StageState]: () => string } = {
  waiting: () => l10n.t('Not checked yet'),
  running: () => l10n.t('Checking…'),
  passed: () => l10n.t('Passed'),
  warned: () => l10n.t('Passed, with a warning'),
  failed: () => l10n.t('Failed'),
  notReached: () => l10n.t('Not reached'),
};

function stageView(stage: CheckStage, report: StageReport, state: CheckState): StageView {
  const { passed, failure, startedAt, endedAt } = report;
  const shownState: StageState = report.state === 'passed' && passed?.warning ? 'warned' : report.state;
  const elapsed = startedAt !== undefined && endedAt !== undefined ? endedAt - startedAt : 0;
  const problem = report.state === 'failed' ? problemView(failure, state) : undefined;
  return {
    id: stage,
    title: stageTitles[stage](),
    state: shownState,
    stateText: stateTexts[shownState](),
    result: report.state === 'passed' && passed ? resultAt(passed, state) : '',
    // Several stages may share one request. A stage that took hardly any time shows none.
    duration: elapsed >= 10 && report.state !== 'notReached' ? secondsText(elapsed) : '',
    warning: report.state === 'passed' && passed?.warning ? warningText(passed.warning) : '',
    ...(problem && { problem }),
  };
}

/** The result of a stage, with the identity of the profile for the stage of the credentials. */
export function resultAt(passed: StagePassed, { profile }: CheckState): string {
  const identity = passed.stage === 'awsCredentials' && profile ? identityText(profile) : '';
  return [resultText(passed), identity].filter(Boolean).join(' · ');
}

/** Actions that a check does not offer: it has no prompt to send, and has its own “Check Again”. */
const otherSurfaces = ['sendAgain', 'sendWithoutStreaming', 'checkConnection'] as const;
/** The remedies that a check offers. */
export type CheckRemedy = Exclude<Remedy, (typeof otherSurfaces)[number]>;

const isCheckRemedy = (remedy: Remedy): remedy is CheckRemedy =>
  !otherSurfaces.some((other) => other === remedy);

/** The remedies for the stage that failed. */
export function remediesOf({ report, shown }: CheckState): readonly CheckRemedy[] {
  const failed = report && failureOf(report);
  const all = failed ? adviceFor(failed).remedies : (shown.problem?.remedies ?? []);
  return all.filter(isCheckRemedy);
}

/** The failure that ended a check, if one did. */
export function failureOf({ stages }: Report): Failure | undefined {
  return checkStages.map((stage) => stages[stage].failure).find((failure) => failure !== undefined);
}

function problemView(failure: Failure | undefined, state: CheckState): StageView['problem'] {
  const advice = failure ? adviceFor(failure) : state.shown.problem;
  if (!advice) return undefined;
  const canonical = failure?.details.canonical;
  return {
    title: advice.title,
    advice: advice.sentence,
    providerMessage: failure?.details.message ?? '',
    actions: remediesOf(state).map((remedy) => ({ id: remedyId(remedy), label: remedyLabel(remedy) })),
    ...(canonical && {
      lines: canonical.map(({ name, signed, received, differs }) => ({
        name,
        signed: signed ?? '—',
        received: received ?? '—',
        differs,
      })),
    }),
  };
}

function summaryText(report: Report): string {
  if (report.outcome) return outcomeText(report, report.outcome);
  return report.runningExtra
    ? l10n.t('Sending the prompt again, to see whether the cache answers…')
    : l10n.t('Checking…');
}

function outcomeText(report: Report, ended: CheckOutcome): string {
  switch (ended) {
    case 'stopped':
      return l10n.t('Stopped');
    case 'failed': {
      const failed = checkStages.find((stage) => report.stages[stage].state === 'failed') ?? 'settings';
      return l10n.t('The check failed at: {0}.', stageTitles[failed]());
    }
    case 'passed':
      return checkStages.some((stage) => report.stages[stage].passed?.warning)
        ? l10n.t('Prompts work, with warnings. See the stages above.')
        : l10n.t('Everything works.');
  }
}
