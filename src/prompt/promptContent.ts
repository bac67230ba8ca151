// What is sent of a prompt, and what comes back into the composer of one that was sent. Does not use VS Code.
import { isBlank } from '../core/model/blank';
import { type ContentBlock, textBlock } from '../core/model/content';
import { type PromptParts, promptParts } from '../core/model/promptParts';
import { type QuotedText, type Request, promptBlobs } from '../core/model/request';
import { type Attachment, type TextAttachment, attachedTexts, blobBlocks } from '../history/attachment';
import type { SentPrompt } from '../history/draft';

/** Pictures and documents in the order in which they were attached, then the text with all texts that are attached. */
export function promptContent(prompt: SentPrompt): readonly ContentBlock[] {
  const text = wholeText(prompt);
  const blocks = blobBlocks(prompt.attachments);
  return isBlank(text) && blocks.length > 0 ? blocks : [...blocks, textBlock(text)];
}

/**
 * Whether Bedrock would refuse a prompt because nothing is asked about its documents.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html
 */
export function lacksQuestion(prompt: SentPrompt): boolean {
  const hasDocument = blobBlocks(prompt.attachments).some(({ type }) => type === 'document');
  return hasDocument && pieces(prompt).every(isBlank);
}

type SentRequest = Pick<Request, 'id' | 'messages' | 'sources' | 'quotedTexts'>;

interface SentParts extends Pick<PromptParts, 'ownSources'> {
  readonly prompt: SentPrompt;
}

/** By request: to put the parts of a long prompt apart, and to count them, takes a while. */
const sentParts = new WeakMap<SentRequest, SentParts>();

/** The prompt of a request as it is shown, and as it comes back into the composer: with its attachments apart. */
export function sentPrompt(request: SentRequest): SentPrompt {
  return partsOf(request).prompt;
}

/** The sources of a request that belong to none of its attachments. */
export function ownSourcesOf(request: SentRequest): Request['sources'] {
  return partsOf(request).ownSources;
}

function partsOf(request: SentRequest): SentParts {
  const known = sentParts.get(request);
  if (known) return known;
  const { words, texts, ownSources } = promptParts(request);
  const attached = [...promptBlobs(request).map((block) => ({ block })), ...texts];
  const attachments: readonly Attachment[] = attached.map((each, index) => ({
    ...{ id: `${request.id}-${index}` },
    ...each,
  }));
  const parts = { prompt: { text: words, attachments }, ownSources };
  sentParts.set(request, parts);
  return parts;
}

/** Where the texts that are attached stand in the text of a prompt, for the request: it then tells its parts. */
export function quotedTexts(prompt: SentPrompt): readonly QuotedText[] {
  const [typed = '', ...texts] = pieces(prompt);
  let at = typed.length;
  return attachedTexts(prompt.attachments).flatMap((attachment, index) => {
    const text = texts[index] ?? '';
    if (text === '') return [];
    const start = at === 0 ? 0 : at + separator.length;
    at = start + text.length;
    return [quotedText(attachment, start, at)];
  });
}

function quotedText(
  { name, sources, isNotebook }: Omit<TextAttachment, 'id' | 'text'>,
  start: number,
  end: number,
): QuotedText {
  return {
    ...{ name, start, end },
    ...(sources.length > 0 && { sources: sources.length }),
    ...(isNotebook && { isNotebook }),
  };
}

/** Where a text that is attached stands in the text of a prompt. Lines count from 1. */
export interface QuotedLines {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Where the first line of a file stands; absent for selections and notebooks. */
  readonly fileStart?: number;
}

/** Where the texts that are attached stand in the text of a prompt. */
export function quotedLines(prompt: SentPrompt): readonly QuotedLines[] {
  const [typed = '', ...texts] = pieces(prompt);
  let line = typed === '' ? 1 : linesIn(typed) + 2;
  return attachedTexts(prompt.attachments).map(({ name, sources, isNotebook }, index) => {
    const text = texts[index] ?? '';
    const first = line;
    const last = text === '' ? first - 1 : first + linesIn(text) - 1;
    if (text !== '') line = last + 2;
    // Its name and the beginning of the block stand above it.
    const isFile = sources.length === 0 && !isNotebook;
    return { name, first, last, ...(isFile && { fileStart: first + 2 }) };
  });
}

/** Without a list of line breaks, which would be as long as the text. */
function linesIn(text: string): number {
  let lines = 1;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) lines += 1;
  }
  return lines;
}

const lineFeed = 10;
const carriageReturn = 13;

/** There is a blank line between any two. */
function wholeText(prompt: SentPrompt): string {
  return pieces(prompt)
    .filter((piece, index, { length }) => piece !== '' || index === length - 1)
    .join(separator);
}

const separator = '\n\n';

/** What is typed, and each text that is attached, as they stand in the prompt. Some may be empty. */
function pieces(prompt: SentPrompt): readonly string[] {
  const texts = attachedTexts(prompt.attachments).map(({ text }) => text);
  if (texts.length === 0) return [prompt.text];
  const all = [prompt.text, ...texts];
  let hasBegun = false;
  return all.map((text, index) => {
    const piece = hasBegun ? text : text.trimStart();
    hasBegun ||= piece !== '';
    return index < all.length - 1 ? piece.trimEnd() : piece;
  });
}
