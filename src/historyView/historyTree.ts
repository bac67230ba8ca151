// The view “History”: the conversations of this workspace, and what was typed and has not become one.
import {
  Disposable,
  EventEmitter,
  MarkdownString,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  env,
  l10n,
} from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import type { History } from '../conversation/history';
import { type DraftSummary, draftTitle } from '../history/draftSummary';
import type { Summary } from '../history/summary';
import { shortName } from '../models/modelIds';
import { section } from '../settings';
import { formatNumber, formatTime, isSameDay } from '../ui/format';
import { dollars } from '../ui/money';
import { type SummaryGroup, groupsOf } from './groups';

export type HistoryNode =
  | { readonly group: SummaryGroup }
  | { readonly summary: Summary }
  | { readonly draft: DraftSummary }
  | { readonly shownUpTo: number; readonly group: SummaryGroup; readonly more: true };

export interface HistoryTreeDeps {
  readonly history: History;
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly labelOf: (model: string) => string | undefined;
  /** Called with the file system's error. */
  readonly onError: (error: unknown) => void;
}

/** A group shows this many rows at first, and so many more at a time: VS Code copies each to the window. */
const pageSize = 200;

export class HistoryTree implements TreeDataProvider<HistoryNode>, Disposable {
  private readonly changed = new EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  /** The titles of drafts when the list last changed for them. */
  private readonly draftTitles = new Map<string, string>();
  /** How many rows of a group are shown, if it is more than a page. */
  private readonly shownCounts = new Map<string, number>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private draftTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly subscriptions: Disposable;

  constructor(private readonly deps: HistoryTreeDeps) {
    const refresh = () => this.refreshSoon();
    this.subscriptions = Disposable.from(
      deps.history.onDidChange(refresh),
      // The spinner of a running reply.
      deps.conversations.onDidChange(({ event }) => {
        if (!event || event.type === 'ended') refresh();
      }),
      deps.drafts.onDidChange((id) => this.followDraft(id)),
    );
  }

  refresh(): void {
    this.changed.fire(undefined);
  }

  /** Shows more rows of a group. */
  showMore(group: string): void {
    this.shownCounts.set(group, (this.shownCounts.get(group) ?? pageSize) + pageSize);
    this.refresh();
  }

  async getChildren(node?: HistoryNode): Promise<HistoryNode[]> {
    if (!node) {
      // In the background: the list is there before.
      this.deps.history.tidy().catch(this.deps.onError);
      const { history, conversations, drafts } = this.deps;
      const summaries = await history.summaries();
      const ids = new Set(summaries.map(({ id }) => id));
      const typed = await drafts.withoutConversation(
        (id) => ids.has(id) || conversations.get(id) !== undefined,
      );
      return groupsOf([...summaries, ...typed], Date.now()).map((group) => ({ group }));
    }
    if (!('group' in node)) return [];
    const { group } = node;
    const count = this.shownCounts.get(group.id) ?? pageSize;
    const rows = group.rows.slice(0, count);
    const shown = rows.map((row) => ('isDraft' in row ? { draft: row } : { summary: row }));
    return group.rows.length > count ? [...shown, { shownUpTo: count, group, more: true }] : shown;
  }

  getTreeItem(node: HistoryNode): TreeItem {
    if ('more' in node) return this.moreItem(node.group, node.shownUpTo);
    if ('draft' in node) return draftItem(node.draft);
    return 'group' in node ? groupItem(node.group) : this.conversationItem(node.summary);
  }

  dispose(): void {
    clearTimeout(this.timer);
    clearTimeout(this.draftTimer);
    this.subscriptions.dispose();
    this.changed.dispose();
  }

  private moreItem({ id, rows }: SummaryGroup, shown: number): TreeItem {
    const title = l10n.t('Show more ({0})', formatNumber(rows.length - shown));
    const item = new TreeItem(title);
    item.id = `more ${id} ${shown}`;
    item.iconPath = new ThemeIcon('ellipsis');
    item.command = { title, command: `${section}.showMoreHistory`, arguments: [id] };
    return item;
  }

  private conversationItem(summary: Summary): TreeItem {
    const { id, title, at, model, usd, isPinned } = summary;
    const item = new TreeItem(title || l10n.t('Without a title'));
    const name = shortName(model, this.deps.labelOf(model));
    item.id = id;
    const cost = usd === undefined ? [] : [dollars(usd, env.language)];
    item.description = [formatTime(at, whenOptions(at)), name, ...cost].join(' · ');
    item.tooltip = this.tooltip(summary, name);
    const isRunning = this.deps.conversations.hasRunning(id);
    item.iconPath = new ThemeIcon(isRunning ? 'loading~spin' : isPinned ? 'pinned' : 'comment-discussion');
    item.contextValue = isPinned ? 'pinnedConversation' : 'conversation';
    item.command = {
      title: l10n.t('Open'),
      command: `${section}.openConversation`,
      arguments: [{ summary }],
    };
    return item;
  }

  private tooltip({ title, at, turns, usd, unpriced, model }: Summary, name: string): MarkdownString {
    // Not parsed as Markdown: a title is text that others may have written.
    const tooltip = new MarkdownString('', false);
    const cost =
      usd === undefined
        ? l10n.t('Cost unknown')
        : unpriced > 0
          ? l10n.t('At least {0}', dollars(usd, env.language))
          : dollars(usd, env.language);
    tooltip.appendText(
      [
        title,
        formatTime(at),
        `${name} (${model})`,
        l10n.t('Prompts: {0} · {1}', formatNumber(turns), cost),
      ].join('\n'),
    );
    return tooltip;
  }

  /** The list is made again in a pause: it may be long, and while a title is typed, each key changes it. */
  private followDraft(id: string): void {
    const title = this.deps.conversations.get(id) ? '' : draftTitle(this.deps.drafts.get(id));
    if (title === (this.draftTitles.get(id) ?? '')) return;
    if (title) this.draftTitles.set(id, title);
    else this.draftTitles.delete(id);
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.refresh(), pauseMs);
  }

  private refreshSoon(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refresh();
    }, refreshDelayMs);
  }
}

/** The time of today's conversations, the day of others. */
function whenOptions(at: number): Intl.DateTimeFormatOptions {
  return isSameDay(at, Date.now()) ? { timeStyle: 'short' } : { dateStyle: 'short' };
}

/** ms; several changes are shown at once. */
const refreshDelayMs = 100;
/** ms without a key. */
const pauseMs = 500;

function draftItem(draft: DraftSummary): TreeItem {
  const title = draft.title || l10n.t('Without a title');
  const item = new TreeItem(title);
  item.id = `draft ${draft.id}`;
  item.description = l10n.t('Draft');
  // Not parsed as Markdown: what is typed may have been copied from anywhere.
  item.tooltip = new MarkdownString('', false).appendText([title, formatTime(draft.at)].join('\n'));
  item.iconPath = new ThemeIcon('edit');
  item.contextValue = 'draft';
  item.command = {
    title: l10n.t('Open'),
    command: `${section}.openConversation`,
    arguments: [{ draft }],
  };
  return item;
}

function groupItem({ id, label, isOpen }: SummaryGroup): TreeItem {
  const state = isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed;
  const item = new TreeItem(label, state);
  item.id = `group ${id}`;
  item.contextValue = 'group';
  return item;
}
