// Above the list and the tables, in one line: which of them is shown, of what time, and what of it.
import type {
  ActivityPage,
  ViewOptionsPatch,
  ViewOptions,
  Filter,
  Option,
  ScenarioChoice,
} from '../../protocol/activity';
import { type Child, type VNode, button, h } from '../kit/vnode';

type Choose = (chosen: ViewOptionsPatch) => void;

/** What the chosen tab shows, by the element's ID. */
export const tabPanel = 'shown';

export interface Toolbar {
  readonly choose: Choose;
  /** What is typed is told when the typing rests. */
  readonly chooseSoon: Choose;
  /** The filter is to be cleared; `from` is gone then. */
  readonly clear: (from: HTMLElement) => void;
}

export function toolbarContents(view: ActivityPage, toolbar: Toolbar): readonly Child[] {
  const { chosen, words, periods, requests } = view;
  const isLog = chosen.tab === 'requests';
  const { choose } = toolbar;
  return [
    tabsShape(view, choose),
    selectShape('period', words.period, periods, chosen.period, (period) =>
      choose({ period: period as ViewOptions['period'] }),
    ),
    isLog ? filtersShape(view, toolbar) : supposeShape(view, choose),
    h('span.counted', [isLog && requests.count > 0 ? requests.summary : '']),
  ];
}

function tabsShape({ tabs, chosen }: ActivityPage, choose: Choose): VNode {
  return h(
    'div.tabs',
    tabs.map(({ value, label }) => {
      const tab = value as ViewOptions['tab'];
      const selected = tab === chosen.tab;
      const each = button(label, () => choose({ tab }), 'tab');
      const attributes = {
        ...each.attributes,
        role: 'tab',
        id: `tab-${value}`,
        'aria-selected': String(selected),
        'aria-controls': tabPanel,
        // Arrow keys go from tab to tab.
        tabindex: selected ? '0' : '-1',
      };
      return { ...each, attributes };
    }),
    { attributes: { role: 'tablist' } },
  );
}

function filtersShape({ words, filters, chosen }: ActivityPage, toolbar: Toolbar): VNode {
  const { choose, chooseSoon, clear } = toolbar;
  const { filter } = chosen;
  const enter = (part: Partial<Filter>, how = choose) => how({ filter: part });
  const isSet = Object.values(filter).some(Boolean);
  return h('div.filters', [
    selectShape('model', words.model, filters.models, filter.model, (model) => enter({ model })),
    selectShape('outcome', words.outcome, filters.outcomes, filter.outcome, (outcome) => enter({ outcome })),
    selectShape('cached', words.cached, filters.cached, filter.cached, (cached) =>
      enter({ cached: cached as Filter['cached'] }),
    ),
    h('input.logId', [], {
      attributes: {
        type: 'search',
        'aria-label': words.logId,
        placeholder: words.logId,
        title: words.logId,
        spellcheck: 'false',
      },
      value: filter.logId,
      enter: (logId) => enter({ logId }, chooseSoon),
    }),
    ...(isSet ? [button(words.clearFilter, clear, 'quiet')] : []),
  ]);
}

function supposeShape({ words, chosen, table }: ActivityPage, choose: Choose): VNode {
  const { suppose } = chosen;
  const enter = (part: Partial<ScenarioChoice>) => choose({ suppose: part });
  const { models, ttls } = table?.supposable ?? { models: [], ttls: [] };
  return h('div.suppose', [
    h('span.label', [words.whatIf]),
    selectShape('supposedModel', words.supposeModel, models, suppose.model, (model) => enter({ model })),
    selectShape('supposedTtl', words.supposeTtl, ttls, suppose.ttl, (ttl) => enter({ ttl })),
  ]);
}

function selectShape(
  name: string,
  label: string,
  options: readonly Option[],
  value: string,
  enter: (value: string) => void,
): VNode {
  return h(
    `select.${name}`,
    options.map((option) => {
      // Several that say “All” would stand side by side.
      const text = option.value === '' ? `${label}: ${option.label}` : option.label;
      return h('option', [text], { attributes: { value: option.value } });
    }),
    { attributes: { 'aria-label': label, title: label }, value, enter },
  );
}
