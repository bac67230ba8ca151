// Converts a turn into what the panel shows, in the user's language.
import { Uri, l10n } from 'vscode';
import { adviceFor, remedyId, remedyLabel, remediesFor } from '../advice/advice';
import { policiesText } from '../advice/guardrail';
import type { Remedy } from '../advice/row';
import { isRepeated } from '../conversation/followUp';
import { isSentAsOneText } from '../core/bedrock/codecs';
import { isBlank } from '../core/model/blank';
import type { Outcome, Reply, Turn } from '../core/model/reply';
import { type Source, linesOf, promptOf } from '../core/model/request';
import type { Versions } from '../conversation/tree';
import { firstAndMore, formatNumber } from '../ui/format';
import { oneLine, shortened } from '../util/plainText';
import { sentAttachments } from '../prompt/promptContent';
import { attachmentView } from './attachmentViews';
import { type StatContext, replyStats } from './stats';
import { retryReasonText } from '../inspector/retryReasons';
import type { Action, OutcomeView, State, TurnView } from '../protocol/reply';

/** Where a turn is in its conversation. */
export interface TurnPlace {
  readonly before: EarlierTurns;
  readonly versions: Versions;
}

/** What matters of the turns before one. */
export interface EarlierTurns {
  /** How many were answered, and how many were not. */
  readonly answered: number;
  readonly unanswered: number;
  readonly hasReasoning: boolean;
}

export const noEarlierTurns: EarlierTurns = { answered: 0, unanswered: 0, hasReasoning: false };

/** What matters of the turns before the next one. */
export function withTurn({ answered, unanswered, hasReasoning }: EarlierTurns, turn: Turn): EarlierTurns {
  if (!isRepeated(turn))
    return { answered, unanswered: unanswered + (turn.reply.outcome ? 1 : 0), hasReasoning };
  return { answered: answered + 1, unanswered, hasReasoning: hasReasoning || turn.reply.reasoning !== '' };
}

/** `now`: ms since the epoch. */
export function turnView(
  turn: Turn,
  { before, versions }: TurnPlace,
  context: StatContext,
  now: number,
): TurnView {
  const { request, reply } = turn;
  const count = versions.ids.length;
  const attachments = sentAttachments(request).map((attachment) => attachmentView(attachment));
  return {
    id: request.id,
    ...(count > 1 && { version: { index: versions.index + 1, count } }),
    prompt: promptOf(request),
    ...(attachments.length > 0 && { attachments }),
    notSent: notSentText(before, turn),
    source: firstAndMore(request.sources.map(sourceName)),
    text: reply.text,
    reasoning: reply.reasoning,
    state: panelState(turn, context, now),
  };
}

/** Everything about a turn but its prompt and text. `now`: ms since the epoch. */
export function panelState(turn: Turn, context: StatContext, now: number): State {
  const { reply } = turn;
  const runsElsewhere = context.runsElsewhere && !reply.outcome;
  return {
    phase: reply.outcome ? 'ended' : reply.text || reply.reasoning ? 'streaming' : 'waiting',
    elapsed: (reply.endedAt ?? now) - reply.startedAt,
    ...(reply.waiting && { retryIn: Math.max(0, reply.waiting.until - now) }),
    note: runsElsewhere
      ? l10n.t('This reply is running in another window. You can stop it there.')
      : noteOf(reply),
    ...(runsElsewhere && { runsElsewhere }),
    ...(reply.outcome && { outcome: outcomeView(reply.outcome, reply) }),
    stats: replyStats(turn, context),
    attempts: reply.records.length,
  };
}

/** Says what of the turns before was not sent with the prompt; '' if all of it was. */
function notSentText({ answered, unanswered, hasReasoning }: EarlierTurns, { request }: Turn): string {
  const isOneText = answered > 0 && isSentAsOneText(request.target);
  return [
    ...(unanswered > 0
      ? [l10n.t('Not sent along: earlier prompts without a reply ({0}).', formatNumber(unanswered))]
      : []),
    ...(hasReasoning ? [l10n.t('Not sent along: the reasoning of earlier replies.')] : []),
    ...(isOneText ? [l10n.t('This model takes the conversation as one text, without roles.')] : []),
  ].join(' ');
}

/** "main.ts:12–40", lines counted from 1 as editors do. */
export function sourceName({ uri, range }: Source): string {
  const name = shortened(oneLine(Uri.parse(uri).path.split('/').at(-1) ?? ''), 120);
  const { first, last } = linesOf(range);
  return `${name}:${first === last ? first : `${first}–${last}`}`;
}

