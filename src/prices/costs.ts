// What replies and prompts cost. The price list is loaded when it is first asked, not at activation.
import { type Disposable, EventEmitter, workspace } from 'vscode';
import type { Cost } from '../core/model/cost';
import type { Turn } from '../core/model/reply';
import type { Target } from '../core/model/request';
import { lazy } from '../util/lazy';
import { ownPrice } from '../settings/ownPrice';
import type * as PriceList from './prices.chunk';
import type { Usage } from '../core/model/usage';
import { section } from '../settings';

type Prices = typeof PriceList;

export class Costs implements Disposable {
  private prices: Prices | undefined;
  private readonly load = lazy(async () => (this.prices = await import('./prices.chunk')));
  private readonly changed = new EventEmitter<void>();
  /** Fires when a cost that was not known yet may be known, or another than before. */
  readonly onDidChange = this.changed.event;
  private readonly listening = workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(`${section}.models`)) this.changed.fire();
  });

  constructor(private readonly log: { warn(message: string): void }) {}

  /** What a reply cost; undefined while nothing can be said, or the list is still being loaded. */
  of({ request, reply }: Turn): Cost | undefined {
    const { usage, requestIds, outcome } = reply;
    if (!usage && !outcome && requestIds.cache !== 'HIT') return undefined;
    if (this.prices) return this.prices.costOfReply(reply, request.target, ownPrice(request.target));
    this.load().then(
      () => this.changed.fire(),
      (error: unknown) => this.log.warn(`price list: ${String(error)}`),
    );
    return undefined;
  }

  /** What it costs to send so many tokens, without the reply. */
  async ofPrompt(target: Target, tokens: number): Promise<Cost> {
    return this.ofUsage(target, { input: tokens, output: 0, cacheRead: 0, cacheWrite: 0 });
  }

  /** What so many tokens cost now. A price that cannot be told stops nothing. */
  async ofUsage(target: Target, usage: Usage): Promise<Cost> {
    try {
      return (await this.load()).costOfUsage(usage, target, ownPrice(target), Date.now());
    } catch (error) {
      this.log.warn(`price list: ${String(error)}`);
      return { kind: 'unknown', because: 'noPrice' };
    }
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }
}
