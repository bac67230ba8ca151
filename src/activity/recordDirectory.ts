// The directory of the record.
import { Uri } from 'vscode';

/** `storage`: the extension's global storage, shared by all windows. */
export function recordDirectory(storage: Uri): Uri {
  return Uri.joinPath(storage, 'activity');
}
