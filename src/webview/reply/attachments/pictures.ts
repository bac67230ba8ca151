// The pictures of the page: their thumbnails, which it makes itself or asks the host for as they come into sight, and the
// dialog that shows one of them large.
import { pictureLimits } from '../../../core/content/limits';
import type { AttachmentsToHost, AttachmentsToWebview, AttachmentView } from '../../../protocol/attachments';
import type { PanelStrings } from '../../../protocol/reply';
import { dataUrl, fitPicture } from './fitPicture';

type Picture = Extract<AttachmentsToWebview, { type: 'picture' }>;

/** About 10 KB each. */
const maxThumbnails = 200;
/** ms after which the next picture is asked for even if this one has not come. */
const answeredWithinMs = 10_000;
/** How often a picture is asked for, while something waits for it, before it is taken for gone. */
const maxAsks = 3;
/** ms after which a picture that did not come is asked for again. */
const askAgainMs = 1000;

export class Pictures {
  readonly #post: (message: AttachmentsToHost) => void;
  /** SHA-256 → data: URL; the one used last at the end. */
  readonly #thumbnails = new Map<string, string>();
  /** SHA-256 → what shows it and has no thumbnail yet. */
  readonly #waiting = new Map<string, Set<HTMLImageElement>>();
  /** In sight, to be asked for: one at a time, since each may have megabytes. */
  #wanted: readonly string[] = [];
  /** SHA-256 → how often it was asked for since it came into sight. */
  readonly #asks = new Map<string, number>();
  #asked: { readonly sha256: string; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  #sight: IntersectionObserver | undefined;
  #open: { readonly sha256: string; readonly image: HTMLImageElement; readonly gone: () => void } | undefined;

  constructor(post: (message: AttachmentsToHost) => void) {
    this.#post = post;
  }

  /** Shows the thumbnail in `image`, now or as soon as it is in sight. @returns a function that ends that */
  attach(image: HTMLImageElement, sha256: string): () => void {
    const known = this.#thumbnails.get(sha256);
    if (known !== undefined) {
      this.#keep(sha256, known);
      image.src = known;
      return () => undefined;
    }
    const waiting = this.#waiting.get(sha256) ?? new Set();
    this.#waiting.set(sha256, waiting.add(image));
    image.dataset['sha256'] = sha256;
    this.#sight ??= new IntersectionObserver((entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) this.#comeIntoSight((target as HTMLImageElement).dataset['sha256'] ?? '');
    });
    this.#sight.observe(image);
    return () => {
      this.#sight?.unobserve(image);
      waiting.delete(image);
      if (waiting.size === 0) this.#forget(sha256);
    };
  }

  /** The page has made the thumbnail of a picture with these bytes. */
  async add(bytes: Uint8Array, thumbnail: string): Promise<void> {
    // Over a connection that is not secure there is none; then the host is asked.
    const { subtle } = crypto as Partial<Crypto>;
    if (!subtle) return;
    const digest = await subtle.digest('SHA-256', bytes as BufferSource);
    const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    this.#keep(sha256, thumbnail);
  }

  /** The host has read a picture. Rejects if the page can't show it. */
  async receive(picture: Picture): Promise<void> {
    const { sha256 } = picture;
    try {
      await this.#show(picture);
    } finally {
      this.#askAgain(sha256);
      if (this.#asked?.sha256 === sha256) this.#askNext();
    }
  }

  async #show({ sha256, mimeType, bytes }: Picture): Promise<void> {
    const wholePicture = () => dataUrl(new Blob([bytes as BlobPart], { type: mimeType }));
    if (this.#open?.sha256 === sha256) {
      if (bytes) this.#open.image.src = await wholePicture();
      else this.#open.gone();
    }
    if (!bytes || !this.#waiting.has(sha256)) return;
    const fitted = await fitPicture({ name: '', mimeType, bytes }, pictureLimits);
    if (typeof fitted === 'object') this.#keep(sha256, fitted.thumbnail);
    // Not kept: it may have megabytes.
    else this.#fill(sha256, await wholePicture());
  }

  /** Shows a picture large, until Escape or a click; then the focus is back where it was. */
  open({ sha256 = '', name }: AttachmentView, strings: PanelStrings): void {
    const dialog = document.createElement('dialog');
    dialog.className = 'large-picture';
    dialog.ariaLabel = name;
    const image = document.createElement('img');
    image.alt = name;
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'secondary';
    close.ariaLabel = close.title = strings.close;
    close.textContent = '×';
    dialog.append(image, close);
    dialog.addEventListener('click', () => dialog.close());
    // Elsewhere it stops a reply.
    dialog.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') event.stopPropagation();
    });
    dialog.addEventListener('close', () => {
      this.#open = undefined;
      dialog.remove();
    });
    const gone = () =>
      image.replaceWith(Object.assign(document.createElement('p'), { textContent: strings.pictureGone }));
    this.#open = { sha256, image, gone };
    document.body.append(dialog);
    dialog.showModal();
    this.#post({ type: 'readPicture', sha256 });
  }

  #keep(sha256: string, thumbnail: string): void {
    this.#thumbnails.delete(sha256);
    this.#thumbnails.set(sha256, thumbnail);
    for (const oldest of this.#thumbnails.keys())
      if (this.#thumbnails.size > maxThumbnails) this.#thumbnails.delete(oldest);
    this.#fill(sha256, thumbnail);
  }

  /** Shows a picture in all that waits for it. */
  #fill(sha256: string, url: string): void {
    for (const image of this.#waiting.get(sha256) ?? []) {
      image.src = url;
      this.#sight?.unobserve(image);
    }
    this.#waiting.delete(sha256);
    this.#forget(sha256);
  }

  /** Nothing waits for a picture any more. */
  #forget(sha256: string): void {
    this.#wanted = this.#wanted.filter((each) => each !== sha256);
    this.#asks.delete(sha256);
  }

  #comeIntoSight(sha256: string): void {
    this.#asks.delete(sha256);
    this.#want(sha256);
  }

  /** Does nothing if it has come, or is taken for gone. */
  #askAgain(sha256: string): void {
    const isWaitedFor = () => (this.#waiting.get(sha256)?.size ?? 0) > 0;
    if (!isWaitedFor() || (this.#asks.get(sha256) ?? 0) >= maxAsks) return;
    setTimeout(() => {
      if (isWaitedFor()) this.#want(sha256);
    }, askAgainMs);
  }

  #want(sha256: string): void {
    if (this.#wanted.includes(sha256) || this.#asked?.sha256 === sha256) return;
    this.#wanted = [...this.#wanted, sha256];
    if (!this.#asked) this.#askNext();
  }

  #askNext(): void {
    clearTimeout(this.#asked?.timer);
    const [sha256, ...rest] = this.#wanted;
    this.#wanted = rest;
    this.#asked = undefined;
    if (sha256 === undefined) return;
    this.#asks.set(sha256, (this.#asks.get(sha256) ?? 0) + 1);
    const timer = setTimeout(() => {
      this.#askAgain(sha256);
      this.#askNext();
    }, answeredWithinMs);
    this.#asked = { sha256, timer };
    this.#post({ type: 'readPicture', sha256 });
  }
}
