// The report as text, for whoever runs the gateway: no secret, no prompt, no name of a person or of a folder.
import { homedir } from 'node:os';
import { env, l10n, version } from 'vscode';
import { adviceFor } from '../advice/advice';
import { type CheckStage, checkStages } from '../core/check/report';
import { redact } from '../core/failures/redact';
import type { RequestIds } from '../core/model/requestIds';
import { codeSpan } from '../util/plainText';
import { anonymizeFailure, anonymizeResult } from './anonymize';
import { quoteInMarkdown, textsIn } from './quoting';
import type { CheckState } from './state';
import type { CheckView, HopView } from '../protocol/check';
import { failureOf, resultAt } from './view';

/** Markdown. `ours` is our version. What is not ours (names, what the other side said) is code, one line, bounded. */
export function reportText(state: CheckState, view: CheckView, ours: string): string {
  const { report } = state;
  const { config } = state.shown;
  const remote = env.remoteName ? quoted(env.remoteName) : l10n.t('no remote');
  const facts: [string, string | undefined][] = [
    [l10n.t('Time'), report && new Date(report.startedAt).toISOString()],
    [l10n.t('Extension'), `bedrock-gateway ${ours}`],
    ['VS Code', `${version}, ${process.platform} ${process.arch}, ${remote}`],
    [l10n.t('Gateway'), config && quoted(addressOf(config.gateway.address))],
    [l10n.t('Region'), config && quoted(config.target.region)],
    [l10n.t('Model'), config && `${quoted(config.target.model)} (${config.target.api})`],
    [l10n.t('Authentication'), config?.authentication],
    [l10n.t('Prompts sent'), report && String(report.prompts)],
  ];
  const text = [
    `# ${view.heading}`,
    view.summary,
    facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])).join('\n'),
    `| | | |\n|---|---|---|\n${view.stages.map((stage) => hopRow(stage, state)).join('\n')}`,
    failedPart(state, view),
    `## ${view.settledHeading}`,
    view.settled.map(({ question, answer }) => `- ${question} ${answer}`).join('\n'),
  ];
  return `${text.filter(Boolean).join('\n\n')}\n`;
}

/** Without what must not be told. Before it is quoted: after that, what is left out could take the quotes with it. */
function clean(text: string): string {
  const home = homedir();
  const without = redact(text, []);
  return home.length > 1 ? without.replaceAll(home, '~') : without;
}

const quoted = (text: string) => codeSpan(clean(text));

const sentence = (text: string, about: unknown) => quoteInMarkdown(clean(text), textsIn(about).map(clean));

function addressOf({ hostname, path }: { hostname: string; path: string }): string {
  return hostname + path;
}

function hopRow({ id, title, stateText, found, took, remark }: HopView, state: CheckState): string {
  const passed = state.report?.stages[id as CheckStage].passed;
  const anonymous = passed && anonymizeResult(passed);
  const shown = anonymous && found ? resultAt(anonymous, state) : found;
  const ids = passed?.requestIds ? traceWords(passed.requestIds) : '';
  const words = [shown, remark, took].filter(Boolean).join(' · ');
  const cell = [sentence(words, [anonymous?.result, state.profile]), ids].filter(Boolean).join(' · ');
  return `| ${title} | ${stateText} | ${cell} |`;
}

function traceWords({ logId, eventId, ray, awsRequestId }: RequestIds): string {
  const named = {
    'cf-aig-log-id': logId,
    'cf-aig-event-id': eventId,
    'cf-ray': ray,
    'x-amzn-requestid': awsRequestId,
  };
  return Object.entries(named)
    .flatMap(([name, value]) => (value && /^[\w.:-]{1,64}$/.test(value) ? [`${name} ${quoted(value)}`] : []))
    .join(', ');
}

function failedPart({ report }: CheckState, view: CheckView): string {
  const stage = view.stages.find(({ id }) => report?.stages[id as CheckStage].state === 'failed');
  if (!report || !stage?.problem || !checkStages.includes(stage.id as CheckStage)) return '';
  const { lines } = stage.problem;
  const failure = failureOf(report);
  const anonymous = failure && anonymizeFailure(failure);
  const named = anonymous && adviceFor(anonymous);
  const { title, sentence: advice } = named ?? { title: stage.problem.title, sentence: stage.problem.advice };
  const { status, code = '' } = failure?.details ?? {};
  const kind = failure && [failure.kind, status, quoted(code)].filter(Boolean).join(' ');
  const heads = view.lineHeads;
  return [
    `## ${stage.title}: ${sentence(title, anonymous?.details)}`,
    sentence(advice, anonymous?.details),
    [kind, failure && traceWords(failure.requestIds)].filter(Boolean).join(' · '),
    lines &&
      [
        `| ${heads.part} | ${heads.ours} | ${heads.theirs} | |`,
        '|---|---|---|---|',
        ...lines.map(
          ({ name, ours, theirs, differs }) =>
            `| ${[name, ours, theirs].map(quoted).join(' | ')} | ${differs ? `**${view.differs}**` : ''} |`,
        ),
      ].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}
