// The rows and buttons of the pick of “Ask About Selection”.
import { type QuickPickItem, QuickPickItemKind, ThemeIcon, type Uri, l10n, workspace } from 'vscode';
import { formatList } from '../ui/format';
import { labelText } from '../util/plainText';
import { withHiddenShown } from './hiddenCharacters';
import { hasHidden } from './hiddenCheck';
import type { UnsupportedFeature } from './promptFile';
import type { FileProblem, UnusableFile } from './promptFiles';
import type { OfferedPrompt } from './savedPrompts';

export type PickedQuestion =
  | { readonly kind: 'question'; readonly text: string }
  | { readonly kind: 'prompt'; readonly prompt: OfferedPrompt };

/** What a row stands for. A file that can't be used is opened. */
export type RowChoice = PickedQuestion | { readonly kind: 'file'; readonly file: Uri };

export interface QuestionRow extends QuickPickItem {
  readonly chosen?: RowChoice;
}

/** Each call creates new buttons, which VS Code compares by identity. */
export function questionButtons() {
  return {
    preview: { iconPath: new ThemeIcon('eye'), tooltip: l10n.t('Preview what is sent') },
    editQuestion: { iconPath: new ThemeIcon('edit'), tooltip: l10n.t('Edit before asking') },
    editPrompt: { iconPath: new ThemeIcon('edit'), tooltip: l10n.t('Edit this prompt') },
    remove: { iconPath: new ThemeIcon('trash'), tooltip: l10n.t('Delete this prompt…') },
    hide: { iconPath: new ThemeIcon('eye-closed'), tooltip: l10n.t('Hide this prompt…') },
    create: { iconPath: new ThemeIcon('add'), tooltip: l10n.t('New prompt…') },
    settings: { iconPath: new ThemeIcon('gear'), tooltip: l10n.t('Edit saved prompts') },
  } as const;
}

export type QuestionButtons = ReturnType<typeof questionButtons>;

/** Characters of a long text that a row can show. */
const maxShown = 1000;

const unsupportedNames: { readonly [U in UnsupportedFeature]: () => string } = {
  agent: () => l10n.t('agent mode'),
  tools: () => l10n.t('tools'),
  files: () => l10n.t('linked files'),
  workspaceFolder: () => '${workspaceFolder}',
};

const problemTexts: { readonly [P in FileProblem]: () => string } = {
  empty: () => l10n.t('No prompt below the header'),
  encoding: () => l10n.t('Not UTF-8 text'),
  tooLarge: () => l10n.t('Larger than 256 KB'),
  tooMany: () => l10n.t('Not read, like all after it: the folder has more than 200 prompts'),
  unreadable: () => l10n.t('Couldn’t be read'),
};

export function promptRow(prompt: OfferedPrompt, buttons: QuestionButtons): QuestionRow {
  const { from, file, unsupported = [] } = prompt;
  const visible = (text: string, max: number) => labelText(withHiddenShown(text.slice(0, maxShown)), max);
  const without =
    unsupported.length > 0
      ? `$(info) ${l10n.t('Sent without: {0}.', formatList(unsupported.map((kind) => unsupportedNames[kind]())))} `
      : '';
  return {
    label: visible(prompt.label, 120),
    description: [
      ...(hasHidden(prompt) ? [`$(warning) ${l10n.t('invisible characters')}`] : []),
      ...(from === 'workspace' ? [l10n.t('from this workspace')] : []),
      ...(file ? [fileLabel(file)] : []),
    ].join(' · '),
    detail: without + visible(prompt.description ?? prompt.text, 200),
    buttons: [buttons.preview, buttons.editPrompt, from === 'builtIn' ? buttons.hide : buttons.remove],
    chosen: { kind: 'prompt', prompt },
  };
}

export function unusableRow({ file, problem }: UnusableFile): QuestionRow {
  return {
    label: `$(warning) ${fileLabel(file)}`,
    description: problemTexts[problem](),
    chosen: { kind: 'file', file },
  };
}

/** The path in the workspace, else the name. */
function fileLabel(file: Uri): string {
  const inWorkspace = workspace.getWorkspaceFolder(file) !== undefined;
  return labelText(inWorkspace ? workspace.asRelativePath(file) : (file.path.split('/').at(-1) ?? ''));
}

export function recentRow(text: string, buttons: QuestionButtons, description = ''): QuestionRow {
  return {
    label: labelText(text, 300),
    description,
    buttons: [buttons.editQuestion, buttons.preview],
    chosen: { kind: 'question', text },
  };
}

export function typedQuestionRow(text: string, buttons: QuestionButtons): QuestionRow {
  return {
    label: l10n.t('Ask “{0}”', labelText(text, 300)),
    buttons: [buttons.preview],
    // The filter must not hide the typed question.
    alwaysShow: true,
    chosen: { kind: 'question', text },
  };
}

/** The rows below a heading; nothing without rows. */
export function rowGroup(label: string, rows: readonly QuestionRow[]): readonly QuestionRow[] {
  return rows.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...rows] : [];
}
