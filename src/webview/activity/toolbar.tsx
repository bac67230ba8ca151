// Above the list and the tables, in one line: which of them is shown, of what time, and what of it.
import type {
  ActivityPage,
  ViewOptionsPatch,
  ViewOptions,
  Filter,
  Option,
  ScenarioChoice,
} from '../../protocol/activity';
import { Button } from '../kit/button';
import { SearchBox, Select } from '../kit/fields';

type Choose = (chosen: ViewOptionsPatch) => void;

/** What the chosen tab shows, by the element's ID. */
export const tabPanel = 'shown';

export interface ToolbarActions {
  readonly choose: Choose;
  /** What is typed is told when the typing rests. */
  readonly chooseSoon: Choose;
  /** The filter is to be cleared; `from` is gone then. */
  readonly clear: (from: HTMLElement) => void;
}

interface ToolbarProps {
  readonly view: ActivityPage;
  readonly actions: ToolbarActions;
}

export function Toolbar({ view, actions }: ToolbarProps) {
  const { options, strings, periods, requests } = view;
  const isLog = options.tab === 'requests';
  const { choose } = actions;
  return (
    <>
      <Tabs view={view} choose={choose} />
      <Select
        kind="period"
        label={strings.period}
        options={named(strings.period, periods)}
        value={options.period}
        onEnter={(period) => choose({ period: period as ViewOptions['period'] })}
      />
      {isLog ? <Filters view={view} actions={actions} /> : <WhatIf view={view} choose={choose} />}
      <span class="counted">{isLog && requests.count > 0 ? requests.summary : ''}</span>
    </>
  );
}

function Tabs({ view: { tabs, options }, choose }: { readonly view: ActivityPage; readonly choose: Choose }) {
  return (
    <div class="tabs" role="tablist">
      {tabs.map(({ value, label }) => {
        const tab = value as ViewOptions['tab'];
        const selected = tab === options.tab;
        return (
          <button
            type="button"
            class="tab"
            role="tab"
            id={`tab-${value}`}
            aria-selected={selected}
            aria-controls={tabPanel}
            // Arrow keys go from tab to tab.
            tabIndex={selected ? 0 : -1}
            onClick={() => choose({ tab })}
          >
            {label}
          </button>
        );
      })}
    </div>
  );
}

function Filters({ view: { strings, filters, options }, actions }: ToolbarProps) {
  const { choose, chooseSoon, clear } = actions;
  const { filter } = options;
  const enter = (part: Partial<Filter>, how = choose) => how({ filter: part });
  const isSet = Object.values(filter).some(Boolean);
  return (
    <div class="filters">
      <Select
        kind="model"
        label={strings.model}
        options={named(strings.model, filters.models)}
        value={filter.model}
        onEnter={(model) => enter({ model })}
      />
      <Select
        kind="outcome"
        label={strings.outcome}
        options={named(strings.outcome, filters.outcomes)}
        value={filter.outcome}
        onEnter={(outcome) => enter({ outcome })}
      />
      <Select
        kind="cached"
        label={strings.cached}
        options={named(strings.cached, filters.cached)}
        value={filter.cached}
        onEnter={(cached) => enter({ cached: cached as Filter['cached'] })}
      />
      <SearchBox
        kind="logId"
        label={strings.logId}
        value={filter.logId}
        onEnter={(logId) => enter({ logId }, chooseSoon)}
      />
      {isSet && <Button onPress={clear}>{strings.clearFilter}</Button>}
    </div>
  );
}

function WhatIf({
  view: { strings, options, table },
  choose,
}: {
  readonly view: ActivityPage;
  readonly choose: Choose;
}) {
  const { scenario } = options;
  const enter = (part: Partial<ScenarioChoice>) => choose({ scenario: part });
  const { models, ttls } = table?.scenarioOptions ?? { models: [], ttls: [] };
  return (
    <div class="suppose">
      <span class="label">{strings.whatIf}</span>
      <Select
        kind="supposedModel"
        label={strings.scenarioModel}
        options={named(strings.scenarioModel, models)}
        value={scenario.model}
        onEnter={(model) => enter({ model })}
      />
      <Select
        kind="supposedTtl"
        label={strings.scenarioTtl}
        options={named(strings.scenarioTtl, ttls)}
        value={scenario.ttl}
        onEnter={(ttl) => enter({ ttl })}
      />
    </div>
  );
}

/** Several that say “All” would stand side by side. */
function named(label: string, options: readonly Option[]): readonly Option[] {
  return options.map((option) =>
    option.value === '' ? { ...option, label: `${label}: ${option.label}` } : option,
  );
}
