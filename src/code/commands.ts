// The commands for code from replies, and for proposed edits.
import type { Turn } from '../core/model/reply';
import type { CodeAction, CodeInUse } from '../protocol/reply';
import type { CommandRows } from '../ui/commands';
import type { CodeOut } from './codeOut';

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
