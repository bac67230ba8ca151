// One pick for what is asked: a question typed at its top, a saved prompt, or a question asked before.
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
  /** To be shown before it is sent. */
  readonly preview: boolean;
}

interface Row extends QuickPickItem {
  readonly chosen?: PickedQuestion;
}

/** Resolves to undefined when the pick was left; what stood in it then is kept as the draft. */
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
  const typedRow = (text: string): Row => ({
    label: l10n.t('Ask “{0}”', labelText(text, 300)),
    buttons: [preview],
    // Whatever is typed can be asked: no filter hides it.
    alwaysShow: true,
    chosen: { kind: 'question', text },
  });
  const promptRows = prompts.map(promptRow);
  const drafts = recent.draft === undefined ? [] : [questionRow(recent.draft, l10n.t('not sent'))];
  const offered = [
    ...group(l10n.t('Saved prompts'), promptRows),
    ...group(l10n.t('Recent'), [...drafts, ...recent.all.map((text) => questionRow(text))]),
  ];

  let typed: Row | undefined;
  let meant: Row | undefined;
  let meantIsShown = false;
  const show = () => {
    const text = pick.value.trim();
    const prompt = matchPrompt(text, prompts);
    typed = text ? typedRow(text) : undefined;
    meant = promptRows[prompt ? prompts.indexOf(prompt) : -1];
    meantIsShown = false;
    // Each row keeps its index: VS Code tells of rows by that, and may tell of those of before. A separator before
    // another is not drawn.
    pick.items = [typed ?? { label: '', kind: QuickPickItemKind.Separator }, ...offered];
    const active = meant ?? typed;
    if (active) pick.activeItems = [active];
  };
  /** Keys may be ahead of what is shown: only past the row that is meant, the other one was chosen. */
  const chosenBy = (row: Row | undefined): PickedQuestion | undefined => {
    const chosen = row === typed && meant && !meantIsShown ? meant : (row ?? meant ?? typed);
    return chosen?.chosen;
  };

  pick.title = l10n.t('Ask About {0}', inFewWords(places));
  pick.placeholder = l10n.t('Type a question, or choose a saved prompt');
  // People leave for another window to look something up; what they have typed waits.
  pick.ignoreFocusOut = true;
  pick.buttons = [preview, settings];
  // In the order given here. No part of VS Code's stable API yet, but settable since 2020; without it the rows are
  // sorted by what was typed, and the active one is the same. https://github.com/microsoft/vscode/issues/73904
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
      if (row && row === meant) meantIsShown = true;
    });
    pick.onDidAccept(() => finish(chosenBy(pick.selectedItems[0]), false));
    pick.onDidTriggerItemButton(({ item, button }) => {
      if (button === preview) finish(item.chosen, true);
      else if (item.chosen?.kind === 'question') {
        if (item.chosen.text === recent.draft) recent.resume();
        pick.value = item.chosen.text;
        show();
      }
    });
    pick.onDidTriggerButton((button) => {
      if (button === preview) finish(chosenBy(pick.activeItems[0]), true);
      else {
        pick.hide();
        void openSettings('prompts');
      }
    });
    pick.onDidHide(() => {
      const text = pick.value.trim();
      // A beginning of a prompt's name was a search.
      if (!picked && !matchPrompt(text, prompts)) recent.leave(text);
      pick.dispose();
      resolve(picked);
    });
    pick.show();
  });
}

function group(label: string, rows: readonly Row[]): readonly Row[] {
  return rows.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...rows] : [];
}

function inFewWords([first = '', ...others]: readonly string[]): string {
  return others.length > 0 ? l10n.t('{0} and {1} More', plainText(first), others.length) : plainText(first);
}
