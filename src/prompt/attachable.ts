// What can be attached to a prompt, before it is read.
import type { Uri } from 'vscode';
import type { TextAttachment } from '../history/attachment';
import type { PendingView, PlainFile, ScaledPicture } from '../protocol/attachments';
import type { AttachProblem } from './attachProblem';

/** A file that the page reads. */
export interface PageFile extends PendingView {
  /** Never rejects. */
  readonly file: Promise<PlainFile | ScaledPicture | AttachProblem>;
}

/** A file, a file that was pasted or dropped, or a selection. */
export type Attachable =
  { readonly uri: Uri; readonly id?: string } | PageFile | { readonly selection: TextAttachment };

/** Its name without a path; '' for a picture that was pasted. */
export function attachableName(thing: Attachable): string {
  if ('uri' in thing) return thing.uri.path.split('/').at(-1) ?? '';
  return 'selection' in thing ? thing.selection.name : thing.name;
}
