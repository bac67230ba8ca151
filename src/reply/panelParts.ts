// What the reply panel depends on.
import type { Event, Uri } from 'vscode';
import type { AwsProfiles } from '../aws/awsProfiles';
import type { Removed } from '../conversation/history';
import type { CodeOut } from '../code/codeOut';
import type { SetUpDialogs } from '../setup/loadSetUp';
import type { RunReporting } from '../ui/errors';
import type { AttachmentParts } from './attachmentMessages';
import type { ComposerParts } from './composerView';
import type { PanelState } from './panelState';

export interface PanelParts extends ComposerParts, Pick<AttachmentParts, 'attachments' | 'blobs'> {
  /** Called when something is no longer attached. */
  readonly onDetach: () => void;
  /** The directory of the extension. */
  readonly extension: Uri;
  /** Reads a conversation and its draft from the history. Never rejects. */
  readonly load: (conversation: string) => Promise<void>;
  /** See History.followOthers. Never rejects. */
  readonly follow: (conversation: string) => Promise<boolean>;
  /** See History.onDidRemove. */
  readonly onDidRemove: Event<Removed>;
  readonly state: PanelState;
  readonly setUp: SetUpDialogs;
  readonly profiles: AwsProfiles;
  readonly code: CodeOut;
  readonly attempt: RunReporting;
  /** Called with the reason if the panel can't be loaded for a reply. */
  readonly onLoadError: (error: unknown) => void;
  readonly log: { warn(message: string): void };
}

export interface RevealOptions {
  /** Set it only if the user asked for the panel. */
  readonly focus: boolean;
  /** VS Code closed the panel, not the user. */
  readonly wasLost?: boolean;
}
