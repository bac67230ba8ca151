/** What goes back to the client, at whichever hop it was made. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole, or chunks in their own time; a stream ends early when the signal says that the client is gone. */
  readonly body: Buffer | ((gone: AbortSignal) => AsyncIterable<Buffer>);
  /** How many event-stream frames the body has when it is sent to its end. */
  readonly frames: number;
  /** A code or an exception's name, when this is a failure. */
  readonly error?: string;
  /** Whether a cache may keep it: a success, and one that reaches its end. */
  readonly complete: boolean;
  /** The body is all that is sent, head included. */
  readonly raw?: true;
}

/** Thrown by a check at any hop: the request goes no further, this is the answer. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(readonly answer: Answer) {
    super(answer.error ?? `status ${answer.status}`);
  }
}

/** Thrown inside a streamed body: the connection is to be torn, not ended. */
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

/** Bytes in place of an answer, such as no HTTP library would write; then the connection is closed. */
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
