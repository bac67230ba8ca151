// What Activity depends on.
import type { SecretStorage, Uri } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Log } from '../core/model/ports';
import type { ErrorPolicy } from '../ui/errors';

export interface ActivityParts {
  readonly extension: Uri;
  /** The directory for the record, shared by all windows of this VS Code. */
  readonly storage: Uri;
  readonly secrets: SecretStorage;
  readonly conversations: Conversations;
  readonly labelOf: (model: string) => string | undefined;
  /** Shows a conversation in the reply panel. */
  readonly showReply: (conversation: string) => Promise<void>;
  readonly errors: ErrorPolicy;
  readonly log: Log;
}
