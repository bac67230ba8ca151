// Asks before a prompt with hidden characters is used, and shows what they hide.
import { type Disposable, Uri, l10n, window, workspace } from 'vscode';
import { formatNumber } from '../ui/format';
import { showWarningMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import { hiddenRuns, withHiddenShown } from './hiddenCharacters';
import { AgreedPrompts, type PromptStorage } from './promptStates';
import type { OfferedPrompt } from './savedPrompts';

/** A scheme of our own, so that the document is read-only and saved nowhere. */
const scheme = 'bedrock-gateway-hidden';
/** Characters before and after the first hidden one that the question shows. */
const contextLength = 30;

/** All that a prompt brings: what is sent, and what is shown of it. */
function wholeTextOf({ name, description, argumentHint, text }: OfferedPrompt): string {
  return [name, description, argumentHint, text].filter(Boolean).join('\n\n');
}

/** Whether it contains hidden characters. Built-in prompts are the extension's own. */
export function hasHidden(prompt: OfferedPrompt): boolean {
  return prompt.from !== 'builtIn' && hiddenRuns(wholeTextOf(prompt)).length > 0;
}

export class HiddenCheck implements Disposable {
  private readonly agreed: AgreedPrompts;
  private readonly texts = new Map<string, string>();
  private readonly registration = workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: (uri) => this.texts.get(uri.query),
  });
  private count = 0;

  constructor(storage: PromptStorage) {
    this.agreed = new AgreedPrompts(storage);
  }

  /** Whether the prompt may be used: it has no hidden characters, or the user agrees, once for exactly this text. */
  async allows(prompt: OfferedPrompt): Promise<boolean> {
    if (!hasHidden(prompt) || this.agreed.has(prompt)) return true;
    const [show, use] = [l10n.t('Show'), l10n.t('Use It')];
    for (;;) {
      const chosen = await showWarningMessage(questionAbout(prompt), show, use, l10n.t('Cancel'));
      if (chosen === show) await this.show(prompt);
      else {
        if (chosen === use) await this.agreed.add(prompt);
        return chosen === use;
      }
    }
  }

  /** Opens the whole text with its hidden characters made visible. */
  private async show(prompt: OfferedPrompt): Promise<void> {
    const query = String((this.count += 1));
    this.texts.set(query, withHiddenShown(wholeTextOf(prompt)));
    const uri = Uri.from({ scheme, path: `/${l10n.t('Invisible Characters')}.md`, query });
    await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
  }

  dispose(): void {
    this.registration.dispose();
    this.texts.clear();
  }
}

function questionAbout(prompt: OfferedPrompt): string {
  const text = wholeTextOf(prompt);
  const runs = hiddenRuns(text);
  const { start = 0, end = 0, shown = '' } = runs[0] ?? {};
  const before = text.slice(Math.max(0, start - contextLength), start);
  const after = text.slice(end, end + contextLength);
  const excerpt = [
    ...(start > contextLength ? ['…'] : []),
    ...[before, shown, withHiddenShown(after)],
    ...(end + contextLength < text.length ? ['…'] : []),
  ].join('');
  const name = plainText(withHiddenShown(prompt.label));
  const number = formatNumber(runs.reduce((sum, { count }) => sum + count, 0));
  const found = plainText(excerpt, 300);
  return prompt.from === 'workspace'
    ? l10n.t(
        'The prompt “{0}” of this workspace contains invisible characters, which a model reads. Here they are in brackets ({1} in all): “{2}”. Use it?',
        ...[name, number, found],
      )
    : l10n.t(
        'Your prompt “{0}” contains invisible characters, which a model reads. Here they are in brackets ({1} in all): “{2}”. Use it?',
        ...[name, number, found],
      );
}
