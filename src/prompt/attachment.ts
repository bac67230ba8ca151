// Attaches a selection to the prompt in the composer.
import type { TextEditor } from 'vscode';
import type { Source } from '../core/model/request';
import { type Attachment, type TextAttachment, sourcesOf } from '../history/attachment';
import { firstAndMore } from '../ui/format';
import { captureContext } from './context';

/** Whether all of these are attached, with the text that they have now. */
export function areAttached(sources: readonly Source[], attachments: readonly Attachment[]): boolean {
  const attached = sourcesOf(attachments);
  return sources.every((source) => attached.some((each) => isSameSource(each, source)));
}

function isSameSource(one: Source, other: Source): boolean {
  const placeOf = ({ uri, text, range: { start, end } }: Source) =>
    JSON.stringify([uri, text, start.line, start.character, end.line, end.character]);
  return placeOf(one) === placeOf(other);
}

/** The selection in `editor` as an attachment; undefined if nothing is selected. */
export function attachmentOf(editor: TextEditor | undefined, id: string): TextAttachment | undefined {
  const context = captureContext(editor);
  if (!context) return undefined;
  const { places, values, sources } = context;
  return { id, name: firstAndMore(places), text: values.selection, sources };
}
