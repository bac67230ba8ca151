// The light bulb at a problem: “Explain with Bedrock” and “Fix with Bedrock”.
import { CodeAction, CodeActionKind, type Disposable, l10n, languages } from 'vscode';
import { section, unlessInvalid } from '../settings';
import { readOffersCodeActions } from '../settings/editor';

/** Offers both wherever an editor shows a problem. VS Code calls it with each move of the cursor. */
export function registerProblemActions(): Disposable {
  return languages.registerCodeActionsProvider(
    '*',
    {
      provideCodeActions: (_document, _range, { diagnostics, only }) => {
        // Not for “Fix all” or when a file is saved.
        const isAsked = !only || CodeActionKind.QuickFix.contains(only);
        if (diagnostics.length === 0 || !isAsked || !unlessInvalid(readOffersCodeActions, false)) return [];
        return [
          action(l10n.t('Fix with Bedrock'), 'fixProblem'),
          action(l10n.t('Explain with Bedrock'), 'explainProblem'),
        ];
      },
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix] },
  );
}

/** Without arguments, which VS Code would have disposed of by then: the command looks at the editor again. */
function action(title: string, command: string): CodeAction {
  const offered = new CodeAction(title, CodeActionKind.QuickFix);
  offered.command = { title, command: `${section}.${command}` };
  return offered;
}
