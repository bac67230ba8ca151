// The state of a check as the panel shows it.
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
import type { CheckView, HopState, HopView, OwnButton } from '../protocol/check';
import { observationLines } from './observations';
import { type CheckState, type CheckInputs, isSame } from './state';

/** What a button of the panel itself does. */
export type OwnAction = 'begin' | 'stop' | 'copyReport' | 'forget';

const ownLabels: { readonly [A in OwnAction]: (ended: boolean) => string } = {
  begin: (ended) => (ended ? l10n.t('Check Again') : l10n.t('Begin')),
  stop: () => l10n.t('Stop'),
  copyReport: () => l10n.t('Copy Report'),
  forget: () => l10n.t('Forget What Was Learned'),
};

export function checkView(state: CheckState): CheckView {
  const { shown, next, report, known } = state;
  const phase = !report ? 'before' : report.outcome ? 'ended' : 'running';
  const changed = phase === 'ended' && !isSame(shown, next);
  return {
    heading: l10n.t('Check Connection'),
    subject: subjectOf(shown),
    beforehand: changed ? '' : beforehandOf(shown),
    phase,
    stages: checkStages.map((stage) => hopView(stage, report?.stages[stage] ?? { state: 'waiting' }, state)),
    summary: report ? summaryOf(report) : '',
    changed: changed ? changedWords(next) : '',
    settledHeading: l10n.t('What is known of this gateway'),
    settled: observationLines({ ...known, ...report?.quirks }, shown.config?.authentication),
    actions: actionsOf(state, phase),
    offer: state.offer,
    lineHeads: { part: l10n.t('Part'), ours: l10n.t('As we signed it'), theirs: l10n.t('As AWS saw it') },
    differs: l10n.t('differs'),
    copied: l10n.t('Copied'),
  };
}

function subjectOf({ config }: CheckInputs): string {
  if (!config) return '';
  const what = l10n.t('{0}, through {1}', config.target.model, formatAddress(config.gateway.address));
  return `${what} · ${authenticationText(config)}`;
}

function beforehandOf({ config, cost }: CheckInputs): string {
  if (!config) return '';
  const prompts = maxPrompts(config);
  const most = mostOf(cost, config.guardrail !== undefined);
  return prompts === 1
    ? l10n.t('Sends requests that cost nothing, then 1 tiny prompt at most: {0}.', most)
    : l10n.t('Sends requests that cost nothing, then {0} tiny prompts at most: {1}.', prompts, most);
}

/** AWS publishes what a guardrail costs by the policies in it, which nobody here knows. */
function mostOf(cost: Cost | undefined, guarded: boolean): string {
  if (cost?.kind !== 'sum') return l10n.t('what they cost is unknown');
  const most = dollars(cost.usd, env.language);
  return guarded
    ? l10n.t('they cost {0} at most, and what AWS charges for the guardrail', most)
    : l10n.t('they cost {0} at most', most);
}

function changedWords(next: CheckInputs): string {
  if (!next.config)
    return l10n.t(
      'The settings were changed since this check. The next one would end at once: {0}',
      next.problem?.sentence ?? '',
    );
  const since = l10n.t('The settings were changed since this check. The next one asks {0}.', subjectOf(next));
  return `${since} ${beforehandOf(next)}`;
}

function actionsOf({ report, known }: CheckState, phase: CheckView['phase']): OwnButton[] {
  const quirks = Object.keys({ ...known, ...report?.quirks }).length > 0;
  const offered: { readonly [A in OwnAction]: boolean } = {
    begin: phase !== 'running',
    stop: phase === 'running',
    copyReport: phase === 'ended',
    forget: phase !== 'running' && quirks,
  };
  return (Object.keys(ownLabels) as OwnAction[]).map((id) => ({
    id,
    label: ownLabels[id](phase === 'ended'),
    offered: offered[id],
  }));
}

