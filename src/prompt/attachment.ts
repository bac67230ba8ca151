// Attaches a selection to the prompt in the composer.
import type { TextEditor } from 'vscode';
import type { Attachment } from '../history/draft';
import { firstAndMore } from '../ui/format';
import { captureContext } from './context';

/** The selection in `editor` as an attachment; undefined if nothing is selected. */
export function attachmentOf(editor: TextEditor | undefined, id: string): Attachment | undefined {
  const context = captureContext(editor);
  if (!context) return undefined;
  const { places, values, sources } = context;
  return { id, name: firstAndMore(places), text: values.selection, sources };
}
