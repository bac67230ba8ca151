// The quick pick of “Ask About Selection”: a typed question, a saved prompt, or a recent question.
import { type QuickInputButton, QuickPickItemKind, type Uri, l10n, window } from 'vscode';
import { firstAndMore } from '../ui/format';
import { openSettings } from '../ui/invalidSetting';
import { plainText } from '../util/plainText';
import { matchPrompt } from './matchPrompt';
import type { PromptLibrary } from './promptLibrary';
import {
  type PickedQuestion,
  type QuestionRow,
  type RowChoice,
  promptRow,
  questionButtons,
  recentRow,
  rowGroup,
  typedQuestionRow,
  unusableRow,
} from './questionRows';
import type { RecentQuestions } from './recentQuestions';
import type { OfferedPrompt } from './savedPrompts';

export type Picked =
  /** `preview`: whether to show a preview instead of sending. */
  | { readonly kind: 'ask'; readonly chosen: PickedQuestion; readonly preview: boolean }
  | { readonly kind: 'create' }
  | { readonly kind: 'edit' | 'remove'; readonly prompt: OfferedPrompt }
  | { readonly kind: 'open'; readonly file: Uri };

/** Resolves to undefined if the user closes the pick; the typed text is then kept as the draft. */
export function pickQuestion(
  places: readonly string[],
  { prompts, unusable, recent }: PromptLibrary & { readonly recent: RecentQuestions },
): Promise<Picked | undefined> {
  const pick = window.createQuickPick<QuestionRow>();
  const buttons = questionButtons();
  const promptRows = prompts.map((prompt) => promptRow(prompt, buttons));
  const drafts = recent.draft === undefined ? [] : [recentRow(recent.draft, buttons, l10n.t('not sent'))];
  const offered = [
    ...rowGroup(l10n.t('Saved prompts'), promptRows),
    ...rowGroup(l10n.t('Recent'), [...drafts, ...recent.all.map((text) => recentRow(text, buttons))]),
    ...rowGroup(l10n.t('Prompt files that can’t be used'), unusable.map(unusableRow)),
  ];

  let typedRow: QuestionRow | undefined;
  let matchedRow: QuestionRow | undefined;
  let matchWasActive = false;
  const show = () => {
    const text = pick.value.trim();
    const prompt = matchPrompt(text, prompts);
    typedRow = text ? typedQuestionRow(text, buttons) : undefined;
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
  const choiceOfRow = (row: QuestionRow | undefined): RowChoice | undefined => {
    const chosenRow =
      row === typedRow && matchedRow && !matchWasActive ? matchedRow : (row ?? matchedRow ?? typedRow);
    return chosenRow?.chosen;
  };

  pick.title = l10n.t('Ask About {0}', plainText(firstAndMore(places)));
  pick.placeholder = l10n.t('Type a question, or choose a saved prompt');
  // The pick stays open while the user looks something up in another window.
  pick.ignoreFocusOut = true;
  pick.buttons = [buttons.preview, buttons.create, buttons.settings];
  // Keeps the order of the rows. Not in VS Code's stable API yet, but it can be set since 2020. Without it, VS Code
  // sorts the rows by the typed text; the active row is the same. https://github.com/microsoft/vscode/issues/73904
  Object.assign(pick, { sortByLabel: false });
  show();

  return new Promise((resolve) => {
    let picked: Picked | undefined;
    const finish = (result: Picked) => {
      picked = result;
      pick.hide();
    };
    const finishWith = (chosen: RowChoice | undefined, preview: boolean) => {
      if (chosen?.kind === 'file') finish({ kind: 'open', file: chosen.file });
      else if (chosen) finish({ kind: 'ask', chosen, preview });
    };
    const onRowButton = (chosen: RowChoice, button: QuickInputButton) => {
      if (button === buttons.preview) finishWith(chosen, true);
      else if (chosen.kind === 'prompt')
        finish({ kind: button === buttons.editPrompt ? 'edit' : 'remove', prompt: chosen.prompt });
      else if (chosen.kind === 'question') {
        if (chosen.text === recent.draft) recent.clearDraft();
        pick.value = chosen.text;
        show();
      }
    };
    pick.onDidChangeValue(show);
    pick.onDidChangeActive(([row]) => {
      if (row && row === matchedRow) matchWasActive = true;
    });
    pick.onDidAccept(() => finishWith(choiceOfRow(pick.selectedItems[0]), false));
    pick.onDidTriggerItemButton(({ item: { chosen }, button }) => {
      if (chosen) onRowButton(chosen, button);
    });
    pick.onDidTriggerButton((button) => {
      if (button === buttons.preview) finishWith(choiceOfRow(pick.activeItems[0]), true);
      else if (button === buttons.create) finish({ kind: 'create' });
      else {
        pick.hide();
        void openSettings('prompts');
      }
    });
    pick.onDidHide(() => {
      const text = pick.value.trim();
      // The beginning of a prompt's name was a search, not a draft.
      if (picked?.kind !== 'ask' && !matchPrompt(text, prompts)) recent.keepDraft(text);
      pick.dispose();
      resolve(picked);
    });
    pick.show();
  });
}
