// The report as text, for whoever runs the gateway: no secret, no prompt, no name of a person or of a folder.
import { homedir } from 'node:os';
import { env, l10n, version } from 'vscode';
import { adviceFor } from '../advice/advice';
import { type CheckHop, checkHops } from '../core/check/report';
import { redact } from '../core/failures/redact';
import type { Trace } from '../core/model/requestIds';
import { codeSpan } from '../util/plainText';
import { namelessFailure, namelessPassed } from './anonymize';
import { inMarkdown, textsIn } from './quoting';
import type { CheckState } from './state';
import type { CheckView, HopView } from '../protocol/check';
import { failureOf, foundAt } from './view';

/** Markdown. `ours` is our version. What is not ours (names, what the other side said) is code, one line, bounded. */
export function reportText(state: CheckState, view: CheckView, ours: string): string {
  const { report } = state;
  const { manner } = state.shown;
  const remote = env.remoteName ? quoted(env.remoteName) : l10n.t('no remote');
  const facts: [string, string | undefined][] = [
    [l10n.t('Time'), report && new Date(report.startedAt).toISOString()],
    [l10n.t('Extension'), `bedrock-gateway ${ours}`],
    ['VS Code', `${version}, ${process.platform} ${process.arch}, ${remote}`],
    [l10n.t('Gateway'), manner && quoted(addressOf(manner.gateway.address))],
    [l10n.t('Region'), manner && quoted(manner.target.region)],
    [l10n.t('Model'), manner && `${quoted(manner.target.model)} (${manner.target.api})`],
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
  return `${text.filter(Boolean).join('\n\n')}\n`;
}

/** Without what must not be told. Before it is quoted: after that, what is left out could take the quotes with it. */
function clean(text: string): string {
  const home = homedir();
  const without = redact(text, []);
  return home.length > 1 ? without.replaceAll(home, '~') : without;
}

const quoted = (text: string) => codeSpan(clean(text));

const sentence = (text: string, about: unknown) => inMarkdown(clean(text), textsIn(about).map(clean));

function addressOf({ hostname, path }: { hostname: string; path: string }): string {
  return hostname + path;
}

function hopRow({ id, title, stateText, found, took, remark }: HopView, state: CheckState): string {
  const passed = state.report?.hops[id as CheckHop].passed;
  const nameless = passed && namelessPassed(passed);
  const shown = nameless && found ? foundAt(nameless, state) : found;
  const ids = passed?.trace ? traceWords(passed.trace) : '';
  const words = [shown, remark, took].filter(Boolean).join(' · ');
  const cell = [sentence(words, [nameless?.found, state.profile]), ids].filter(Boolean).join(' · ');
  return `| ${title} | ${stateText} | ${cell} |`;
}

function traceWords({ logId, eventId, ray, awsRequestId }: Trace): string {
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
  const hop = view.hops.find(({ id }) => report?.hops[id as CheckHop].state === 'failed');
  if (!report || !hop?.problem || !checkHops.includes(hop.id as CheckHop)) return '';
  const { lines } = hop.problem;
  const failure = failureOf(report);
  const nameless = failure && namelessFailure(failure);
  const named = nameless && adviceFor(nameless);
  const { title, sentence: advice } = named ?? { title: hop.problem.title, sentence: hop.problem.advice };
  const { status, code = '' } = failure?.facts ?? {};
  const kind = failure && [failure.kind, status, quoted(code)].filter(Boolean).join(' ');
  const heads = view.lineHeads;
  return [
    `## ${hop.title}: ${sentence(title, nameless?.facts)}`,
    sentence(advice, nameless?.facts),
    [kind, failure && traceWords(failure.trace)].filter(Boolean).join(' · '),
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
