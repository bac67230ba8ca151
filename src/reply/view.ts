// Converts a turn into what the panel shows, in the user's language.
import { Uri, l10n } from 'vscode';
import { adviceFor, remedyId, remedyLabel, remediesFor } from '../advice/advice';
import type { Remedy } from '../advice/row';
import { stopRemark } from '../advice/stopReason';
import { isReasoningRepeated, isRepeated } from '../conversation/followUp';
import { isSentAsOneText } from '../core/bedrock/codecs';
import { isProven, isSameModelId } from '../core/bedrock/reasoning';
import { isBlank } from '../core/model/blank';
import type { Outcome, Reply, Turn } from '../core/model/reply';
import { blocksOf } from '../core/model/replyBlocks';
import { type Source, linesOf } from '../core/model/request';
import type { Versions } from '../conversation/tree';
import { firstAndMore, formatNumber, formatSeconds } from '../ui/format';
import { oneLine, shortened } from '../util/plainText';
import { ownSourcesOf, sentPrompt } from '../prompt/promptContent';
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
  /** The turns in which a model thought. */
  readonly thoughtful: readonly Turn[];
  /** Their thinking can be sent along, each to the model that thought it. */
  readonly isReasoningRepeated: boolean;
}

export const noEarlierTurns: EarlierTurns = {
  ...{ answered: 0, unanswered: 0, thoughtful: [], isReasoningRepeated: true },
};

/** What matters of the turns before the next one. */
export function withTurn(earlier: EarlierTurns, turn: Turn): EarlierTurns {
  const isAnswered = isRepeated(turn);
  const isUnanswered = !isAnswered && turn.reply.outcome !== undefined;
  return {
    answered: earlier.answered + (isAnswered ? 1 : 0),
    unanswered: earlier.unanswered + (isUnanswered ? 1 : 0),
    thoughtful: isAnswered && hasThought(turn.reply) ? [...earlier.thoughtful, turn] : earlier.thoughtful,
    isReasoningRepeated: earlier.isReasoningRepeated && isReasoningRepeated([turn]),
  };
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
  const { text: prompt, attachments: sent } = sentPrompt(request);
  const attachments = sent.map((attachment) => attachmentView(attachment));
  return {
    id: request.id,
    ...(count > 1 && { version: { index: versions.index + 1, count } }),
    prompt,
    ...(attachments.length > 0 && { attachments }),
    notSent: notSentText(before, turn),
    source: firstAndMore(ownSourcesOf(request).map(sourceName)),
    text: reply.text,
    reasoning: reply.reasoning,
    state: panelState(turn, context, now),
  };
}

/** Whether the model thought, shown or not. */
function hasThought({ reasoning, blocks = [] }: Reply): boolean {
  return reasoning !== '' || blocks.some(({ type }) => type === 'reasoning');
}

/** Everything about a turn but its prompt and text. `now`: ms since the epoch. */
export function panelState(turn: Turn, context: StatContext, now: number): State {
  const { reply } = turn;
  const runsElsewhere = context.runsElsewhere && !reply.outcome;
  const thinking = thinkingText(reply);
  return {
    phase: reply.outcome ? 'ended' : reply.text || reply.reasoning ? 'streaming' : 'waiting',
    elapsed: (reply.endedAt ?? now) - reply.startedAt,
    ...(reply.waiting && { retryIn: Math.max(0, reply.waiting.until - now) }),
    note: runsElsewhere
      ? l10n.t('This reply is running in another window. You can stop it there.')
      : noteOf(reply),
    ...(runsElsewhere && { runsElsewhere }),
    ...(reply.outcome && { outcome: outcomeView(reply.outcome, reply) }),
    ...(thinking && { thinking }),
    stats: replyStats(turn, context),
    attempts: reply.records.length,
  };
}

