// Takes files that were pasted or dropped: tells the host about them, reads them, makes pictures fit, and posts each in its
// turn.
import { abortable } from '../../../core/model/abortable';
import { maxRequestSize, pictureLimits } from '../../../core/content/limits';
import type { AttachmentsToHost, PendingView, PlainFile } from '../../../protocol/attachments';
import { serializeByKey } from '../../../util/serialize';
import { fitPicture } from './fitPicture';
import type { Transferred } from './transferred';

export interface IntakeDeps {
  readonly post: (message: AttachmentsToHost) => void;
  /** Called with what a picture looks like before it is posted. */
  readonly onThumbnail: (bytes: Uint8Array, thumbnail: string) => Promise<void>;
  /** Called when `preparing` has changed. */
  readonly onChange: () => void;
}

interface TakenFile extends PendingView {
  readonly conversation: string;
}

interface FailedFile {
  readonly why: Extract<AttachmentsToHost, { type: 'fileFailed' }>['why'];
}

/** Bytes: what is larger is not even read. A picture is scaled. */
const maxReadSize = { picture: 256 * 1024 * 1024, other: maxRequestSize };

/** The host may still be attaching what an earlier page of the panel has taken. */
const pageId = Math.random().toString(36).slice(2);

export class Intake {
  readonly #deps: IntakeDeps;
  /** Those that the host has not shown yet. */
  #taken: readonly TakenFile[] = [];
  /** By the ID of a file that is read, or is to be. */
  readonly #reading = new Map<string, AbortController>();
  #count = 0;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /** The files of a conversation that the host does not show yet. */
  preparing(conversation: string): readonly PendingView[] {
    return this.#taken.filter((file) => file.conversation === conversation);
  }

  take(conversation: string, { files, folders, uris }: Transferred): void {
    const withId = <T extends { readonly name: string }>(file: T) => ({
      ...{ ...file, id: `${pageId}:${this.#count++}` },
    });
    const read = files.map((file) => ({ ...withId({ name: file.name }), file }));
    const addressed = uris.map((uri) => withId({ name: nameOf(uri), uri }));
    const refused = folders.map((name) => withId({ name }));
    const posted = [...read.map(({ id, name }) => ({ id, name })), ...addressed, ...refused];
    this.#set([...this.#taken, ...posted.map(({ id, name }) => ({ id, name, conversation }))]);
    this.#deps.post({ type: 'attachFiles', conversation, files: posted });
    for (const { id } of refused) this.#deps.post({ type: 'fileFailed', id, why: 'folder' });
    for (const { id, file } of read) {
      this.#reading.set(id, new AbortController());
      void this.#readInTurn(conversation, id, file);
    }
  }

  /** The user removes a file, which the host may have by now. */
  remove(id: string): void {
    this.done([id]);
    this.#deps.post({ type: 'cancelAttach', id });
  }

  /** The host shows these. */
  shown(files: readonly PendingView[]): void {
    this.#set(this.#taken.filter(({ id }) => !files.some((file) => file.id === id)));
  }

  /** The host waits for these no longer. */
  done(ids: readonly string[]): void {
    for (const id of ids) {
      this.#reading.get(id)?.abort();
      this.#reading.delete(id);
    }
    this.#set(this.#taken.filter(({ id }) => !ids.includes(id)));
  }

  #set(taken: readonly TakenFile[]): void {
    this.#taken = taken;
    this.#deps.onChange();
  }

  /** One after the other: several large pictures take much memory. Never rejects. */
  readonly #readInTurn = serializeByKey(async (_conversation, id: string, file: File) => {
    const signal = this.#reading.get(id)?.signal;
    const found = signal && (await abortable(this.#read(file), signal).catch(() => undefined));
    if (!found || signal.aborted) return;
    this.#reading.delete(id);
    const answer = 'why' in found ? { type: 'fileFailed', ...found } : { type: 'fileRead', file: found };
    this.#deps.post({ ...answer, id } as AttachmentsToHost);
  });

  async #read(file: File): Promise<PlainFile | FailedFile> {
    const { name, type } = file;
    const isPicture = type.startsWith('image/') && !type.startsWith('image/svg');
    if (file.size > maxReadSize[isPicture ? 'picture' : 'other']) return { why: 'tooLarge' };
    const buffer = await file.arrayBuffer().catch(() => undefined);
    if (!buffer) return { why: 'unreadable' };
    const plain = { name, mimeType: type, bytes: new Uint8Array(buffer) };
    // Whatever its name says: the host sees from the bytes what it is.
    if (!isPicture) return plain;
    const fitted = await fitPicture(plain, pictureLimits);
    if (typeof fitted === 'string') return { why: fitted };
    await this.#deps.onThumbnail(fitted.file.bytes, fitted.thumbnail);
    return fitted.file;
  }
}

function nameOf(uri: string): string {
  const name = uri.replace(/^.*[/\\]/, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