function noteOf({ waiting, retriedBecause, damaged, streamNotCached, outcome }: Reply): string {
  if (waiting) return adviceFor(waiting.failure).title;
  if (!retriedBecause && streamNotCached)
    return l10n.t(
      'Not streamed: the gateway’s cache did not keep this reply as a stream, twice. It can keep a reply that is not streamed.',
    );
  // If the retry failed too, its failure says what is wrong.
  if (!retriedBecause || outcome?.kind === 'failed') return '';
  // Of all reasons, this is the one that may have been charged.
  return retryReasonText[damaged ? 'streamDamaged' : retriedBecause]();
}

/** Stop reasons that need no remark. */
const expectedStopReasons: ReadonlySet<string> = new Set(['end_turn', 'stop_sequence', '']);
const stopReasons: ReadonlyMap<string, () => string> = new Map([
  ['max_tokens', () => l10n.t('The reply reached its limit of tokens')],
  ['model_context_window_exceeded', () => l10n.t('The model’s context window is full')],
  ['tool_use', () => l10n.t('The model asked for a tool, which is not offered here')],
  ['refusal', () => l10n.t('The model declined to answer')],
  ['guardrail_intervened', () => l10n.t('A Bedrock guardrail has changed parts of this')],
  ['malformed_model_output', () => l10n.t('Bedrock couldn’t read the model’s output')],
  ['malformed_tool_use', () => l10n.t('Bedrock couldn’t read the model’s request for a tool')],
  ['pause_turn', () => l10n.t('The model paused')],
]);
/** What to do about a stop reason, if there is something to do. */
const stopAdvice: ReadonlyMap<string, (reply: Reply) => string> = new Map<string, (reply: Reply) => string>([
  ['max_tokens', ({ limit }) => limitAdvice(limit)],
  [
    'model_context_window_exceeded',
    () =>
      l10n.t(
        'The prompt and the reply together exceed the model’s context window. Select less, or choose a model with a larger context window.',
      ),
  ],
  [
    'refusal',
    () =>
      l10n.t(
        'The model’s provider does not let it answer this prompt. Try rephrasing the prompt, or another model.',
      ),
  ],
  ['guardrail_intervened', ({ guardrailPolicies = [] }) => policiesText(guardrailPolicies).join(' ')],
  ['malformed_model_output', () => l10n.t('Try sending the prompt again, or another model.')],
  ['malformed_tool_use', () => l10n.t('Try sending the prompt again, or another model.')],
]);

function outcomeView(outcome: Outcome, reply: Reply): OutcomeView {
  const { kind } = outcome;
  const base = { kind, advice: '', providerMessage: '', actions: [] };
  switch (outcome.kind) {
    case 'done': {
      const { stopReason } = outcome;
      if (expectedStopReasons.has(stopReason))
        return { ...base, title: isBlank(reply.text) ? l10n.t('The reply is empty') : '' };
      const title =
        stopReasons.get(stopReason)?.() ??
        l10n.t('The model stopped for an unknown reason: “{0}”', stopReason);
      return { ...base, title, advice: stopAdvice.get(stopReason)?.(reply) ?? '' };
    }
    case 'stopped':
      return { ...base, title: l10n.t('Stopped'), actions: actionsOf(['sendAgain']) };
    case 'cut':
    case 'blocked':
    case 'failed': {
      const { title, sentence } = adviceFor(outcome.failure);
      return {
        kind,
        title: kind === 'cut' ? l10n.t('Incomplete: {0}', title) : title,
        advice: sentence,
        providerMessage: outcome.failure.details.message ?? '',
        actions: actionsOf(remediesFor(outcome.failure, kind === 'blocked')),
      };
    }
  }
}

/** `limit`: the token limit of the request; undefined if the request named none. */
function limitAdvice(limit: number | undefined): string {
  return limit === undefined
    ? l10n.t('The setting request.maxTokens, or the model’s own limit, ended it.')
    : l10n.t(
        'The request allowed {0} tokens. The setting request.maxTokens changes that.',
        formatNumber(limit),
      );
}

function actionsOf(remedies: readonly Remedy[]): Action[] {
  return remedies.map((remedy) => ({ id: remedyId(remedy), label: remedyLabel(remedy) }));
}
