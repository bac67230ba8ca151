// Takes files that were pasted or dropped, makes pictures fit, and posts all of it in the order in which it came.
import { maxRequestSize, pictureLimits } from '../../../core/content/limits';
import type { AttachmentsToHost, PlainFile } from '../../../protocol/attachments';
import { serialize } from '../../../util/serialize';
import { fitPicture } from './fitPicture';
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

interface TakenFile extends PreparedFile {
  /** The address of one that the host reads. */
  readonly source: File | string;
}

type FailedFile = Extract<AttachmentsToHost, { type: 'attachFailed' }>['files'][number];

/** Bytes: what is larger is not even read. A picture is scaled. */
const maxReadSize = { picture: 256 * 1024 * 1024, other: maxRequestSize };
/** ms after which a file that the host says nothing about holds no prompt back. */
const doneWithinMs = 60_000;
/** ms in which the host shows what is attached, after it has said that it is done. */
const shownWithinMs = 300;

export class Intake {
  readonly #deps: IntakeDeps;
  readonly #postInTurn = serialize(
    (conversation: string, taken: readonly TakenFile[], folders: readonly string[]) =>
      this.#post(conversation, taken, folders),
  );
  #preparing: readonly PreparedFile[] = [];
  /** Those that were posted, and those that the host is done with. */
  readonly #posted = new WeakSet<PreparedFile>();
  readonly #done = new WeakSet<PreparedFile>();
  /** The files of each message that the host is not done with, the first message first. */
  #messages: readonly (readonly PreparedFile[])[] = [];
  #count = 0;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
  }

  /** The files of a conversation that the host does not show yet. */
  preparing(conversation: string): readonly PreparedFile[] {
    return this.#preparing.filter((file) => file.conversation === conversation);
  }

  /** Whether a prompt would go without what was pasted just before. */
  isBusy(conversation: string): boolean {
    return this.preparing(conversation).some((file) => !this.#done.has(file));
  }

  take(conversation: string, { files, folders, uris }: Transferred): void {
    const taken = [...files, ...uris].map((source) => {
      const name = typeof source === 'string' ? nameOf(source) : source.name;
      return { id: this.#count++, conversation, name, source };
    });
    this.#set([...this.#preparing, ...taken]);
    void this.#postInTurn(conversation, taken, folders);
  }

  /** Drops a file before it is posted. */
  remove(id: number): void {
    this.#set(this.#preparing.filter((file) => file.id !== id || this.#posted.has(file)));
  }

  /** The host has attached the first `count` of the files that it was posted. */
  shown(count: number): void {
    this.#end(this.#preparing.filter((file) => this.#posted.has(file)).slice(0, count));
  }

  /** The host is done with the first message with files. What it has attached takes the place of these chips. */
  done(): void {
    const [first = [], ...others] = this.#messages;
    this.#messages = others;
    for (const file of first) this.#done.add(file);
    this.#deps.onChange();
    setTimeout(() => this.#end(first), shownWithinMs);
  }

  #end(files: readonly PreparedFile[]): void {
    this.#set(this.#preparing.filter((file) => !files.includes(file)));
  }

  #set(preparing: readonly PreparedFile[]): void {
    this.#preparing = preparing;
    this.#deps.onChange();
  }

  /** Never rejects. */
  async #post(conversation: string, taken: readonly TakenFile[], folders: readonly string[]): Promise<void> {
    const failed: FailedFile[] = folders.map((name) => ({ name, why: 'folder' }));
    const ready = new Map<TakenFile, PlainFile | string>();
    // Some may have been removed meanwhile.
    const isWanted = (file: TakenFile) => this.#preparing.includes(file);
    const post = () => {
      const wanted = [...ready].filter(([file]) => isWanted(file));
      ready.clear();
      if (wanted.length === 0) return;
      const posted = wanted.map(([file]) => file);
      this.#messages = [...this.#messages, posted];
      for (const file of posted) this.#posted.add(file);
      const found = wanted.map(([, each]) => each);
      const files = found.filter((each) => typeof each !== 'string');
      const uris = found.filter((each) => typeof each === 'string');
      this.#deps.post({ type: 'attachFiles', conversation, files, uris });
      setTimeout(() => this.#end(posted), doneWithinMs);
    };
    let size = 0;
    for (const file of taken) {
      const { name, source } = file;
      if (!isWanted(file)) continue;
      const found = typeof source === 'string' ? source : await this.#read(source);
      if (typeof found === 'string' || !('why' in found)) ready.set(file, found);
      else {
        failed.push({ name, why: found.why });
        this.#end([file]);
        continue;
      }
      // The host refuses more than that; but it says so, with the names.
      size += typeof found === 'string' ? 0 : found.bytes.length;
      if (size > maxRequestSize) {
        post();
        size = 0;
      }
    }
    post();
    if (failed.length > 0) this.#deps.post({ type: 'attachFailed', conversation, files: failed });
  }

  async #read(file: File): Promise<PlainFile | Pick<FailedFile, 'why'>> {
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
