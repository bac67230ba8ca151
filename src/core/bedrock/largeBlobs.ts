// Writes large pictures and documents into the body after the SDK has written all else. The SDK encodes them byte by byte in
// JavaScript, which takes longer than all other work on a prompt, and blocks the extension host meanwhile.
import type { ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-bedrock-runtime';
import { HttpRequest } from '@smithy/core/protocols';
import { toBase64 } from '@smithy/core/serde';
import type { BuildMiddleware, Pluggable } from '@smithy/types';
import type { BytesOf } from './bodies/writeContent';

/** Bytes; for fewer, it makes no difference. */
const large = 16 * 1024;
/** Bytes of what stands for a blob: random, so that no text is taken for it. A multiple of 3, for base64 without an end. */
const placeholderSize = 24;

export class LargeBlobs {
  /** By the base64 of what stands for them, in the order in which they are written. */
  private readonly blobs = new Map<string, Uint8Array>();

  constructor(private readonly read: BytesOf) {}

  get count(): number {
    return this.blobs.size;
  }

  /** What the SDK is to write: the bytes, or what stands for them. */
  readonly bytesOf: BytesOf = (data) => {
    const bytes = this.read(data);
    if (bytes.length < large) return bytes;
    const placeholder = crypto.getRandomValues(new Uint8Array(placeholderSize));
    this.blobs.set(toBase64(placeholder), bytes);
    return placeholder;
  };

  /** Puts the bytes where they belong, before anything is signed. */
  readonly plugin: Pluggable<ServiceInputTypes, ServiceOutputTypes> = {
    applyToStack: (stack) => {
      const write: BuildMiddleware<ServiceInputTypes, ServiceOutputTypes> = (next) => (args) => {
        const { request } = args;
        if (!HttpRequest.isInstance(request)) return next(args);
        const body: unknown = request.body;
        const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body);
        request.body = new TextEncoder().encode(this.written(text));
        return next(args);
      };
      // Before the length of the body is taken.
      stack.add(write, { name: 'largeBlobWriting', step: 'build', priority: 'high', override: true });
    },
  };

  private written(text: string): string {
    const parts: string[] = [];
    let at = 0;
    for (const [placeholder, bytes] of this.blobs) {
      const index = text.indexOf(placeholder, at);
      if (index < 0) throw new Error('A picture or a document is not in the body');
      parts.push(text.slice(at, index), toBase64(bytes));
      at = index + placeholder.length;
    }
    return [...parts, text.slice(at)].join('');
  }
}
