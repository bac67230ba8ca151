// The files that were pasted or dropped, which the page reads for the host.
import type { AttachProblem } from '../prompt/attachProblem';
import type { PageFile } from '../prompt/attachable';
import type { AttachmentsToHost, PendingView, PlainFile, ScaledPicture } from '../protocol/attachments';
import { maxRequestSize } from '../core/content/limits';

type Found = PlainFile | ScaledPicture | AttachProblem;
type Failed = Extract<AttachmentsToHost, { type: 'fileFailed' }>;

export class PageFiles {
  /** By ID. */
  private readonly awaited = new Map<
    string,
    { readonly name: string; readonly answer: (found: Found) => void }
  >();

  /** The page reads a file from now on. */
  take({ id, name }: PendingView): PageFile {
    const file = new Promise<Found>((answer) => this.awaited.set(id, { name, answer }));
    return { id, name, file };
  }

  /** Does nothing if nobody waits for the file any longer. */
  read({ id, file }: Extract<AttachmentsToHost, { type: 'fileRead' }>): void {
    this.awaited.get(id)?.answer(file);
    this.awaited.delete(id);
  }

  failed({ id, why }: Failed): void {
    const { name, answer } = this.awaited.get(id) ?? {};
    if (name !== undefined) answer?.(problemOf(name, why));
    this.awaited.delete(id);
  }

  /** The page is gone, with what it has not posted. The user is told. */
  lose(): void {
    for (const { name, answer } of this.awaited.values()) answer({ why: 'panelHidden', name });
    this.awaited.clear();
  }

  /** Nobody waits for these any longer. */
  forget(ids: readonly string[]): void {
    for (const id of ids) this.awaited.delete(id);
  }
}

/** Why the page could not read or scale a file. */
function problemOf(name: string, why: Failed['why']): AttachProblem {
  const isPicture = !name || /\.(png|jpe?g|gif|webp|bmp|avif)$/i.test(name);
  switch (why) {
    case 'unreadable':
    case 'folder':
      return { why, name };
    case 'notAPicture':
      return { why: 'notConverted', name };
    case 'tooLarge':
      return isPicture ? { why: 'notScaled', name } : { why: 'fileTooLarge', name, limit: maxRequestSize };
  }
}
