// Why a model stopped, if that is worth a remark.
import { l10n } from 'vscode';
import type { ReplyProgress } from '../core/model/reply';
import { formatNumber } from '../ui/format';
import { policiesText } from './guardrail';
import type { Advice } from './row';

/** What the advice depends on. */
type StoppedReply = Pick<ReplyProgress, 'limit' | 'guardrailPolicies'>;

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
const stopAdvice: ReadonlyMap<string, (reply: StoppedReply) => string> = new Map<
  string,
  (reply: StoppedReply) => string
>([
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

/** What to say about a reply that ended with `stopReason`; undefined if that is the natural end. */
export function stopRemark(
  stopReason: string,
  reply: StoppedReply,
): Pick<Advice, 'title' | 'sentence'> | undefined {
  if (expectedStopReasons.has(stopReason)) return undefined;
  const title =
    stopReasons.get(stopReason)?.() ?? l10n.t('The model stopped for an unknown reason: “{0}”', stopReason);
  return { title, sentence: stopAdvice.get(stopReason)?.(reply) ?? '' };
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
