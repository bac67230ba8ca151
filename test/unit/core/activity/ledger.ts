// A ledger in memory, made of the parts that the real one is made of.
import { fingerprint } from '../../../../src/core/activity/fingerprint';
import type { ActivityRecord } from '../../../../src/core/activity/record';
import { Repeats } from '../../../../src/core/activity/promptHistory';
import { Tally, recordOf } from '../../../../src/core/activity/requestProgress';
import { formatAddress } from '../../../../src/core/gateway/address';
import type { Ledger } from '../../../../src/core/model/ports';
import { costOfSpent } from '../../../../src/prices/prices.chunk';

const key = 'a key of the tests';

export class MemoryLedger implements Ledger {
  readonly records: ActivityRecord[] = [];
  readonly #repeats = new Repeats();

  constructor(private readonly now: () => number = Date.now) {}

  begin: Ledger['begin'] = (request) => {
    const tally = new Tally(request, this.now());
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      const cost = costOfSpent(tally.spent, request.target, undefined, this.now());
      const record = recordOf(tally, { cost, prompt: fingerprint(request, key) });
      this.records.push(record);
      this.#repeats.add('', record);
    };
    return {
      see: (event) => {
        tally.see(event, this.now);
        if (event.type === 'ended') end();
      },
      left: () => {
        tally.leave(this.now);
        end();
      },
    };
  };

  firstAsked: Ledger['firstAsked'] = (request) =>
    Promise.resolve(this.#repeats.firstAsked(fingerprint(request, key)));

  streamIsNotKept: Ledger['streamIsNotKept'] = (request) =>
    Promise.resolve(
      this.#repeats.streamIsNotKept(
        fingerprint(request, key),
        formatAddress(request.gateway.address),
        request.gateway.cacheTtl ?? 0,
        this.now(),
      ),
    );
}
