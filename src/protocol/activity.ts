// Everything that the view of activity and its host say to each other. The host chooses the words and the figures;
// the page draws them, and asks for the rows that are in sight.
import type { Period } from '../core/activity/period';
import type { AttemptView, PanelStrings } from './reply';

/** Requests one by one, or added up. (core's GroupedBy would bring all of core's types to the page, Node's too.) */
export type Tab = 'requests' | 'model' | 'day';

/**
 * What the user has chosen; kept by the host, so that a view which was hidden comes back as it was. (How far it was
 * scrolled is kept by the page.)
 */
export interface ViewOptions {
  readonly tab: Tab;
  readonly period: Period;
  readonly filter: Filter;
  readonly sort: Sort;
  readonly scenario: ScenarioChoice;
  /** The row whose facts are unfolded; '' for none. */
  readonly open: string;
}

/** A part of what can be chosen: of two that are chosen in a moment, the second does not undo the first. */
export interface ViewOptionsPatch extends Partial<Omit<ViewOptions, 'filter' | 'scenario'>> {
  readonly filter?: Partial<Filter>;
  readonly scenario?: Partial<ScenarioChoice>;
}

/** '' lets everything pass. */
export interface Filter {
  readonly model: string;
  readonly outcome: string;
  readonly cached: '' | 'HIT' | 'MISS';
  /** A part of the log ID. */
  readonly logId: string;
}

/** Of the tables that add up. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

/** What if: '' for what was. */
export interface ScenarioChoice {
  readonly model: string;
  /** Seconds, or ''. */
  readonly ttl: string;
}

export type ActivityToHost =
  /** The page is there, or there again, and knows nothing. */
  | { readonly type: 'ready' }
  | { readonly type: 'setOptions'; readonly options: ViewOptionsPatch }
  /** Asks for the rows from `from`, 0 the first, as many as `count`. */
  | { readonly type: 'rows'; readonly from: number; readonly count: number }
  /** Runs one of the actions that were offered with the open row. */
  | { readonly type: 'act'; readonly row: string; readonly action: string }
  /** Copies what an attempt of the open row offers. */
  | { readonly type: 'copyDetail'; readonly row: string; readonly attempt: number; readonly what: string }
  /** The first time that the chosen tab stands there whole. */
  | { readonly type: 'drawn' }
  | { readonly type: 'broken'; readonly what: string };

/** What the page asks for. */
export type ActivityMessages = Exclude<ActivityToHost, { type: 'broken' }>;

export type ActivityToWebview =
  | { readonly type: 'show'; readonly view: ActivityPage }
  /** The answer to `rows`. `version` is that of the page which the rows belong to. */
  | {
      readonly type: 'rows';
      readonly version: number;
      readonly from: number;
      readonly rows: readonly RowView[];
    };

export interface ActivityPage {
  /** Counts up whenever rows may have changed: those in sight are to be asked for anew. */
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
  };
  readonly requests: {
    /** Headings of the cells of a row, in their order; the same number for every row. */
    readonly columns: readonly { readonly id: RequestColumn; readonly label: string }[];
    /** How many rows pass the filter. */
    readonly count: number;
    /** "12 of 345 requests", or why there is none. */
    readonly summary: string;
  };
  /** The chosen table; absent on the tab of requests. */
  readonly table?: TableView;
  readonly open?: OpenRow;
  /** What is to be known of the record itself, such as lines that are damaged. */
  readonly notes: readonly string[];
}

/** Labels and hints of the page. */
export interface ActivityStrings {
  readonly period: string;
  readonly model: string;
  readonly outcome: string;
  readonly cached: string;
  readonly logId: string;
  readonly clearFilter: string;
  readonly whatIf: string;
  readonly scenarioModel: string;
  readonly scenarioTtl: string;
  readonly loading: string;
  readonly close: string;
  readonly details: string;
  readonly copied: string;
  /** Says how a table is sorted, for those who hear it. */
  readonly sortedUp: string;
  readonly sortedDown: string;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** By these the page knows how wide a column is, and which are left out where there is little room. */
export type RequestColumn =
  'time' | 'model' | 'outcome' | 'cache' | 'tokens' | 'cost' | 'firstText' | 'total' | 'logId';

/** A request. */
export interface RowView {
  readonly id: string;
  /** As many as there are columns. */
  readonly cells: readonly string[];
  /** What a row looks like. */
  readonly state: 'running' | 'done' | 'stopped' | 'cut' | 'blocked' | 'failed';
  readonly hit: boolean;
}

export interface TableView {
  readonly columns: readonly {
    readonly id: string;
    readonly label: string;
    /** What it counts. */
    readonly hint: string;
    /** Figures stand at the right. */
    readonly isNumeric: boolean;
  }[];
  readonly rows: readonly TableRow[];
  readonly total: TableRow;
  /** What is supposed, and what it would have cost: labelled as an estimate. */
  readonly estimate?: string;
  readonly scenarioOptions: { readonly models: readonly Option[]; readonly ttls: readonly Option[] };
}

export interface TableRow {
  readonly key: string;
  /** Its share of the largest cost, 0 to 1: drawn as a bar. */
  readonly share: number;
  readonly cells: readonly { readonly text: string; readonly hint?: string }[];
}

/** All that is known of a request. */
export interface OpenRow {
  readonly id: string;
  readonly title: string;
  /** The first two are when it was sent and how it went: a screen reader hears them as it opens. */
  readonly fields: readonly {
    readonly label: string;
    readonly value: string;
  }[];
  readonly actions: readonly {
    readonly id: string;
    readonly label: string;
    /** It copies something, which the page says when it was done. */
    readonly copies?: true;
  }[];
  /** Its wire details; empty where they are gone. */
  readonly attempts: readonly AttemptView[];
  /** The words of the reply panel's Details, which look alike. */
  readonly attemptStrings?: PanelStrings;
  /** Why there are none. */
  readonly noAttemptsReason: string;
}
