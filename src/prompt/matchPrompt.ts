import type { OfferedPrompt } from './savedPrompts';

/**
 * The prompt that is meant by what was typed: the one of that name, or else the first whose name begins so, since
 * a question that does is hardly more than a slip of the keys. What a workspace calls its prompts may be chosen
 * to catch questions, so those are meant by their whole name alone.
 */
export function matchPrompt(typed: string, prompts: readonly OfferedPrompt[]): OfferedPrompt | undefined {
  const text = typed.trim().toLowerCase();
  if (!text) return undefined;
  const named = prompts.find(({ label }) => label.toLowerCase() === text);
  return (
    named ?? prompts.find(({ label, from }) => from !== 'workspace' && label.toLowerCase().startsWith(text))
  );
}
