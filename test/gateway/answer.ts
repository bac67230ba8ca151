/** A response to the client, from any of the servers that the stand-in plays. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A whole body, or chunks with delays. A stream ends early when the signal says that the client has left. */
  readonly body: Buffer | ((signal: AbortSignal) => AsyncIterable<Buffer>);
  /** The number of event stream frames in the complete body. */
  readonly frames: number;
  /** A code or an exception's name, if this is a failure. */
  readonly error?: string;
  /** Whether it may be cached: it is a success, and not interrupted. */
  readonly complete: boolean;
  /** The body is the entire response, including its head. */
  readonly raw?: true;
}

/** Thrown by any check: the request goes no further, and gets this response. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly answer: Answer) {
    super(answer.error ?? `status ${answer.status}`);
  }
}

/** Thrown inside a streamed body: destroy the connection instead of ending it. */
export class Severed extends Error {
  override readonly name = 'Severed';
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
  error?: string,
): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(body)),
    frames: 0,
    complete: status === 200,
    ...(error !== undefined && { error }),
  };
}

/** Raw bytes in place of a response, which no HTTP library would write; then the connection is closed. */
export const rawAnswer = (bytes: string): Answer => ({
  status: 0,
  headers: {},
  body: Buffer.from(bytes),
  frames: 0,
  complete: false,
  raw: true,
  error: 'raw',
});

export const page = (status: number, type: string, text: string, error?: string): Answer => ({
  status,
  headers: { 'content-type': type },
  body: Buffer.from(text),
  frames: 0,
  complete: false,
  ...(error !== undefined && { error }),
});
