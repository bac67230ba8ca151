// What can be attached to a prompt, before it is read.
import type { Uri } from 'vscode';
import type { TextAttachment } from '../history/attachment';
import type { PlainFile, ScaledPicture } from '../protocol/attachments';

/** A file, a file that was pasted or dropped, or a selection. */
export type Attachable =
  | { readonly uri: Uri }
  | { readonly file: PlainFile | ScaledPicture }
  | { readonly selection: TextAttachment };

/** Its name without a path; '' for a picture that was pasted. */
export function attachableName(thing: Attachable): string {
  if ('uri' in thing) return thing.uri.path.split('/').at(-1) ?? '';
  return 'file' in thing ? thing.file.name : thing.selection.name;
}
