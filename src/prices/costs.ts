// The costs of replies and prompts. The price list is loaded when it is first needed, not at activation.
import { type Disposable, EventEmitter, workspace } from 'vscode';
import { type Cost, tokensIn } from '../core/model/cost';
import type { Turn } from '../core/model/reply';
import type { Target } from '../core/model/request';
import { lazy } from '../util/lazy';
import { ownPrice, section } from '../settings';
import type * as PriceList from './prices.chunk';
import type { Usage } from '../core/model/usage';

type Prices = typeof PriceList;

export class Costs implements Disposable {
  private prices: Prices | undefined;
  private readonly load = lazy(async () => (this.prices = await import('./prices.chunk')));
  private readonly changed = new EventEmitter<void>();
  /** Fires when an unknown cost may have become known, or a cost may have changed. */
  readonly onDidChange = this.changed.event;
  private readonly listener = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${section}.models`)) this.changed.fire();
  });

  constructor(private readonly log: { warn(message: string): void }) {}

  /** The cost of a reply; undefined if nothing is known yet, or the list is still loading. */
  of({ request, reply }: Turn): Cost | undefined {
    const { usage, requestIds, outcome } = reply;
    if (!usage && !outcome && requestIds.cache !== 'HIT') return undefined;
    return this.loaded()?.costOfReply(reply, request.target, ownPrice(request.target));
  }

  /** The cost of a reply without Bedrock's prompt cache; undefined if it was not used, or is not known yet. */
  ofUncached({ request: { target }, reply: { usage } }: Turn): Cost | undefined {
    if (!usage?.cacheRead && !usage?.cacheWrite) return undefined;
    return this.ofUsageNow(target, { ...inputOf(tokensIn(usage)), output: usage.output });
  }

  /** Like ofPrompt(); undefined while the list is loading, after which onDidChange fires. */
  ofPromptNow(target: PriceList.PricedTarget, tokens: number): Cost | undefined {
    return this.ofUsageNow(target, inputOf(tokens));
  }

  /** The cost of `usage`; undefined while the list is loading, after which onDidChange fires. */
  ofUsageNow(target: PriceList.PricedTarget, usage: Usage): Cost | undefined {
    return this.loaded()?.costOfUsage(usage, target, ownPrice(target), Date.now());
  }

  /** The cost of a reply that has ended; undefined if nothing was received that could cost anything. */
  async ofReply({ request: { target }, reply }: Turn): Promise<Cost | undefined> {
    try {
      return (await this.load()).costOfReply(reply, target, ownPrice(target));
    } catch (error) {
      this.log.warn(`price list: ${String(error)}`);
      return undefined;
    }
  }

  /** The cost of sending `tokens` input tokens, without the reply. */
  async ofPrompt(target: Target, tokens: number): Promise<Cost> {
    return this.ofUsage(target, inputOf(tokens));
  }

  /** The cost of `usage` now. If prices cannot be loaded, the cost is unknown. */
  async ofUsage(target: Target, usage: Usage): Promise<Cost> {
    try {
      return (await this.load()).costOfUsage(usage, target, ownPrice(target), Date.now());
    } catch (error) {
      this.log.warn(`price list: ${String(error)}`);
      return { kind: 'unknown', because: 'noPrice' };
    }
  }

  /** The prices; undefined while they are loading. */
  private loaded(): Prices | undefined {
    if (!this.prices)
      this.load().then(
        () => this.changed.fire(),
        (error: unknown) => this.log.warn(`price list: ${String(error)}`),
      );
    return this.prices;
  }

  dispose(): void {
    this.listener.dispose();
    this.changed.dispose();
  }
}

/** The usage of so many input tokens alone. */
function inputOf(tokens: number): Usage {
  return { input: tokens, output: 0, cacheRead: 0, cacheWrite: 0 };
}
