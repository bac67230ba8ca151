// A prompt in its parts: the user's own words, and the texts that are attached below them. The model gets one text.
import { type QuotedText, type Request, promptOf } from './request';

export interface PromptParts {
  /** What the user typed. */
  readonly words: string;
  readonly texts: readonly PromptText[];
  /** The sources of the request that belong to no text, such as those of a selection that is the prompt. */
  readonly ownSources: Request['sources'];
}

/** A text that was attached, as it was sent. */
export interface PromptText extends Pick<QuotedText, 'name' | 'isNotebook'> {
  readonly text: string;
  readonly sources: Request['sources'];
}

/** Requests of earlier versions don't tell the parts: then everything is the user's words. */
export function promptParts({
  messages,
  sources,
  quotedTexts = [],
}: Pick<Request, 'messages' | 'sources' | 'quotedTexts'>): PromptParts {
  const prompt = promptOf({ messages });
  const count = quotedTexts.reduce((sum, quoted) => sum + (quoted.sources ?? 0), 0);
  if (count > sources.length || !standAtTheEnd(prompt, quotedTexts))
    return { words: prompt, texts: [], ownSources: sources };
  const rest = sources.slice(sources.length - count);
  const texts = quotedTexts.map(({ name, start, end, sources: own = 0, isNotebook }) => ({
    ...{ name, text: prompt.slice(start, end), sources: rest.splice(0, own) },
    ...(isNotebook && { isNotebook }),
  }));
  const [first] = quotedTexts;
  return {
    words: first ? prompt.slice(0, first.start).trimEnd() : prompt,
    texts,
    ownSources: sources.slice(0, sources.length - count),
  };
}

/** Whether they follow each other down to the end of the prompt, so that an edit can put all of it together again. */
function standAtTheEnd(prompt: string, quotedTexts: readonly QuotedText[]): boolean {
  let at = quotedTexts[0]?.start ?? prompt.length;
  for (const { start, end } of quotedTexts) {
    if (start < at || end < start || end > prompt.length || prompt.slice(at, start).trim()) return false;
    at = end;
  }
  return !prompt.slice(at).trim();
}
