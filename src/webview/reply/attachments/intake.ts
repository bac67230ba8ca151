// Takes files that were pasted or dropped, makes pictures fit, and posts all of it in the order in which it came.
import {
  type AttachmentsToHost,
  type PlainFile,
  maxRequestSize,
  pictureLimits,
} from '../../../protocol/attachments';
import { serialize } from '../../../util/serialize';
import { type FittedPicture, fitPicture } from './fitPicture';
import type { Transferred } from './transferred';

export interface IntakeDeps {
  readonly post: (message: AttachmentsToHost) => void;
  /** Called with what a picture looks like before it is posted. */
  readonly onThumbnail: (bytes: Uint8Array, thumbnail: string) => Promise<void>;
  /** Called when `preparing` has changed. */
  readonly onChange: () => void;
}

/** A file that the host does not have yet. */
export interface PreparedFile {
  readonly id: number;
  readonly conversation: string;
  /** '' for a picture that was pasted. */
  readonly name: string;
}

type FailureReason = Extract<AttachmentsToHost, { type: 'attachFailed' }>['why'];

/** Bytes: what is larger is not even read. A picture is scaled. */
const maxReadSize = { picture: 256 * 1024 * 1024, other: maxRequestSize };
/** ms in which the host shows what it was posted, or says why it does not. */
const shownWithinMs = 2_000;

export class Intake {
  readonly #deps: IntakeDeps;
  readonly #prepareInTurn = serialize(
    (files: readonly (readonly [PreparedFile, File])[], conversation: string) =>
      this.#prepare(files, conversation),
  );
  #preparing: readonly PreparedFile[] = [];
  /** The files among them that were posted. */
  #posted: ReadonlySet<PreparedFile> = new Set();
  #count = 0;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /** The files of a conversation that are not attached yet. */
  preparing(conversation: string): readonly PreparedFile[] {
    return this.#preparing.filter((file) => file.conversation === conversation);
  }

  take(conversation: string, { files, folders, uris }: Transferred): void {
    for (const name of folders) this.#fail(conversation, name, 'folder');
    // Only the host can read them.
    if (uris.length > 0) this.#deps.post({ type: 'attachFiles', conversation, files: [], uris });
    const taken = files.map((file) => [{ id: this.#count++, conversation, name: file.name }, file] as const);
    if (taken.length === 0) return;
    this.#set([...this.#preparing, ...taken.map(([prepared]) => prepared)]);
    void this.#prepareInTurn(taken, conversation);
  }

  /** Drops a file before it is posted. */
  remove(id: number): void {
    this.#set(this.#preparing.filter((file) => file.id !== id || this.#posted.has(file)));
  }

  /** The host has shown what it had been posted. */
  shown(): void {
    this.#set(this.#preparing.filter((file) => !this.#posted.has(file)));
    this.#posted = new Set();
  }

  #set(preparing: readonly PreparedFile[]): void {
    this.#preparing = preparing;
    this.#deps.onChange();
  }

  /** Never rejects. */
  async #prepare(taken: readonly (readonly [PreparedFile, File])[], conversation: string): Promise<void> {
    let ready = new Map<PreparedFile, PlainFile>();
    let size = 0;
    const post = () => {
      const files = [...ready].flatMap(([prepared, file]) =>
        this.#preparing.includes(prepared) ? [file] : [],
      );
      this.#posted = new Set([...this.#posted, ...ready.keys()]);
      if (files.length > 0) this.#deps.post({ type: 'attachFiles', conversation, files, uris: [] });
      ready = new Map();
      size = 0;
    };
    for (const [prepared, file] of taken) {
      if (!this.#preparing.includes(prepared)) continue;
      const found = await this.#read(file);
      if (typeof found === 'string') {
        this.#set(this.#preparing.filter((each) => each !== prepared));
        this.#fail(conversation, file.name, found);
        continue;
      }
      ready.set(prepared, found);
      size += found.bytes.length;
      // The host refuses more than that; but it says so, with the names.
      if (size > maxRequestSize) post();
    }
    post();
    setTimeout(() => this.shown(), shownWithinMs);
  }

  async #read(file: File): Promise<PlainFile | FailureReason> {
    const { name, type } = file;
    const isPicture = type.startsWith('image/') && !type.startsWith('image/svg');
    if (file.size > maxReadSize[isPicture ? 'picture' : 'other']) return 'tooLarge';
    const bytes = await file.arrayBuffer().then(
      (buffer) => new Uint8Array(buffer),
      () => undefined,
    );
    if (!bytes) return 'unreadable';
    const plain = { name, mimeType: type, bytes };
    // Whatever its name says: the host sees from the bytes what it is.
    if (!isPicture) return plain;
    const fitted: FittedPicture | FailureReason = await fitPicture(plain, pictureLimits);
    if (typeof fitted === 'string') return fitted;
    await this.#deps.onThumbnail(fitted.file.bytes, fitted.thumbnail);
    return fitted.file;
  }

  #fail(conversation: string, name: string, why: FailureReason): void {
    this.#deps.post({ type: 'attachFailed', conversation, name, why });
  }
}
