// The commands of the history.
import { ProgressLocation, Uri, l10n, window, workspace } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import type { History } from '../conversation/history';
import { isId } from '../history/directory';
import type { DraftSummary } from '../history/draftSummary';
import type { StoredConversation } from '../history/entries';
import type { Summary } from '../history/summary';
import { formatNumber } from '../ui/format';
import type { CommandRows } from '../ui/commands';
import { confirmLoss, showInformationMessage } from '../ui/messages';
import { askText } from '../ui/quickInput';
import { plainText } from '../util/plainText';
import { conversationTitle, jsonOf, markdownOf } from './exportText';
import type { HistoryTree } from './historyTree';
import type { HistoryView } from './historyView';
import { type SearchPickDeps, searchHistory } from './searchPick';

export interface HistoryCommandDeps extends SearchPickDeps {
  readonly history: History;
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly tree: HistoryTree;
  readonly view: Pick<HistoryView, 'focus'>;
  /** Shows a conversation in the panel. */
  readonly show: (conversation: string) => Promise<void>;
  /** Gives the focus to the composer of the panel. */
  readonly focusComposer: () => void;
  /** The conversation that the panel shows; undefined if it has no turns. */
  readonly shown: () => string | undefined;
}

type HistoryCommand =
  | 'deleteConversation'
  | 'deleteHistory'
  | 'exportConversation'
  | 'openConversation'
  | 'pinConversation'
  | 'renameConversation'
  | 'searchHistory'
  | 'showHistory'
  | 'showMoreHistory'
  | 'unpinConversation';

export function historyCommands(deps: HistoryCommandDeps): CommandRows<HistoryCommand> {
  const { history, conversations, drafts, tree, view, show, focusComposer, shown } = deps;
  /** Runs a command of the tree with its conversation. */
  const withSummary = (run: (summary: Summary) => Promise<unknown>) => async (node?: unknown) => {
    const summary = summaryIn(node);
    if (summary) await run(summary);
  };
  return {
    showHistory: () => view.focus(),
    showMoreHistory: (group) => {
      if (typeof group === 'string') tree.showMore(group);
    },
    openConversation: async (node) => {
      const draft = draftIn(node);
      const id = draft?.id ?? summaryIn(node)?.id;
      if (id === undefined) return;
      await show(id);
      if (draft) focusComposer();
    },
    pinConversation: withSummary(({ id }) => history.pin(id, true)),
    unpinConversation: withSummary(({ id }) => history.pin(id, false)),
    renameConversation: withSummary(async ({ id, title }) => {
      const answer = await askText(
        { title: l10n.t('Rename Conversation') },
        {
          prompt: l10n.t('The title of the conversation in the history'),
          value: title,
          problem: (text) => (text.trim() ? undefined : l10n.t('The title is empty.')),
        },
      );
      if (typeof answer === 'object') await history.rename(id, answer.value.trim());
    }),
    deleteConversation: async (node) => {
      const draft = draftIn(node);
      if (draft) {
        const message = l10n.t('Delete the draft “{0}”?', plainText(draft.title));
        const detail = l10n.t('What you typed is deleted from this machine.');
        if (await confirmLoss(message, detail, l10n.t('Delete'))) await history.remove(draft.id);
        return;
      }
      const summary = summaryIn(node);
      if (!summary) return;
      const { id, title } = summary;
      const message = l10n.t('Delete the conversation “{0}”?', plainText(title));
      const detail = l10n.t(
        'Its prompts and replies, and what you typed in it, are deleted from this machine.',
      );
      if (await confirmLoss(message, detail, l10n.t('Delete'))) await history.remove(id);
    },
    deleteHistory: async () => {
      const count = (await history.summaries()).length;
      const message = l10n.t('Delete all conversations of this workspace ({0})?', formatNumber(count));
      const detail = l10n.t(
        'All prompts, replies and drafts of this workspace are deleted from this machine, pinned ones too. Replies that are running are stopped.',
      );
      if (await confirmLoss(message, detail, l10n.t('Delete All'))) await history.removeAll();
    },
    searchHistory: async () => {
      const found = await searchHistory(deps);
      if (!found) return;
      await show(found.id);
      if (found.turn === undefined) return;
      conversations.showVersion(found.turn);
      drafts.update(found.id, { position: { turn: found.turn, offset: 0 } });
      await show(found.id);
    },
    exportConversation: async (node) => {
      const id = summaryIn(node)?.id ?? shown();
      const conversation = id === undefined ? undefined : await stored(id);
      if (conversation) await exportTo(conversation);
      else void showInformationMessage(l10n.t('There is no conversation yet that could be exported.'));
    },
  };

  /** A conversation from disk, else from memory. */
  async function stored(id: string): Promise<StoredConversation | undefined> {
    const kept = await history.read(id);
    if (kept) return kept;
    const turns = conversations.allTurns(id);
    return turns.length > 0 ? { id, turns, costs: new Map(), shown: [], pinned: false } : undefined;
  }

  async function exportTo(conversation: StoredConversation): Promise<void> {
    const format = await pickFormat();
    if (!format) return;
    conversations.adopt(conversation);
    const branch = conversations.get(conversation.id)?.turns ?? conversation.turns;
    const name = exportName(conversationTitle(conversation, branch));
    const folder = workspace.workspaceFolders?.[0]?.uri;
    const target = await window.showSaveDialog({
      title: l10n.t('Export Conversation'),
      filters: { [format.label]: [format.extension] },
      ...(folder && { defaultUri: Uri.joinPath(folder, `${name}.${format.extension}`) }),
    });
    if (!target) return;
    const text = format.extension === 'json' ? jsonOf(conversation) : markdownOf(conversation, branch);
    await window.withProgress(
      { location: ProgressLocation.Window, title: l10n.t('Export Conversation') },
      async () => workspace.fs.writeFile(target, new TextEncoder().encode(text)),
    );
    await window.showTextDocument(target);
  }
}

/** Not by the filter of the file dialog: not every one shows its filters. */
async function pickFormat() {
  const formats = [
    { label: 'Markdown', detail: l10n.t('The versions that are shown, to read'), extension: 'md' },
    { label: 'JSON', detail: l10n.t('All versions, with models and costs'), extension: 'json' },
  ] as const;
  return window.showQuickPick(formats, { title: l10n.t('Export Conversation') });
}

/** The conversation of a node in the tree. */
function summaryIn(node: unknown): Summary | undefined {
  const { summary } = (typeof node === 'object' && node !== null ? node : {}) as {
    readonly summary?: Summary;
  };
  return summary && typeof summary.id === 'string' ? summary : undefined;
}

/** The draft of a node in the tree. */
function draftIn(node: unknown): DraftSummary | undefined {
  const { draft } = (typeof node === 'object' && node !== null ? node : {}) as {
    readonly draft?: DraftSummary;
  };
  return draft && isId(draft.id) ? draft : undefined;
}

/** A title as a file name that every system accepts. */
function exportName(title: string): string {
  const name = title
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 60)
    .replace(/[. ]+$/, '')
    .toWellFormed();
  return name || l10n.t('Conversation');
}