/** Says whose earlier thinking was not sent with the prompt; undefined if none was left out. */
function reasoningNotSentText(
  { thoughtful, isReasoningRepeated }: EarlierTurns,
  { request, reply }: Turn,
): string | undefined {
  const isOwn = (turn: Turn) => isSameModelId(turn.request.target.model, request.target.model);
  const isAnySent = isReasoningRepeated && !reply.reasoningDropped;
  const notSent = thoughtful.filter((turn) => !(isAnySent && isOwn(turn) && hasProvenReasoning(turn.reply)));
  if (notSent.length === 0) return undefined;
  return isAnySent && !notSent.some(isOwn)
    ? l10n.t('Not sent along: the reasoning of other models.')
    : l10n.t('Not sent along: the reasoning of earlier replies ({0}).', formatNumber(notSent.length));
}

/** Whether some of what the model thought can be sent back. */
function hasProvenReasoning(reply: Reply): boolean {
  return blocksOf(reply).some((block) => block.type === 'reasoning' && isProven(block));
}

/** Says what of the turns before was not sent with the prompt; '' if all of it was. */
function notSentText(earlier: EarlierTurns, turn: Turn): string {
  const { answered, unanswered } = earlier;
  const isOneText = answered > 0 && isSentAsOneText(turn.request.target);
  const reasoningText = reasoningNotSentText(earlier, turn);
  return [
    ...(unanswered > 0
      ? [l10n.t('Not sent along: earlier prompts without a reply ({0}).', formatNumber(unanswered))]
      : []),
    ...(reasoningText === undefined ? [] : [reasoningText]),
    ...(isOneText ? [l10n.t('This model takes the conversation as one text, without roles.')] : []),
  ].join(' ');
}

/** "main.ts:12–40", lines counted from 1 as editors do. */
export function sourceName({ uri, range }: Source): string {
  const name = shortened(oneLine(Uri.parse(uri).path.split('/').at(-1) ?? ''), 120);
  const { first, last } = linesOf(range);
  return `${name}:${first === last ? first : `${first}–${last}`}`;
}

/** Says how long the model thought, as far as that is known; undefined if it has not shown that it does. */
function thinkingText(reply: Reply): string | undefined {
  const { firstReasoningAt, firstTextAt, endedAt, usage } = reply;
  if (firstReasoningAt === undefined) return hiddenThinkingText(reply);
  const end = firstTextAt ?? endedAt;
  if (end === undefined) return l10n.t('Thinking…');
  const seconds = formatSeconds(Math.max(0, end - firstReasoningAt));
  return usage?.reasoning === undefined
    ? l10n.t('Thought for {0} s', seconds)
    : l10n.t('Thought for {0} s · {1} tokens', seconds, formatNumber(usage.reasoning));
}

/** Says why nothing of the thinking is shown; undefined if there is none. */
function hiddenThinkingText({ blocks = [], usage }: Reply): string | undefined {
  const thoughts = blocks.filter((block) => block.type === 'reasoning');
  if (thoughts.length === 0) return undefined;
  if (thoughts.some(({ redacted }) => redacted !== undefined))
    return l10n.t('Thinking that only the model can read');
  return usage?.reasoning === undefined
    ? l10n.t('The model doesn’t show its thinking')
    : l10n.t('The model doesn’t show its thinking · {0} tokens', formatNumber(usage.reasoning));
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

function outcomeView(outcome: Outcome, reply: Reply): OutcomeView {
  const { kind } = outcome;
  const base = { kind, advice: '', providerMessage: '', actions: [] };
  switch (outcome.kind) {
    case 'done': {
      const remark = stopRemark(outcome.stopReason, reply);
      if (remark) return { ...base, title: remark.title, advice: remark.sentence };
      return { ...base, title: isBlank(reply.text) ? l10n.t('The reply is empty') : '' };
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

function actionsOf(remedies: readonly Remedy[]): Action[] {
  return remedies.map((remedy) => ({ id: remedyId(remedy), label: remedyLabel(remedy) }));
}
