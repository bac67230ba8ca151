// Pictures, documents and texts that go along with a prompt, between the two halves of the reply panel. Bytes cross it as
// Uint8Array, which VS Code transfers as they are, with the whole buffer below. A Buffer of Node would arrive as an object
// with a list of numbers.

/** A chip of the composer, or beside a prompt that was sent. */
export interface AttachmentView {
  readonly id: string;
  readonly name: string;
  readonly kind: 'text' | 'image' | 'document';
  /** Such as "1.2 MB · about 1,600 tokens · $0.005". */
  readonly facts: string;
  /** What else there is to say, as a tooltip: that a picture was scaled down, how large it was. */
  readonly detail: string;
  /** For a picture: the name of its bytes, for `readPicture`. */
  readonly sha256?: string;
}

/** Something that is being attached. */
export interface PendingView {
  readonly id: string;
  /** Without a path; '' for a picture that was pasted. */
  readonly name: string;
}

/** Bytes as they came: pasted or dropped into the page, or read by the host. */
export interface PlainFile {
  /** Without a path; '' for a picture that was pasted. */
  readonly name: string;
  /** As the browser or the clipboard tells it; '' if it does not. */
  readonly mimeType: string;
  readonly bytes: Uint8Array;
}

/** A picture that was scaled down, and what it was before. */
export interface ScaledPicture extends PlainFile {
  readonly from: { readonly width: number; readonly height: number; readonly size: number };
  /** It was animated, and is the first of its frames. */
  readonly isFirstFrame?: true;
}

export type AttachmentsToHost =
  /** The user wants to pick something: the host asks what. */
  | { readonly type: 'attachPick'; readonly conversation: string }
  /**
   * Files were pasted or dropped. The host reads those with an address: they are files of VS Code's explorer or its editors.
   * Of each other one, the page then posts `fileRead` or `fileFailed`.
   */
  | {
      readonly type: 'attachFiles';
      readonly conversation: string;
      readonly files: readonly (PendingView & { readonly uri?: string })[];
    }
  /** The page has read a file, and scaled it down if it is too large. */
  | { readonly type: 'fileRead'; readonly id: string; readonly file: PlainFile | ScaledPicture }
  /** The page can't read a file, or could not scale it down. */
  | {
      readonly type: 'fileFailed';
      readonly id: string;
      readonly why: 'unreadable' | 'tooLarge' | 'notAPicture' | 'folder';
    }
  /** The user removes what is not attached yet. */
  | { readonly type: 'cancelAttach'; readonly id: string }
  /** The answer to `scalePicture`; without `picture` if it is none that a browser can show. */
  | { readonly type: 'scaled'; readonly id: string; readonly picture?: ScaledPicture }
  /** A picture is in sight whose bytes the page does not have. */
  | { readonly type: 'readPicture'; readonly sha256: string }
  /** A chip of a sent prompt or of the composer was clicked: the host shows the file. */
  | { readonly type: 'openAttachment'; readonly attachment: string; readonly turn?: string };

export type AttachmentsToWebview =
  /** The host is done with these files of an `attachFiles`: they are attached, or the user was told why not. */
  | { readonly type: 'attachDone'; readonly files: readonly string[] }
  /** The host has read a picture that is larger than `maxSize` bytes or `maxEdge` px: only a browser can scale it. */
  | {
      readonly type: 'scalePicture';
      readonly id: string;
      readonly file: PlainFile;
      readonly maxSize: number;
      readonly maxEdge: number;
    }
  /** The answer to `readPicture`; without bytes if the picture is gone. */
  | {
      readonly type: 'picture';
      readonly sha256: string;
      readonly mimeType: string;
      readonly bytes?: Uint8Array;
    };
