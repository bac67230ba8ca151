// A ledger in memory, made of the parts that the real one is made of.
import { fingerprint } from '../../../../src/core/activity/fingerprint';
import { nodeHash } from '../../../../src/platform/node/hash';
import type { ActivityRecord } from '../../../../src/core/activity/record';
import { PromptHistory } from '../../../../src/core/activity/promptHistory';
import { RequestProgress, recordOf } from '../../../../src/core/activity/requestProgress';
import { formatAddress } from '../../../../src/core/gateway/address';
import type { Ledger } from '../../../../src/core/model/ports';
import { costOfReply } from '../../../../src/prices/prices.chunk';

const key = 'a key of the tests';

export class MemoryLedger implements Ledger {
  readonly records: ActivityRecord[] = [];
  readonly #repeats = new PromptHistory();

  constructor(private readonly now: () => number = Date.now) {}

  begin: Ledger['begin'] = (request) => {
    const progress = new RequestProgress(request, this.now());
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      const cost = costOfReply(progress.reply, request.target, undefined);
      const record = recordOf(progress, { cost, prompt: fingerprint(request, key, nodeHash) });
      this.records.push(record);
      this.#repeats.add('', record);
    };
    return {
      apply: (event) => {
        progress.apply(event, this.now());
        if (event.type === 'ended') end();
      },
      abandon: () => {
        progress.abandon(this.now());
        end();
      },
    };
  };

  firstSeenAt: Ledger['firstSeenAt'] = (request) =>
    Promise.resolve(this.#repeats.firstSeenAt(fingerprint(request, key, nodeHash)));

  streamsNotCached: Ledger['streamsNotCached'] = (request) =>
    Promise.resolve(
      this.#repeats.streamsNotCached(
        fingerprint(request, key, nodeHash),
        formatAddress(request.gateway.address),
        request.gateway.cacheTtl ?? 0,
        this.now(),
      ),
    );
}
