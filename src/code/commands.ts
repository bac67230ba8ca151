// The commands for code from replies, and for proposed edits.
import type { Turn } from '../core/model/reply';
import type { CodeAction, CodeInUse } from '../protocol/reply';
import type { CommandRows } from '../ui/commands';
import type { LastEditor } from '../prompt/selection';
import { loadPart } from '../util/loadPart';
import type { CodeOut } from './codeOut';
import type { ProblemDeps } from './problems.chunk';

/** What the commands need of the reply panel. */
interface ShownReplies {
  readonly conversation: { readonly turns: readonly Turn[] } | undefined;
  readonly codeInUse: CodeInUse | undefined;
}

type CodeCommandId =
  | 'applyEdit'
  | 'copyCode'
  | 'discardEdit'
  | 'insertCode'
  | 'newFileFromCode'
  | 'replaceSelection'
  | 'saveCode';

export function codeCommands(code: CodeOut, shown: ShownReplies): CommandRows<CodeCommandId> {
  const run = (action: CodeAction) => () =>
    code.runLast(action, shown.conversation?.turns ?? [], shown.codeInUse);
  return {
    applyEdit: () => code.applyEdit(),
    copyCode: run('copy'),
    discardEdit: () => code.discardEdit(),
    insertCode: run('insert'),
    newFileFromCode: run('newFile'),
    replaceSelection: run('replace'),
    saveCode: run('save'),
  };
}

/** The commands of the light bulb at a problem. */
export function problemCommands(
  lastEditor: LastEditor,
  deps: ProblemDeps,
): CommandRows<'explainProblem' | 'fixProblem'> {
  const load = () => loadPart(() => import('./problems.chunk'));
  return {
    explainProblem: async () => (await load()).explainProblem(lastEditor.editor, deps),
    fixProblem: async () => (await load()).fixProblem(lastEditor.editor, deps),
  };
}
