// What was learned of gateways, kept where all windows of this VS Code see it. No secret is in it, and no prompt.
import type { Memento } from 'vscode';
import { isRecord } from '../core/gateway/response';
import type { GatewayQuirks, QuirksStore } from '../core/model/ports';

const prefix = 'gateway ';

export class StoredQuirks implements QuirksStore {
  /** `state` is read anew each time, since other windows write to it; what another `version` of us learned is void. */
  constructor(
    private readonly state: Memento,
    private readonly version: string,
    private readonly log: { warn(message: string): void },
  ) {}

  get(way: string): GatewayQuirks {
    const kept = this.state.get<unknown>(prefix + way);
    if (!isRecord(kept) || kept['version'] !== this.version) return {};
    return isRecord(kept['learned']) ? kept['learned'] : {};
  }

  update(way: string, quirks: GatewayQuirks): void {
    const known = { ...this.get(way), ...quirks };
    this.keep(way, { version: this.version, learned: known });
  }

  clear(way: string): void {
    this.keep(way, undefined);
  }

  private keep(way: string, value: unknown): void {
    this.state.update(prefix + way, value).then(undefined, (error: unknown) => {
      this.log.warn(`what was learned of the gateway is not kept: ${String(error)}`);
    });
  }
}
