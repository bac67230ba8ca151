// How many texts can be attached to a prompt, and how large they may be together.
import { maxRequestSize } from '../core/content/limits';
import {
  type Attachment,
  attachedTexts,
  isBlobAttachment,
  joinAttachments,
  textSize,
} from '../history/attachment';
import type { AttachProblem } from './attachProblem';

/** As many as somebody may still look through, one chip each. */
const maxTexts = 200;

/** Why `attachment` can't be attached beside `attached`: texts beyond what a request holds. undefined if it can. */
export function textLimitProblem(
  attachment: Attachment,
  attached: readonly Attachment[],
): AttachProblem | undefined {
  const isThere = joinAttachments(attached, [attachment]).length === attached.length;
  if (isBlobAttachment(attachment) || isThere) return undefined;
  const { name } = attachment;
  const texts = attachedTexts(attached);
  if (texts.length >= maxTexts) return { why: 'tooManyTexts', name, limit: maxTexts };
  const size = texts.reduce((sum, each) => sum + textSize(each), textSize(attachment));
  return size > maxRequestSize ? { why: 'textsTooLarge', name, limit: maxRequestSize } : undefined;
}
