// Finds the saved prompt that a typed text names.
import type { OfferedPrompt } from './savedPrompts';

/**
 * The prompt with the typed name, else the first whose name begins with it, since a question that is such a prefix is
 * most likely a typo. Names of a workspace's prompts may be chosen to catch questions, so they must match completely.
 * undefined if no prompt matches.
 */
export function matchPrompt(typed: string, prompts: readonly OfferedPrompt[]): OfferedPrompt | undefined {
  const text = typed.trim().toLowerCase();
  if (!text) return undefined;
  const exact = prompts.find(({ label }) => label.toLowerCase() === text);
  return (
    exact ?? prompts.find(({ label, from }) => from !== 'workspace' && label.toLowerCase().startsWith(text))
  );
}
