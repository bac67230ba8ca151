// The state of a check as the panel shows it.
import { env, l10n } from 'vscode';
import { adviceFor, idOf, labelOf } from '../advice/advice';
import type { Remedy } from '../advice/row';
import { type CheckHop, type Ended, type HopReport, type Report, checkHops } from '../core/check/report';
import type { Failure } from '../core/failure';
import { formatAddress } from '../core/gateway/address';
import { dollars } from '../money';
import type { Action } from '../panel/protocol';
import { cautionWords, foundWords, hopTitles, seconds } from './found';
import type { CheckView, HopState, HopView } from './protocol';
import { settledWords } from './settled';
import type { CheckState } from './state';

/** What a button of the panel itself does. */
export type OwnAction = 'begin' | 'stop' | 'copyReport' | 'forget';

const ownLabels: { readonly [A in OwnAction]: (ended: boolean) => string } = {
  begin: (ended) => (ended ? l10n.t('Check Again') : l10n.t('Begin')),
  stop: () => l10n.t('Stop'),
  copyReport: () => l10n.t('Copy Report'),
  forget: () => l10n.t('Forget What Was Learned'),
};

export function viewOf(state: CheckState): CheckView {
  const { manner, report, known } = state;
  const phase = !report ? 'before' : report.ended ? 'ended' : 'running';
  return {
    heading: l10n.t('Check Connection'),
    subject: manner
      ? l10n.t('{0}, through {1}', manner.target.model, formatAddress(manner.gateway.address))
      : '',
    beforehand: beforehandOf(state),
    phase,
    hops: checkHops.map((hop) => hopView(hop, report?.hops[hop] ?? { state: 'waiting' }, state)),
    summary: report ? summaryOf(report) : '',
    settledHeading: l10n.t('What is known of this gateway'),
    settled: settledWords({ ...known, ...report?.learned }, manner?.authentication),
    actions: actionsOf(state, phase),
    lineHeads: { part: l10n.t('Part'), ours: l10n.t('As we signed it'), theirs: l10n.t('As AWS saw it') },
    differs: l10n.t('differs'),
    copied: l10n.t('Copied'),
  };
}

function beforehandOf({ manner, prompts, cost }: CheckState): string {
  if (!manner) return '';
  const most =
    cost?.kind !== 'sum'
      ? l10n.t('what they cost is unknown')
      : l10n.t('they cost {0} at most', dollars(cost.usd, env.language));
  return prompts === 1
    ? l10n.t('Sends requests that cost nothing, then 1 tiny prompt at most: {0}.', most)
    : l10n.t('Sends requests that cost nothing, then {0} tiny prompts at most: {1}.', prompts, most);
}

function actionsOf({ report, known }: CheckState, phase: CheckView['phase']): Action[] {
  const own: OwnAction[] =
    phase === 'running' ? ['stop'] : phase === 'ended' ? ['begin', 'copyReport'] : ['begin'];
  const learned = Object.keys({ ...known, ...report?.learned }).length > 0;
  if (phase !== 'running' && learned) own.push('forget');
  return own.map((id) => ({ id, label: ownLabels[id](phase === 'ended') }));
}

const states: { readonly [S in HopState]: () => string } = {
  waiting: () => l10n.t('Not checked yet'),
  running: () => l10n.t('Checking…'),
  passed: () => l10n.t('Passed'),
  cautioned: () => l10n.t('Passed, with a remark'),
  failed: () => l10n.t('Failed'),
  notReached: () => l10n.t('Not reached'),
};

function hopView(hop: CheckHop, report: HopReport, state: CheckState): HopView {
  const { passed, failure, startedAt, endedAt } = report;
  const shown: HopState = report.state === 'passed' && passed?.caution ? 'cautioned' : report.state;
  const took = startedAt !== undefined && endedAt !== undefined ? endedAt - startedAt : 0;
  const problem = report.state === 'failed' ? problemOf(failure, state) : undefined;
  return {
    id: hop,
    title: hopTitles[hop](),
    state: shown,
    stateText: states[shown](),
    found:
      report.state === 'passed' && passed
        ? [foundWords(passed), hop === 'awsCredentials' && expiryWords(state)].filter(Boolean).join(' · ')
        : '',
    // Several hops are told by one request: where there is no time to speak of, none is said.
    took: took >= 10 && report.state !== 'notReached' ? seconds(took) : '',
    remark: report.state === 'passed' && passed?.caution ? cautionWords(passed.caution) : '',
    ...(problem && { problem }),
  };
}

function expiryWords({ expiration }: CheckState): string {
  if (expiration === undefined) return '';
  const time = new Intl.DateTimeFormat(env.language, { dateStyle: 'medium', timeStyle: 'short' });
  return l10n.t('until {0}', time.format(expiration));
}

/** Buttons of other surfaces: here is “Check Again” for them. */
const elsewhere: ReadonlySet<string> = new Set(['sendAgain', 'sendWithoutStreaming', 'checkConnection']);

/** What mends the hop that failed. */
export function remediesOf({ report, settingsProblem }: CheckState): readonly Remedy[] {
  const failed = report && failureOf(report);
  const all = failed ? adviceFor(failed).remedies : (settingsProblem?.remedies ?? []);
  return all.filter((remedy) => !elsewhere.has(idOf(remedy)));
}

/** The failure that ended a check, if one did. */
export function failureOf({ hops }: Report): Failure | undefined {
  return checkHops.map((hop) => hops[hop].failure).find((failure) => failure !== undefined);
}

function problemOf(failure: Failure | undefined, state: CheckState): HopView['problem'] {
  const found = failure ? adviceFor(failure) : state.settingsProblem;
  if (!found) return undefined;
  const canonical = failure?.facts.canonical;
  return {
    title: found.title,
    advice: found.sentence,
    said: failure?.facts.message ?? '',
    actions: remediesOf(state).map((remedy) => ({ id: idOf(remedy), label: labelOf(remedy) })),
    ...(canonical && {
      lines: canonical.map(({ name, ours, theirs, differs }) => ({
        name,
        ours: ours ?? '—',
        theirs: theirs ?? '—',
        differs,
      })),
    }),
  };
}

function summaryOf(report: Report): string {
  if (report.ended) return endingOf(report, report.ended);
  return report.asking ? l10n.t('Asking once more, to see whether the cache answers…') : l10n.t('Checking…');
}

function endingOf(report: Report, ended: Ended): string {
  switch (ended) {
    case 'stopped':
      return l10n.t('Stopped');
    case 'failed': {
      const failed = checkHops.find((hop) => report.hops[hop].state === 'failed') ?? 'settings';
      return l10n.t('It does not work yet. It fails at: {0}.', hopTitles[failed]());
    }
    case 'passed':
      return checkHops.some((hop) => report.hops[hop].passed?.caution)
        ? l10n.t('Prompts get through. Something is not as it should be: see the remarks.')
        : l10n.t('Everything works.');
  }
}
