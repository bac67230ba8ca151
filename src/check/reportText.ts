// The report as text, for whoever runs the gateway: no secret, no prompt, no name of a person or of a folder.
import { homedir } from 'node:os';
import { env, l10n, version } from 'vscode';
import { adviceFor } from '../advice/advice';
import { type CheckHop, checkHops } from '../core/check/report';
import { redact } from '../core/failures/redact';
import type { Trace } from '../core/trace';
import { namelessFailure, namelessPassed } from './nameless';
import type { CheckState } from './state';
import type { CheckView, HopView } from './protocol';
import { failureOf, foundAt } from './view';

/** Markdown. `ours` is our version. */
export function reportText(state: CheckState, view: CheckView, ours: string): string {
  const { report } = state;
  const { manner } = state.shown;
  const facts: [string, string | undefined][] = [
    [l10n.t('Time'), report && new Date(report.startedAt).toISOString()],
    [l10n.t('Extension'), `bedrock-gateway ${ours}`],
    ['VS Code', `${version}, ${process.platform} ${process.arch}, ${env.remoteName ?? l10n.t('no remote')}`],
    [l10n.t('Gateway'), manner && addressOf(manner.gateway.address)],
    [l10n.t('Region'), manner?.target.region],
    [l10n.t('Model'), manner && `${manner.target.model} (${manner.target.api})`],
    [l10n.t('Authentication'), manner?.authentication],
    [l10n.t('Prompts sent'), report && String(report.prompts)],
  ];
  const text = [
    `# ${view.heading}`,
    view.summary,
    facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])).join('\n'),
    `| | | |\n|---|---|---|\n${view.hops.map((hop) => hopRow(hop, state)).join('\n')}`,
    failedPart(state, view),
    `## ${view.settledHeading}`,
    view.settled.map(({ question, answer }) => `- ${question} ${answer}`).join('\n'),
  ];
  const home = homedir();
  const whole = redact(text.filter(Boolean).join('\n\n'), []);
  return `${home.length > 1 ? whole.replaceAll(home, '~') : whole}\n`;
}

function addressOf({ hostname, path }: { hostname: string; path: string }): string {
  return hostname + path;
}

function hopRow({ id, title, stateText, found, took, remark }: HopView, state: CheckState): string {
  const passed = state.report?.hops[id as CheckHop].passed;
  const shown = passed && found ? foundAt(namelessPassed(passed), state) : found;
  const ids = passed?.trace ? traceWords(passed.trace) : '';
  const cell = [shown, remark, took, ids].filter(Boolean).join(' · ');
  return `| ${title} | ${stateText} | ${cell.replaceAll('|', '\\|')} |`;
}

function traceWords({ logId, eventId, ray, awsRequestId }: Trace): string {
  const named = {
    'cf-aig-log-id': logId,
    'cf-aig-event-id': eventId,
    'cf-ray': ray,
    'x-amzn-requestid': awsRequestId,
  };
  return Object.entries(named)
    .flatMap(([name, value]) => (value && /^[\w.:-]{1,64}$/.test(value) ? [`${name} ${value}`] : []))
    .join(', ');
}

function failedPart({ report }: CheckState, view: CheckView): string {
  const hop = view.hops.find(({ id }) => report?.hops[id as CheckHop].state === 'failed');
  if (!report || !hop?.problem || !checkHops.includes(hop.id as CheckHop)) return '';
  const { lines } = hop.problem;
  const failure = failureOf(report);
  const named = failure && adviceFor(namelessFailure(failure));
  const { title, sentence: advice } = named ?? { title: hop.problem.title, sentence: hop.problem.advice };
  const code = failure && [failure.kind, failure.facts.status, failure.facts.code].filter(Boolean).join(' ');
  const heads = view.lineHeads;
  return [
    `## ${hop.title}: ${title}`,
    advice,
    [code, failure && traceWords(failure.trace)].filter(Boolean).join(' · '),
    lines &&
      [
        `| ${heads.part} | ${heads.ours} | ${heads.theirs} | |`,
        '|---|---|---|---|',
        ...lines.map(
          ({ name, ours, theirs, differs }) =>
            `| ${name} | \`${ours}\` | \`${theirs}\` | ${differs ? `**${view.differs}**` : ''} |`,
        ),
      ].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}
