// The report as text, for the gateway's administrator. It contains no secret, no prompt, and no name of a person or
// a folder.
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
import type { CheckView, StageView } from '../protocol/check';
import { failureOf, resultAt } from './view';

/**
 * The report in Markdown. Texts that others chose (names, provider messages) are code, on one line, of limited length.
 * `extensionVersion`: the version of this extension.
 */
export function reportText(state: CheckState, view: CheckView, extensionVersion: string): string {
  const { report } = state;
  const { config } = state.shown;
  const remote = env.remoteName ? codeOf(env.remoteName) : l10n.t('no remote');
  const facts: [string, string | undefined][] = [
    [l10n.t('Time'), report && new Date(report.startedAt).toISOString()],
    [l10n.t('Extension'), `bedrock-gateway ${extensionVersion}`],
    ['VS Code', `${version}, ${process.platform} ${process.arch}, ${remote}`],
    [l10n.t('Gateway'), config && codeOf(addressOf(config.gateway.address))],
    [l10n.t('Region'), config && codeOf(config.target.region)],
    [l10n.t('Model'), config && `${codeOf(config.target.model)} (${config.target.api})`],
    [l10n.t('Authentication'), config?.authentication],
    [l10n.t('Prompts sent'), report && String(report.prompts)],
  ];
  const text = [
    `# ${view.heading}`,
    view.summary,
    facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : [])).join('\n'),
    `| | | |\n|---|---|---|\n${view.stages.map((stage) => stageRow(stage, state)).join('\n')}`,
    failureSection(state, view),
    `## ${view.observationsHeading}`,
    view.observations.map(({ question, answer }) => `- ${question} ${answer}`).join('\n'),
  ];
  return `${text.filter(Boolean).join('\n\n')}\n`;
}

/** Removes secrets and the home directory. Call it before quoting: afterwards, a removal could take the quotes too. */
function clean(text: string): string {
  const home = homedir();
  const redacted = redact(text, []);
  return home.length > 1 ? redacted.replaceAll(home, '~') : redacted;
}

const codeOf = (text: string) => codeSpan(clean(text));

const sentence = (text: string, source: unknown) => quoteInMarkdown(clean(text), textsIn(source).map(clean));

function addressOf({ hostname, path }: { hostname: string; path: string }): string {
  return hostname + path;
}

function stageRow({ id, title, stateText, result, duration, warning }: StageView, state: CheckState): string {
  const passed = state.report?.stages[id as CheckStage].passed;
  const anonymous = passed && anonymizeResult(passed);
  const resultWithoutNames = anonymous && result ? resultAt(anonymous, state) : result;
  const ids = passed?.requestIds ? requestIdsText(passed.requestIds) : '';
  const text = [resultWithoutNames, warning, duration].filter(Boolean).join(' · ');
  const cell = [sentence(text, [anonymous?.result, state.profile]), ids].filter(Boolean).join(' · ');
  return `| ${title} | ${stateText} | ${cell} |`;
}

function requestIdsText({ logId, eventId, ray, awsRequestId }: RequestIds): string {
  const headers = {
    'cf-aig-log-id': logId,
    'cf-aig-event-id': eventId,
    'cf-ray': ray,
    'x-amzn-requestid': awsRequestId,
  };
  return Object.entries(headers)
    .flatMap(([name, value]) => (value && /^[\w.:-]{1,64}$/.test(value) ? [`${name} ${codeOf(value)}`] : []))
    .join(', ');
}

function failureSection({ report }: CheckState, view: CheckView): string {
  const stage = view.stages.find(({ id }) => report?.stages[id as CheckStage].state === 'failed');
  if (!report || !stage?.problem || !checkStages.includes(stage.id as CheckStage)) return '';
  const { lines } = stage.problem;
  const failure = failureOf(report);
  const anonymous = failure && anonymizeFailure(failure);
  const anonymousAdvice = anonymous && adviceFor(anonymous);
  const { title, sentence: advice } = anonymousAdvice ?? {
    title: stage.problem.title,
    sentence: stage.problem.advice,
  };
  const { status, code = '' } = failure?.details ?? {};
  const kind = failure && [failure.kind, status, codeOf(code)].filter(Boolean).join(' ');
  const heads = view.lineHeads;
  return [
    `## ${stage.title}: ${sentence(title, anonymous?.details)}`,
    sentence(advice, anonymous?.details),
    [kind, failure && requestIdsText(failure.requestIds)].filter(Boolean).join(' · '),
    lines &&
      [
        `| ${heads.part} | ${heads.signed} | ${heads.received} | |`,
        '|---|---|---|---|',
        ...lines.map(
          ({ name, signed, received, differs }) =>
            `| ${[name, signed, received].map(codeOf).join(' | ')} | ${differs ? `**${view.differs}**` : ''} |`,
        ),
      ].join('\n'),
  ]
    .filter(Boolean)
    .join('\n\n');
}
