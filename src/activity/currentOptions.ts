// What is shown in Activity, as its page has chosen. It outlives the page.
import type { GroupedBy } from '../core/activity/usage';
import type { Sort, ViewOptions, ViewOptionsPatch } from '../protocol/activity';
import { unfiltered } from './filter';
import { usualSort } from './usageTable';

export class CurrentOptions {
  /** How each table was sorted last. */
  readonly #sorts: { [G in GroupedBy]: Sort } = { ...usualSort };
  #current: ViewOptions = {
    tab: 'model',
    period: 'month',
    filter: unfiltered,
    sort: usualSort.model,
    suppose: { model: '', ttl: '' },
    open: '',
  };

  get current(): ViewOptions {
    return this.#current;
  }

  /** Takes what was chosen; what the patch does not name stays. */
  set(patch: ViewOptionsPatch): void {
    const before = this.#current;
    const { tab = before.tab, filter, suppose, sort } = patch;
    if (sort && tab !== 'requests') this.#sorts[tab] = sort;
    this.#current = {
      ...before,
      ...patch,
      ...(tab !== 'requests' && { sort: this.#sorts[tab] }),
      filter: { ...before.filter, ...filter },
      suppose: { ...before.suppose, ...suppose },
    };
  }
}
