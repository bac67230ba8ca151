// How large a conversation is for its model, and what it costs.
import { env, l10n } from 'vscode';
import type { Turn } from '../core/model/reply';
import { promptMessage } from '../core/model/request';
import { messageTokens } from '../core/content/blockKinds';
import { estimateTokens } from '../core/content/tokens';
import { isRepeated } from '../conversation/followUp';
import { attachmentTokens } from '../history/attachment';
import type { Draft } from '../history/draft';
import { contextWindowOf } from '../models/effectiveFacts';
import { listedWindow } from '../models/modelFacts';
import type { Costs } from '../prices/costs';
import type { PricedTarget } from '../prices/prices.chunk';
import type { SizeView } from '../protocol/composer';
import { readRegion, unlessInvalid } from '../settings';
import { formatNumber } from '../ui/format';
import { dollars, estimatedDollars, leastEstimate } from '../ui/money';

/** From this share of the window on, the size is a warning. */
const warningShare = 0.8;

export interface SizeInput {
  /** The turns before the next prompt. */
  readonly branch: readonly Turn[];
  /** All turns of the conversation, each of which has cost something. */
  readonly all: readonly Turn[];
  readonly draft: TypedDraft;
  /** The ID of the model that the next prompt goes to; undefined if there is none. */
  readonly model: string | undefined;
}

type TypedDraft = Pick<Draft, 'text' | 'attachments'>;

/**
 * The tokens of a branch: as Bedrock counted them up to the last reply that was counted, estimated from there on. A turn
 * that was taken over from another conversation was counted with the turns before it there.
 */
export function branchTokens(branch: readonly Turn[]): number {
  const counted = branch.findLastIndex(
    (turn) => turn.reply.usage && isRepeated(turn) && !turn.request.copied,
  );
  const { input = 0, output = 0, cacheRead = 0, cacheWrite = 0 } = branch[counted]?.reply.usage ?? {};
  return input + output + cacheRead + cacheWrite + estimatedBranch(branch.slice(counted + 1));
}

function estimatedBranch(branch: readonly Turn[]): number {
  return branch.filter(isRepeated).reduce((sum, turn) => sum + estimatedTokens(turn), 0);
}

function typedTokens({ text, attachments }: TypedDraft): number {
  return attachments.reduce((sum, attached) => sum + attachmentTokens(attached), estimateTokens(text));
}

/** By turn that has ended: to count a long text takes a while. */
const estimates = new WeakMap<Turn, number>();

function estimatedTokens(turn: Turn): number {
  let tokens = estimates.get(turn);
  if (tokens === undefined) {
    const prompt = promptMessage(turn.request);
    tokens = messageTokens(prompt ? [prompt] : []) + estimateTokens(turn.reply.text);
    estimates.set(turn, tokens);
  }
  return tokens;
}

/**
 * How many of the last turns a new conversation can begin with: as many as leave the next prompt below the warning, but
 * at least one. 0 if nothing can be left out. `draft` goes along.
 */
export function turnsToTake(branch: readonly Turn[], draft: TypedDraft, model: string): number {
  const context = contextWindowOf(model);
  const first = branch.findIndex(isRepeated);
  if (context === undefined || first < 0) return 0;
  // To leave out what is not sent anyway would not help.
  const most = branch.length - first - 1;
  const typed = typedTokens(draft);
  let count = most;
  while (count > 1 && typed + estimatedBranch(branch.slice(-count)) >= context * warningShare) count -= 1;
  return count;
}

/** What the composer says of the size and the cost; undefined if there is nothing to say. */
export function sizeView({ branch, all, draft, model }: SizeInput, costs: Costs): SizeView | undefined {
  if (model === undefined) return undefined;
  const earlier = branchTokens(branch);
  const tokens = earlier + typedTokens(draft);
  if (tokens === 0) return undefined;
  const context = contextWindowOf(model);
  const share = context === undefined ? 0 : tokens / context;
  const size =
    context === undefined
      ? l10n.t('{0} tokens', formatNumber(tokens))
      : l10n.t('{0} of {1} tokens', formatNumber(tokens), compact(context));
  const target = nextTarget(model, branch);
  const next = target && nextCost(tokens, target, costs);
  const soFar = costSoFar(all, costs);
  return {
    text: [
      size,
      ...(soFar === undefined ? [] : [l10n.t('{0} so far', soFar)]),
      ...(next === undefined ? [] : [nextText(next)]),
    ].join(' · '),
    detail: detailOf(context, listedWindow(model)?.output),
    level: share > 1 ? 'over' : share >= warningShare ? 'near' : 'normal',
    advice:
      share > 1
        ? l10n.t(
            'The conversation does not fit into the model’s context window of {0} tokens.',
            compact(context ?? 0),
          )
        : share >= warningShare
          ? l10n.t('{0} % of the model’s context window is used.', formatNumber(Math.floor(share * 100)))
          : '',
  };
}

function detailOf(context: number | undefined, output: number | undefined): string {
  return [
    l10n.t(
      'Tokens that the next prompt sends: earlier ones as Bedrock counted them, and an estimate of what is new.',
    ),
    ...(context === undefined
      ? [l10n.t('The context window of this model is not known. You can set it in the setting models.')]
      : []),
    ...(output === undefined ? [] : [l10n.t('A reply can have up to {0} tokens.', compact(output))]),
    l10n.t('The cost of the next prompt is that of its tokens alone, without the reply.'),
  ].join('\n');
}

/** "200,000" or "1 million": windows are round numbers. */
function compact(tokens: number): string {
  return formatNumber(tokens, tokens >= 1_000_000 ? { notation: 'compact', compactDisplay: 'long' } : {});
}

/** What all replies have cost, with "≥" if the cost of some is unknown; undefined if no cost is known. */
function costSoFar(all: readonly Turn[], costs: Costs): string | undefined {
  let usd = 0;
  let known = 0;
  for (const turn of all) {
    const cost = turn.request.copied ? { kind: 'gatewayCache' as const } : costs.of(turn);
    if (cost?.kind === 'sum') usd += cost.usd;
    if (cost?.kind === 'sum' || cost?.kind === 'gatewayCache') known += 1;
  }
  if (known === 0) return undefined;
  const sum = dollars(usd, env.language);
  return known < all.length ? `≥ ${sum}` : sum;
}

/** Where the next prompt goes, for its price; undefined if the region is not known. */
export function nextTarget(model: string, branch: readonly Turn[]): PricedTarget | undefined {
  const region = unlessInvalid(() => readRegion(model), undefined) ?? branch.at(-1)?.request.target.region;
  return region === undefined ? undefined : { model, region };
}

/** What the tokens of the next prompt cost, USD; undefined if that is not known. */
function nextCost(tokens: number, target: PricedTarget, costs: Costs): number | undefined {
  const cost = costs.ofPromptNow(target, tokens);
  return cost?.kind === 'sum' ? cost.usd : undefined;
}

/** The reply comes on top, so a small cost of the prompt is named as the prompt's: it is no limit. */
function nextText(usd: number): string {
  const cost = estimatedDollars(usd, env.language);
  return usd < leastEstimate ? l10n.t('next prompt: {0}', cost) : l10n.t('next ≥ {0}', cost);
}
