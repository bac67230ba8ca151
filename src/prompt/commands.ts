// The commands that send prompts.
import { l10n } from 'vscode';
import type { CommandRows } from '../ui/commands';
import { askText } from '../ui/quickInput';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import { showInformationMessage } from '../ui/messages';
import type { PromptStorage } from './promptStates';
import { promptInput } from './requestBuilder';
import { type LastEditor, selectedIn } from './selection';
import type { Sender } from './sender';

interface SendingContext {
  readonly lastEditor: LastEditor;
  /** Receives the Disposables that are created later. */
  readonly subscriptions: { dispose(): unknown }[];
  readonly storage: PromptStorage;
}

export function sendingCommands(
  sender: Sender,
  { lastEditor, subscriptions, storage }: SendingContext,
): CommandRows<'ask' | 'sendSelection' | 'askAboutSelection' | 'sendPreview'> {
  /** Typed but not sent; shown again the next time. */
  let draft = '';

  const ask = async () => {
    // Finish set-up first, so that nobody types a prompt and is then asked for keys.
    if (!(await sender.ready())) return;
    const answer = await askText(
      { title: l10n.t('Ask a Bedrock Model') },
      {
        prompt: l10n.t('Your prompt. The extension attaches nothing from the open files.'),
        value: draft,
        problem: (text) => (text.trim() ? undefined : l10n.t('The prompt is empty.')),
        onCancel: (text) => (draft = text),
      },
    );
    if (typeof answer !== 'object') return;
    draft = answer.value;
    if ((await sender.send(promptInput(answer.value, 'ask'))) && draft === answer.value) draft = '';
  };

  const withoutSelection = async () => {
    const askLabel = l10n.t('Ask…');
    const chosen = await showInformationMessage(
      l10n.t('No text is selected. This command sends the selected text.'),
      askLabel,
    );
    if (chosen === askLabel) await ask();
  };

  const sendSelection = async () => {
    const { editor } = lastEditor;
    const selected = editor && selectedIn(editor);
    if (selected) await sender.send(promptInput(selected.text, 'selection', selected.sources));
    else await withoutSelection();
  };

  const loadAskAbout = lazy(async () => {
    const { AskAboutSelection } = await loadPart(() => import('./askAbout.chunk'));
    const askAbout = new AskAboutSelection({ sender, withoutSelection, storage });
    subscriptions.push(askAbout);
    return askAbout;
  });

  return {
    ask,
    sendSelection,
    askAboutSelection: async (argument) => (await loadAskAbout()).ask(lastEditor.editor, argument),
    sendPreview: async () => (await loadAskAbout()).sendPreview(),
  };
}
