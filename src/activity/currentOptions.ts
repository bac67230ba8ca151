// The view options that the user chose in Activity. They outlive the page.
import type { GroupedBy } from '../core/activity/usage';
import type { Sort, ViewOptions, ViewOptionsPatch } from '../protocol/activity';
import { unfiltered } from './filter';
import { defaultSort } from './usageTable';

export class CurrentOptions {
  /** The last sort order of each table. */
  readonly #sorts: { [G in GroupedBy]: Sort } = { ...defaultSort };
  #current: ViewOptions = {
    tab: 'model',
    period: 'month',
    filter: unfiltered,
    sort: defaultSort.model,
    scenario: { model: '', ttl: '' },
    open: '',
  };

  get current(): ViewOptions {
    return this.#current;
  }

  /** Merges a patch into the options. */
  set(patch: ViewOptionsPatch): void {
    const before = this.#current;
    const { tab = before.tab, filter, scenario, sort } = patch;
    if (sort && tab !== 'requests') this.#sorts[tab] = sort;
    this.#current = {
      ...before,
      ...patch,
      ...(tab !== 'requests' && { sort: this.#sorts[tab] }),
      filter: { ...before.filter, ...filter },
      scenario: { ...before.scenario, ...scenario },
    };
  }
}
