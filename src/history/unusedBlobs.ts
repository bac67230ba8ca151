// Deletes the pictures and documents that no conversation and no draft uses any more, in any window.
import type { BlobFiles, BlobUse } from './blobFiles';
import type { DraftFiles } from './draftFiles';
import type { HistoryIndex } from './historyIndex';
import type { WindowPresence } from './presence';

export interface UnusedBlobsDeps {
  readonly blobs: Pick<BlobFiles, 'removeUnused'>;
  readonly index: Pick<HistoryIndex, 'blobs'>;
  readonly draftFiles: Pick<DraftFiles, 'blobs'>;
  readonly presence: Pick<WindowPresence, 'hasOthers'>;
  /** Called with the file system's error. */
  readonly onError: (error: unknown) => void;
}

/** ms within which another window has written to its draft what it has attached. */
const draftWrittenMs = 60_000;

export class UnusedBlobs {
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly deps: UnusedBlobsDeps,
    private readonly minAgeMs = draftWrittenMs,
  ) {}

  /** Resolves when they are deleted. What may belong to another window is looked at again later. Never rejects. */
  async remove(): Promise<void> {
    const { blobs, onError } = this.deps;
    try {
      if (await blobs.removeUnused(() => this.look())) this.removeLater();
    } catch (error) {
      onError(error);
    }
  }

  /** Looks at them some time later. What is removed from a draft is then removed there on disk, too. */
  removeLater(): void {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.remove();
    }, this.minAgeMs);
    this.timer.unref();
  }

  dispose(): void {
    clearTimeout(this.timer);
  }

  private async look(): Promise<BlobUse> {
    const { draftFiles, index, presence } = this.deps;
    const minAge = (await presence.hasOthers()) ? this.minAgeMs : 0;
    // First, since what is sent moves from a draft to a conversation.
    const inDrafts = await draftFiles.blobs();
    return { used: new Set([...inDrafts, ...(await index.blobs())]), minAge };
  }
}
