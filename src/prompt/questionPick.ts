// The quick pick of “Ask About Selection”: a typed question, a saved prompt, or a recent question.
import { type QuickPickItem, QuickPickItemKind, ThemeIcon, l10n, window } from 'vscode';
import { openSettings } from '../ui/invalidSetting';
import { labelText, plainText } from '../util/plainText';
import { matchPrompt } from './matchPrompt';
import type { RecentQuestions } from './recentQuestions';
import type { OfferedPrompt } from './savedPrompts';

export type PickedQuestion =
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'prompt'; readonly prompt: OfferedPrompt };

export interface Picked {
  readonly chosen: PickedQuestion;
  /** Whether to show a preview instead of sending. */
  readonly preview: boolean;
}

interface Row extends QuickPickItem {
  readonly chosen?: PickedQuestion;
}

/** Resolves to undefined if the user closes the pick; the typed text is then kept as the draft. */
export function pickQuestion(
  places: readonly string[],
  { prompts, recent }: { readonly prompts: readonly OfferedPrompt[]; readonly recent: RecentQuestions },
): Promise<Picked | undefined> {
  const pick = window.createQuickPick<Row>();
  const [preview, edit, settings] = [
    { iconPath: new ThemeIcon('eye'), tooltip: l10n.t('Preview what is sent') },
    { iconPath: new ThemeIcon('edit'), tooltip: l10n.t('Edit before asking') },
    { iconPath: new ThemeIcon('gear'), tooltip: l10n.t('Edit saved prompts') },
  ] as const;

  const promptRow = (prompt: OfferedPrompt): Row => ({
    label: labelText(prompt.label),
    description: prompt.from === 'workspace' ? l10n.t('from this workspace') : '',
    detail: labelText(prompt.text, 200),
    buttons: [preview],
    chosen: { kind: 'prompt', prompt },
  });
  const questionRow = (text: string, description = ''): Row => ({
    label: labelText(text, 300),
    description,
    buttons: [edit, preview],
    chosen: { kind: 'question', text },
  });
  const textRow = (text: string): Row => ({
    label: l10n.t('Ask “{0}”', labelText(text, 300)),
    buttons: [preview],
    // The filter must not hide the typed question.
    alwaysShow: true,
    chosen: { kind: 'question', text },
  });
  const promptRows = prompts.map(promptRow);
  const drafts = recent.draft === undefined ? [] : [questionRow(recent.draft, l10n.t('not sent'))];
  const offered = [
    ...group(l10n.t('Saved prompts'), promptRows),
    ...group(l10n.t('Recent'), [...drafts, ...recent.all.map((text) => questionRow(text))]),
  ];

  let typedRow: Row | undefined;
  let matchedRow: Row | undefined;
  let matchWasActive = false;
  const show = () => {
    const text = pick.value.trim();
    const prompt = matchPrompt(text, prompts);
    typedRow = text ? textRow(text) : undefined;
    matchedRow = promptRows[prompt ? prompts.indexOf(prompt) : -1];
    matchWasActive = false;
    // Each row keeps its index, since VS Code reports rows by index and may still report previous ones. A separator
    // before another separator is not drawn.
    pick.items = [typedRow ?? { label: '', kind: QuickPickItemKind.Separator }, ...offered];
    const active = matchedRow ?? typedRow;
    if (active) pick.activeItems = [active];
  };
  /**
   * The user may press Enter before VS Code shows the match. So the typed row counts as chosen only if the matched row
   * was active before.
   */
  const choiceOfRow = (row: Row | undefined): PickedQuestion | undefined => {
    const chosenRow =
      row === typedRow && matchedRow && !matchWasActive ? matchedRow : (row ?? matchedRow ?? typedRow);
    return chosenRow?.chosen;
  };

  pick.title = l10n.t('Ask About {0}', placesText(places));
  pick.placeholder = l10n.t('Type a question, or choose a saved prompt');
  // The pick stays open while the user looks something up in another window.
  pick.ignoreFocusOut = true;
  pick.buttons = [preview, settings];
  // Keeps the order of the rows. Not in VS Code's stable API yet, but it can be set since 2020. Without it, VS Code
  // sorts the rows by the typed text; the active row is the same. https://github.com/microsoft/vscode/issues/73904
  Object.assign(pick, { sortByLabel: false });
  show();

  return new Promise((resolve) => {
    let picked: Picked | undefined;
    const finish = (chosen: PickedQuestion | undefined, toPreview: boolean) => {
      if (!chosen) return;
      picked = { chosen, preview: toPreview };
      pick.hide();
    };
    pick.onDidChangeValue(show);
    pick.onDidChangeActive(([row]) => {
      if (row && row === matchedRow) matchWasActive = true;
    });
    pick.onDidAccept(() => finish(choiceOfRow(pick.selectedItems[0]), false));
    pick.onDidTriggerItemButton(({ item, button }) => {
      if (button === preview) finish(item.chosen, true);
      else if (item.chosen?.kind === 'question') {
        if (item.chosen.text === recent.draft) recent.clearDraft();
        pick.value = item.chosen.text;
        show();
      }
    });
    pick.onDidTriggerButton((button) => {
      if (button === preview) finish(choiceOfRow(pick.activeItems[0]), true);
      else {
        pick.hide();
        void openSettings('prompts');
      }
    });
    pick.onDidHide(() => {
      const text = pick.value.trim();
      // The beginning of a prompt's name was a search, not a draft.
      if (!picked && !matchPrompt(text, prompts)) recent.keepDraft(text);
      pick.dispose();
      resolve(picked);
    });
    pick.show();
  });
}

function group(label: string, rows: readonly Row[]): readonly Row[] {
  return rows.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...rows] : [];
}

function placesText([first = '', ...others]: readonly string[]): string {
  return others.length > 0 ? l10n.t('{0} and {1} More', plainText(first), others.length) : plainText(first);
}
