// What is sent of a prompt, and what comes back into the composer of one that was sent. Does not use VS Code.
import { isBlank } from '../core/model/blank';
import { type ContentBlock, textBlock } from '../core/model/content';
import { type Request, promptBlobs, promptOf } from '../core/model/request';
import { type BlobAttachment, blobBlocks, isBlobAttachment } from '../history/attachment';
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

function wholeText({ text, attachments }: SentPrompt): string {
  return attachments.reduce(
    (prompt, attached) =>
      isBlobAttachment(attached) ? prompt : appendSelection(prompt, attached.text).trimStart(),
    text,
  );
}
