// Every message between the two halves of the Activity view. The host formats all texts and numbers; the page draws
// them, and requests the visible rows.
import type { Period } from '../core/activity/period';
import type { AttemptView } from './attempt';
import type { PanelStrings } from './reply';

/** The live log, or a table of sums. (Core's GroupedBy would bring all types of core to the page, Node's too.) */
export type Tab = 'requests' | 'model' | 'day';

/** The user's choices. The host keeps them while the view is hidden; the page keeps the scroll position. */
export interface ViewOptions {
  readonly tab: Tab;
  readonly period: Period;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly scenario: ScenarioChoice;
  /** The ID of the open row; '' for none. */
  readonly open: string;
}

/** A change of some options, so that two quick changes do not undo each other. */
export interface ViewOptionsPatch extends Partial<Omit<ViewOptions, 'filter' | 'scenario'>> {
  readonly filter?: Partial<Filter>;
  readonly scenario?: Partial<ScenarioChoice>;
}

/** '' matches everything. */
export interface Filter {
  readonly model: string;
  readonly outcome: string;
  readonly cached: '' | 'HIT' | 'MISS';
  /** Where the prompt was sent from. */
  readonly surface: string;
  /** A part of the log ID. */
  readonly logId: string;
}

/** The sort order of a table of sums. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** The “What if?” scenario; '' for the actual value. */
export interface ScenarioChoice {
  readonly model: string;
  /** Seconds, or ''. */
  readonly ttl: string;
}

export type ActivityToHost =
  /** The page has been loaded, and needs everything. */
  | { readonly type: 'ready' }
  | { readonly type: 'setOptions'; readonly options: ViewOptionsPatch }
  /** Requests `count` rows from the 0-based index `from` on. */
  | { readonly type: 'rows'; readonly from: number; readonly count: number }
  /** Runs an action of the open row. */
  | { readonly type: 'act'; readonly row: string; readonly action: string }
  /** Copies a value of an attempt of the open row. */
  | { readonly type: 'copyDetail'; readonly row: string; readonly attempt: number; readonly what: string }
  /** The selected tab is completely drawn for the first time. */
  | { readonly type: 'drawn' }
  | { readonly type: 'broken'; readonly what: string };

/** The messages that the host handles itself. */
export type ActivityMessages = Exclude<ActivityToHost, { type: 'broken' }>;

export type ActivityToWebview =
  | { readonly type: 'show'; readonly view: ActivityPage }
  /** The response to `rows`. `version`: the version of the view that the rows belong to. */
  | {
      readonly type: 'rows';
      readonly version: number;
      readonly from: number;
      readonly rows: readonly RowView[];
    };

export interface ActivityPage {
  /** Increases whenever rows may have changed: the page must request the visible ones again. */
  readonly version: number;
  readonly options: ViewOptions;
  /** False while records are still being read. */
  readonly isComplete: boolean;
  readonly strings: ActivityStrings;
  readonly tabs: readonly Option[];
  readonly periods: readonly Option[];
  readonly filters: {
    readonly models: readonly Option[];
    readonly outcomes: readonly Option[];
    readonly cached: readonly Option[];
    readonly surfaces: readonly Option[];
  };
  readonly requests: {
    /** The headings of the cells, in order; every row has that many cells. */
    readonly columns: readonly { readonly id: RequestColumn; readonly label: string }[];
    /** The number of rows that pass the filter. */
    readonly count: number;
    /** "Requests: 12 of 345", or why there are none. */
    readonly summary: string;
  };
  /** The selected table; absent on the tab with the live log. */
  readonly table?: TableView;
  readonly open?: OpenRow;
  /** Notes about the record itself, such as unreadable lines. */
  readonly notes: readonly string[];
}

/** Labels and hints of the page. */
export interface ActivityStrings {
  readonly period: string;
  readonly model: string;
  readonly outcome: string;
  readonly cached: string;
  readonly surface: string;
  readonly logId: string;
  readonly clearFilter: string;
  readonly whatIf: string;
  readonly scenarioModel: string;
  readonly scenarioTtl: string;
  readonly loading: string;
  readonly close: string;
  readonly details: string;
  readonly copied: string;
  /** The sort orders, for screen readers. */
  readonly sortedUp: string;
  readonly sortedDown: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** The page's CSS sets the width of each column, and hides some in a narrow view. */
export type RequestColumn =
  'time' | 'model' | 'outcome' | 'cache' | 'tokens' | 'cost' | 'firstText' | 'total' | 'logId';

/** A row of the live log. */
export interface RowView {
  readonly id: string;
  /** One for each column. */
  readonly cells: readonly string[];
  /** A mark beside the model: who sent it, if that was not a command of ours. */
  readonly from?: string;
  /** Determines what the row looks like. */
  readonly state: 'running' | 'done' | 'stopped' | 'cut' | 'blocked' | 'failed';
  readonly hit: boolean;
}

export interface TableView {
  readonly columns: readonly {
    readonly id: string;
    readonly label: string;
    /** Explains the column. */
    readonly hint: string;
    /** Numbers are aligned to the right. */
    readonly isNumeric: boolean;
  }[];
  readonly rows: readonly TableRow[];
  readonly total: TableRow;
  /** A sentence about the cost of the scenario, labelled as an estimate. */
  readonly estimate?: string;
  readonly scenarioOptions: { readonly models: readonly Option[]; readonly ttls: readonly Option[] };
}

export interface TableRow {
  readonly key: string;
  /** The row's cost relative to the largest one, 0 to 1; drawn as a bar. */
  readonly share: number;
  readonly cells: readonly { readonly text: string; readonly hint?: string }[];
}

/** Everything about a request. */
export interface OpenRow {
  readonly id: string;
  readonly title: string;
  /** The first two are the time and the outcome, which a screen reader announces when the row opens. */
  readonly fields: readonly {
    readonly label: string;
    readonly value: string;
  }[];
  readonly actions: readonly {
    readonly id: string;
    readonly label: string;
    /** The action copies something; the page then shows “Copied”. */
    readonly copies?: true;
  }[];
  /** The details of the attempts; empty if they are gone. */
  readonly attempts: readonly AttemptView[];
  /** The reply panel's strings, since its Details use the same components. */
  readonly attemptStrings?: PanelStrings;
  /** Why `attempts` is empty; '' if it is not. */
  readonly noAttemptsReason: string;
}