const states: { readonly [S in HopState]: () => string } = {
  waiting: () => l10n.t('Not checked yet'),
  running: () => l10n.t('Checking…'),
  passed: () => l10n.t('Passed'),
  cautioned: () => l10n.t('Passed, with a remark'),
  failed: () => l10n.t('Failed'),
  notReached: () => l10n.t('Not reached'),
};

function hopView(stage: CheckStage, report: StageReport, state: CheckState): HopView {
  const { passed, failure, startedAt, endedAt } = report;
  const shown: HopState = report.state === 'passed' && passed?.warning ? 'cautioned' : report.state;
  const took = startedAt !== undefined && endedAt !== undefined ? endedAt - startedAt : 0;
  const problem = report.state === 'failed' ? problemOf(failure, state) : undefined;
  return {
    id: stage,
    title: stageTitles[stage](),
    state: shown,
    stateText: states[shown](),
    found: report.state === 'passed' && passed ? resultAt(passed, state) : '',
    // Several stages are told by one request: where there is no time to speak of, none is said.
    took: took >= 10 && report.state !== 'notReached' ? secondsText(took) : '',
    remark: report.state === 'passed' && passed?.warning ? warningText(passed.warning) : '',
    ...(problem && { problem }),
  };
}

/** `passed` in words, with what is known of the profile. */
export function resultAt(passed: StagePassed, { profile }: CheckState): string {
  const who = passed.stage === 'awsCredentials' && profile ? identityText(profile) : '';
  return [resultText(passed), who].filter(Boolean).join(' · ');
}

/** Buttons of other surfaces: a check has no prompt to send, and “Check Again” of its own. */
const elsewhere = ['sendAgain', 'sendWithoutStreaming', 'checkConnection'] as const;
/** What a check offers. */
export type CheckRemedy = Exclude<Remedy, (typeof elsewhere)[number]>;

const isMending = (remedy: Remedy): remedy is CheckRemedy => !elsewhere.some((other) => other === remedy);

/** What mends the stage that failed. */
export function remediesOf({ report, shown }: CheckState): readonly CheckRemedy[] {
  const failed = report && failureOf(report);
  const all = failed ? adviceFor(failed).remedies : (shown.problem?.remedies ?? []);
  return all.filter(isMending);
}

/** The failure that ended a check, if one did. */
export function failureOf({ stages }: Report): Failure | undefined {
  return checkStages.map((stage) => stages[stage].failure).find((failure) => failure !== undefined);
}

function problemOf(failure: Failure | undefined, state: CheckState): HopView['problem'] {
  const found = failure ? adviceFor(failure) : state.shown.problem;
  if (!found) return undefined;
  const canonical = failure?.details.canonical;
  return {
    title: found.title,
    advice: found.sentence,
    said: failure?.details.message ?? '',
    actions: remediesOf(state).map((remedy) => ({ id: remedyId(remedy), label: remedyLabel(remedy) })),
    ...(canonical && {
      lines: canonical.map(({ name, signed, received, differs }) => ({
        name,
        ours: signed ?? '—',
        theirs: received ?? '—',
        differs,
      })),
    }),
  };
}

function summaryOf(report: Report): string {
  if (report.outcome) return endingOf(report, report.outcome);
  return report.runningExtra
    ? l10n.t('Asking once more, to see whether the cache answers…')
    : l10n.t('Checking…');
}

function endingOf(report: Report, ended: CheckOutcome): string {
  switch (ended) {
    case 'stopped':
      return l10n.t('Stopped');
    case 'failed': {
      const failed = checkStages.find((stage) => report.stages[stage].state === 'failed') ?? 'settings';
      return l10n.t('It does not work yet. It fails at: {0}.', stageTitles[failed]());
    }
    case 'passed':
      return checkStages.some((stage) => report.stages[stage].passed?.warning)
        ? l10n.t('Prompts get through. Something is not as it should be: see the remarks.')
        : l10n.t('Everything works.');
  }
}
