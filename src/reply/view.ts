// A turn as the panel shows it: its state in the user's words.
import { Uri, l10n } from 'vscode';
import { adviceFor, remedyId, remedyLabel, remediesFor } from '../advice/advice';
import { policiesText } from '../advice/guardrail';
import type { Remedy } from '../advice/row';
import { isBlank } from '../core/model/blank';
import type { Outcome, Reply, Turn } from '../core/model/reply';
import { type Request, type Source, linesOf, textOf } from '../core/model/request';
import { formatNumber } from '../ui/format';
import { oneLine, shortened } from '../util/plainText';
import { type StatContext, replyStats } from './stats';
import { retryReasonText } from '../inspector/retryReasons';
import type { Action, OutcomeView, State, TurnView } from '../protocol/reply';

export function turnView(turn: Turn, known: StatContext, now: number): TurnView {
  const { request, reply } = turn;
  return {
    id: request.id,
    prompt: promptOf(request),
    source: request.sources.map(sourceName).join(', '),
    text: reply.text,
    reasoning: reply.reasoning,
    state: panelState(turn, known, now),
  };
}

export function panelState(turn: Turn, known: StatContext, now: number): State {
  const { reply } = turn;
  return {
    phase: reply.outcome ? 'ended' : reply.text || reply.reasoning ? 'streaming' : 'waiting',
    elapsed: (reply.endedAt ?? now) - reply.startedAt,
    ...(reply.waiting && { retryIn: Math.max(0, reply.waiting.until - now) }),
    note: noteOf(reply),
    ...(reply.outcome && { ending: endingOf(reply.outcome, reply) }),
    facts: replyStats(turn, known),
    attempts: reply.records.length,
  };
}

/** What the user asked last; what went before stands in turns of its own. */
function promptOf({ messages }: Request): string {
  const last = messages.findLast(({ role }) => role === 'user');
  return last ? textOf(last) : '';
}

/** "main.ts:12–40", lines counted from 1 as editors do. */
function sourceName({ uri, range }: Source): string {
  const name = shortened(oneLine(Uri.parse(uri).path.split('/').at(-1) ?? ''), 120);
  const { first, last } = linesOf(range);
  return `${name}:${first === last ? first : `${first}–${last}`}`;
}

function noteOf({ waiting, retriedBecause, damaged, streamNotCached, outcome }: Reply): string {
  if (waiting) return adviceFor(waiting.failure).title;
  if (!retriedBecause && streamNotCached)
    return l10n.t(
      'Not streamed: the gateway’s cache did not keep this reply as a stream, twice. In one piece it can.',
    );
  // A repeat that failed as well says by its failure what is wrong.
  if (!retriedBecause || outcome?.kind === 'failed') return '';
  // Of all reasons it is the one that may have cost something.
  return retryReasonText[damaged ? 'streamDamaged' : retriedBecause]();
}

const silent: ReadonlySet<string> = new Set(['end_turn', 'stop_sequence', '']);
const stopReasons: ReadonlyMap<string, () => string> = new Map([
  ['max_tokens', () => l10n.t('The reply reached its limit of tokens')],
  ['model_context_window_exceeded', () => l10n.t('The model’s context window is full')],
  ['tool_use', () => l10n.t('The model asked for a tool, which is not offered here')],
  ['refusal', () => l10n.t('The model declined to answer')],
  ['guardrail_intervened', () => l10n.t('A Bedrock guardrail has changed parts of this')],
  ['malformed_model_output', () => l10n.t('The model wrote what Bedrock cannot read')],
  ['malformed_tool_use', () => l10n.t('The model asked for a tool in a way that Bedrock cannot read')],
  ['pause_turn', () => l10n.t('The model paused')],
]);
/** What there is to do about them, where there is something. */
const stopAdvice: ReadonlyMap<string, (reply: Reply) => string> = new Map<string, (reply: Reply) => string>([
  ['max_tokens', ({ limit }) => limitAdvice(limit)],
  [
    'model_context_window_exceeded',
    () =>
      l10n.t(
        'Prompt and reply together are longer than the model can hold. Select less, or choose a model with a larger context window.',
      ),
  ],
  [
    'refusal',
    () =>
      l10n.t('The model’s provider does not let it answer this prompt. Other words or another model may do.'),
  ],
  ['guardrail_intervened', ({ guardrailPolicies = [] }) => policiesText(guardrailPolicies).join(' ')],
  ['malformed_model_output', () => l10n.t('Sending the prompt again, or another model, may do.')],
  ['malformed_tool_use', () => l10n.t('Sending the prompt again, or another model, may do.')],
]);

function endingOf(outcome: Outcome, reply: Reply): OutcomeView {
  const { kind } = outcome;
  const plain = { kind, advice: '', said: '', actions: [] };
  switch (outcome.kind) {
    case 'done': {
      const { stopReason } = outcome;
      if (silent.has(stopReason))
        return { ...plain, title: isBlank(reply.text) ? l10n.t('The model answered without a word') : '' };
      const words =
        stopReasons.get(stopReason)?.() ??
        l10n.t('The model stopped for a reason that is not known here: “{0}”', stopReason);
      return { ...plain, title: words, advice: stopAdvice.get(stopReason)?.(reply) ?? '' };
    }
    case 'stopped':
      return { ...plain, title: l10n.t('Stopped'), actions: actionsOf(['sendAgain']) };
    case 'cut':
    case 'blocked':
    case 'failed': {
      const { title, sentence } = adviceFor(outcome.failure);
      return {
        kind,
        title: kind === 'cut' ? l10n.t('Incomplete: {0}', title) : title,
        advice: sentence,
        said: outcome.failure.details.message ?? '',
        actions: actionsOf(remediesFor(outcome.failure, kind === 'blocked')),
      };
    }
  }
}

/** `limit`: tokens that the request allowed because its body must name a limit. */
function limitAdvice(limit: number | undefined): string {
  return limit === undefined
    ? l10n.t('The setting request.maxTokens, or the model’s own limit, has ended it.')
    : l10n.t(
        'The request allowed {0} tokens. The setting request.maxTokens changes that.',
        formatNumber(limit),
      );
}

function actionsOf(remedies: readonly Remedy[]): Action[] {
  return remedies.map((remedy) => ({ id: remedyId(remedy), label: remedyLabel(remedy) }));
}
