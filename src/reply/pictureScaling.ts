// Has the page scale pictures down or convert them, which only a browser can.
import { randomUUID } from 'node:crypto';
import { pictureLimits } from '../core/content/limits';
import type {
  AttachmentsToHost,
  AttachmentsToWebview,
  PlainFile,
  ScaledPicture,
} from '../protocol/attachments';
import { ownBytes } from '../util/ownBytes';

type ScalePicture = Extract<AttachmentsToWebview, { type: 'scalePicture' }>;

/** ms for the largest picture on a slow machine, with a page that is loaded again meanwhile. */
const answeredWithinMs = 120_000;

export class PictureScaling {
  private readonly waiting = new Map<
    string,
    { readonly message: ScalePicture; readonly answer: (picture: ScaledPicture | undefined) => void }
  >();

  /** @param post posts a message, if the page is loaded */
  constructor(private readonly post: (message: ScalePicture) => void) {}

  /** Resolves to undefined if the browser can't do it, or nobody answers. Never rejects. */
  scale({ name, mimeType, bytes }: PlainFile): Promise<ScaledPicture | undefined> {
    const id = randomUUID();
    const file = { name, mimeType, bytes: ownBytes(bytes) };
    const { size: maxSize, edge: maxEdge } = pictureLimits;
    const message: ScalePicture = { type: 'scalePicture', id, file, maxSize, maxEdge };
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(id, undefined), answeredWithinMs);
      const answer = (picture: ScaledPicture | undefined) => {
        clearTimeout(timer);
        resolve(picture);
      };
      this.waiting.set(id, { message, answer });
      this.post(message);
    });
  }

  /** The page has answered. */
  scaled({ id, picture }: Extract<AttachmentsToHost, { type: 'scaled' }>): void {
    this.end(id, picture);
  }

  /** The page is loaded, perhaps again: what it was asked before is lost there. */
  askAgain(): void {
    for (const { message } of this.waiting.values()) this.post(message);
  }

  /** The panel is closed. */
  endAll(): void {
    for (const id of [...this.waiting.keys()]) this.end(id, undefined);
  }

  private end(id: string, picture: ScaledPicture | undefined): void {
    this.waiting.get(id)?.answer(picture);
    this.waiting.delete(id);
  }
}
