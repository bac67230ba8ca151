// The translated strings of the reply panel's page, which has no translations of its own.
import { l10n } from 'vscode';
import type { PanelStrings } from '../protocol/reply';

/** `reloaded`: VS Code restored the panel after a reload of the window, and no prompt has been sent since. */
export function panelStrings(reloaded: boolean): PanelStrings {
  return {
    you: l10n.t('You'),
    reply: l10n.t('Reply'),
    empty: reloaded
      ? l10n.t(
          'The window was reloaded. Earlier replies are not kept, and a reply that was still running has stopped.',
        )
      : l10n.t('Select text in an editor, right-click, and choose “Bedrock › Send Selection as Prompt”.'),
    waiting: l10n.t('Waiting for the reply…'),
    waitingFor: l10n.t('Waiting for the reply… {0} s'),
    retryIn: l10n.t('Retrying in {0} s'),
    stop: l10n.t('Stop'),
    copyReply: l10n.t('Copy reply'),
    copyCode: l10n.t('Copy code'),
    insertCode: l10n.t('Insert'),
    replaceSelection: l10n.t('Replace Selection'),
    newFile: l10n.t('New File'),
    saveCode: l10n.t('Save As…'),
    moreActions: l10n.t('More actions'),
    copied: l10n.t('Copied'),
    reasoning: l10n.t('Reasoning'),
    details: l10n.t('Details'),
    sameInBoth: l10n.t('the same in both'),
    differing: l10n.t('AWS received something other than what was signed'),
    signedAs: l10n.t('Signed'),
    receivedAs: l10n.t('AWS received'),
    times: l10n.t('Times'),
    requestIds: l10n.t('Request IDs'),
    copy: l10n.t('Copy'),
    copyNamed: l10n.t('Copy: {0}'),
    showAll: l10n.t('Show all'),
    showLess: l10n.t('Show less'),
    previous: l10n.t('Previous prompt'),
    next: l10n.t('Next prompt'),
    position: l10n.t('{0} of {1}'),
    jumpToEnd: l10n.t('Jump to the end'),
    picture: l10n.t('Image, not loaded: {0}'),
    taskDone: l10n.t('Done'),
    taskOpen: l10n.t('Not done'),
    footnote: l10n.t('Footnote {0}'),
    replyFinished: l10n.t('The reply is complete.'),
  };
}
