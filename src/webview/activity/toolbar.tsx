// The toolbar above the list and the tables: tabs, period, filters and “What if?”.
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

type SetOptions = (options: ViewOptionsPatch) => void;

/** The element ID of the tab panel. */
export const tabPanel = 'shown';

export interface ToolbarActions {
  readonly setOptions: SetOptions;
  /** The same for typed text, after the user stops typing. */
  readonly setOptionsDebounced: SetOptions;
  /** Clears the filter; `from` is the button, which then disappears. */
  readonly clearFilter: (from: HTMLElement) => void;
}

interface ToolbarProps {
  readonly view: ActivityPage;
  readonly actions: ToolbarActions;
}

export function Toolbar({ view, actions }: ToolbarProps) {
  const { options, strings, periods, requests } = view;
  const isLog = options.tab === 'requests';
  const { setOptions } = actions;
  return (
    <>
      <Tabs view={view} choose={setOptions} />
      <Select
        kind="period"
        label={strings.period}
        options={withLabel(strings.period, periods)}
        value={options.period}
        onInput={(period) => setOptions({ period: period as ViewOptions['period'] })}
      />
      {isLog ? <Filters view={view} actions={actions} /> : <WhatIf view={view} choose={setOptions} />}
      <span class="counted">{isLog && requests.count > 0 ? requests.summary : ''}</span>
    </>
  );
}

function Tabs({
  view: { tabs, options },
  choose,
}: {
  readonly view: ActivityPage;
  readonly choose: SetOptions;
}) {
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
            // Arrow keys move between tabs.
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
  const { setOptions, setOptionsDebounced, clearFilter } = actions;
  const { filter } = options;
  const enter = (part: Partial<Filter>, apply = setOptions) => apply({ filter: part });
  const isSet = Object.values(filter).some(Boolean);
  return (
    <div class="filters">
      <Select
        kind="model"
        label={strings.model}
        options={withLabel(strings.model, filters.models)}
        value={filter.model}
        onInput={(model) => enter({ model })}
      />
      <Select
        kind="outcome"
        label={strings.outcome}
        options={withLabel(strings.outcome, filters.outcomes)}
        value={filter.outcome}
        onInput={(outcome) => enter({ outcome })}
      />
      <Select
        kind="cached"
        label={strings.cached}
        options={withLabel(strings.cached, filters.cached)}
        value={filter.cached}
        onInput={(cached) => enter({ cached: cached as Filter['cached'] })}
      />
      <Select
        kind="surface"
        label={strings.surface}
        options={withLabel(strings.surface, filters.surfaces)}
        value={filter.surface}
        onInput={(surface) => enter({ surface })}
      />
      <SearchBox
        kind="logId"
        label={strings.logId}
        value={filter.logId}
        onInput={(logId) => enter({ logId }, setOptionsDebounced)}
      />
      {isSet && <Button onClick={clearFilter}>{strings.clearFilter}</Button>}
    </div>
  );
}

function WhatIf({
  view: { strings, options, table },
  choose,
}: {
  readonly view: ActivityPage;
  readonly choose: SetOptions;
}) {
  const { scenario } = options;
  const enter = (part: Partial<ScenarioChoice>) => choose({ scenario: part });
  const { models, ttls } = table?.scenarioOptions ?? { models: [], ttls: [] };
  return (
    <div class="scenario">
      <span class="label">{strings.whatIf}</span>
      <Select
        kind="supposedModel"
        label={strings.scenarioModel}
        options={withLabel(strings.scenarioModel, models)}
        value={scenario.model}
        onInput={(model) => enter({ model })}
      />
      <Select
        kind="supposedTtl"
        label={strings.scenarioTtl}
        options={withLabel(strings.scenarioTtl, ttls)}
        value={scenario.ttl}
        onInput={(ttl) => enter({ ttl })}
      />
    </div>
  );
}

/** Adds the label to the option “All”, since several selects show it side by side. */
function withLabel(label: string, options: readonly Option[]): readonly Option[] {
  return options.map((option) =>
    option.value === '' ? { ...option, label: `${label}: ${option.label}` } : option,
  );
}
