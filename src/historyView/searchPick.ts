// The quick pick that searches the history by words of prompts and replies.
import { type QuickPickItem, l10n, window } from 'vscode';
import type { History } from '../conversation/history';
import type { SearchResult } from '../history/search';
import type { Searcher } from '../history/searcher';
import type { Summary } from '../history/summary';
import { shortName } from '../models/modelIds';
import { formatTime } from '../ui/format';
import { labelText } from '../util/plainText';

/** ms after the last key. */
const searchDelayMs = 150;
/** How many conversations are listed before anything is typed. */
const maxListed = 200;

export interface SearchPickDeps {
  readonly history: History;
  readonly searcher: Pick<Searcher, 'search' | 'stop'>;
  readonly labelOf: (model: string) => string | undefined;
}

export interface FoundConversation {
  readonly id: string;
  /** The turn that was found; absent if none was searched for. */
  readonly turn?: string;
}

interface Row extends QuickPickItem {
  readonly found?: FoundConversation;
}

/** Resolves to the chosen conversation; undefined if the user closes the pick. */
export async function searchHistory(deps: SearchPickDeps): Promise<FoundConversation | undefined> {
  const { history, searcher, labelOf } = deps;
  const summaries = (await history.summaries()).toSorted((a, b) => b.at - a.at);
  const byId = new Map(summaries.map((summary) => [summary.id, summary]));
  const files = summaries.map(({ id }) => ({ id, file: history.directory.conversation(id) }));
  const rowOf = (summary: Summary, result?: SearchResult): Row => ({
    label: labelText(summary.title || l10n.t('Without a title')),
    description: `${labelText(shortName(summary.model, labelOf(summary.model)))} · ${formatTime(summary.at)}`,
    ...(result && { detail: labelText(result.excerpt, 200) }),
    // VS Code's own filter would hide what is found by the text alone.
    alwaysShow: true,
    found: { id: summary.id, ...(result?.turn !== undefined && { turn: result.turn }) },
  });
  const latest = summaries.slice(0, maxListed).map((summary) => rowOf(summary));

  const pick = window.createQuickPick<Row>();
  pick.title = l10n.t('Search History');
  pick.placeholder = l10n.t('Words of prompts and replies');
  pick.ignoreFocusOut = true;
  // See questionPick.ts.
  Object.assign(pick, { sortByLabel: false });
  pick.items = latest;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What the rows were searched for. */
  let searched = '';
  /** Enter was pressed while the rows were those of what had been typed before. */
  let isAccepted = false;
  let found: FoundConversation | undefined;
  const accept = (row: Row | undefined) => {
    isAccepted = false;
    found = row?.found;
    if (found) pick.hide();
  };
  const showRows = (query: string, rows: readonly Row[]) => {
    pick.items = rows;
    searched = query;
    if (isAccepted) accept(rows[0]);
  };
  const search = () => {
    const query = pick.value.trim();
    if (!query) {
      pick.busy = false;
      showRows('', latest);
      return;
    }
    let rows: readonly Row[] = [];
    const isCurrent = () => pick.value.trim() === query;
    pick.busy = true;
    searcher.search(
      { query, files },
      {
        onResults: (results) => {
          rows = [...rows, ...results.flatMap((result) => rowFor(result))];
          if (isCurrent()) showRows(query, rows);
        },
        onEnd: () => {
          if (!isCurrent()) return;
          pick.busy = false;
          if (rows.length === 0) showRows(query, [{ label: l10n.t('Nothing found'), alwaysShow: true }]);
        },
        onError: (error) => {
          pick.busy = false;
          showRows(query, [{ label: l10n.t('Couldn’t search: {0}', String(error)), alwaysShow: true }]);
        },
      },
    );
  };
  const rowFor = (result: SearchResult): readonly Row[] => {
    const summary = byId.get(result.id);
    return summary ? [rowOf(summary, result)] : [];
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => {
      isAccepted = false;
      clearTimeout(timer);
      timer = setTimeout(search, searchDelayMs);
    });
    pick.onDidAccept(() => {
      if (pick.value.trim() === searched) accept(pick.selectedItems[0]);
      else isAccepted = true;
    });
    pick.onDidHide(() => {
      clearTimeout(timer);
      searcher.stop();
      pick.dispose();
      resolve(found);
    });
    pick.show();
  });
}
