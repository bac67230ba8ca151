// What is sent of a prompt, and what comes back into the composer of one that was sent. Does not use VS Code.
import { isBlank } from '../core/model/blank';
import { type ContentBlock, textBlock } from '../core/model/content';
import { type Request, promptBlobs, promptOf } from '../core/model/request';
import {
  type BlobAttachment,
  type TextAttachment,
  blobBlocks,
  isBlobAttachment,
} from '../history/attachment';
import type { SentPrompt } from '../history/draft';
import { appendSelection } from './variables';

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
  return hasDocument && isBlank(wholeText(prompt));
}

/** The prompt of a request as it comes back into the composer. */
export function sentPrompt(request: Pick<Request, 'id' | 'messages'>): SentPrompt {
  return { text: promptOf(request), attachments: sentAttachments(request) };
}

/** The pictures and documents of a prompt that was sent. */
export function sentAttachments(request: Pick<Request, 'id' | 'messages'>): readonly BlobAttachment[] {
  return promptBlobs(request).map((block, index) => ({ id: `${request.id}-${index}`, block }));
}

/** Where a text that is attached stands in the text of a prompt. Lines count from 1. */
export interface QuotedLines {
  readonly name: string;
  readonly first: number;
  readonly last: number;
  /** Where the first line of a file stands; absent for selections. */
  readonly fileStart?: number;
}

/** Where the texts that are attached stand in the text of a prompt. */
export function quotedLines({ text, attachments }: SentPrompt): readonly QuotedLines[] {
  const texts = attachments.filter((each): each is TextAttachment => !isBlobAttachment(each));
  return texts.map((attached, index) => {
    const last = linesIn(wholeText({ text, attachments: texts.slice(0, index + 1) }));
    const first = last - linesIn(attached.text) + 1;
    // Its name and the beginning of the block stand above it.
    const isFile = attached.sources.length === 0;
    return { name: attached.name, first, last, ...(isFile && { fileStart: first + 2 }) };
  });
}

function linesIn(text: string): number {
  return (text.match(/\r\n?|\n/g)?.length ?? 0) + 1;
}

function wholeText({ text, attachments }: SentPrompt): string {
  return attachments.reduce(
    (prompt, attached) =>
      isBlobAttachment(attached) ? prompt : appendSelection(prompt, attached.text).trimStart(),
    text,
  );
}
