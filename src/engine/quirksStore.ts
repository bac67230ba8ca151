// Stores the quirks of gateways for all windows of this VS Code. Contains no secret and no prompt.
import type { Memento } from 'vscode';
import { memoryRefusals } from '../core/gateway/quirks';
import { isRecord } from '../core/gateway/response';
import type { GatewayQuirks, QuirksStore } from '../core/model/ports';

const prefix = 'gateway ';

export class StoredQuirks implements QuirksStore {
  /** Of this window, until it is closed or reloaded. */
  readonly cachingRefusals = memoryRefusals();

  /**
   * `state` is read each time, since other windows write to it. Quirks stored by another `version` of the extension are
   * ignored.
   */
  constructor(
    private readonly state: Memento,
    private readonly version: string,
    private readonly log: { warn(message: string): void },
  ) {}

  get(key: string): GatewayQuirks {
    const stored = this.state.get<unknown>(prefix + key);
    if (!isRecord(stored) || stored['version'] !== this.version) return {};
    return isRecord(stored['learned']) ? stored['learned'] : {};
  }

  update(key: string, quirks: GatewayQuirks): void {
    const merged = { ...this.get(key), ...quirks };
    this.store(key, { version: this.version, learned: merged });
  }

  clear(key: string): void {
    this.store(key, undefined);
    this.cachingRefusals.clear(key);
  }

  private store(key: string, value: unknown): void {
    this.state.update(prefix + key, value).then(undefined, (error: unknown) => {
      this.log.warn(`the gateway’s quirks could not be stored: ${String(error)}`);
    });
  }
}
