// The SDK's reader of event streams, but for exceptions: the SDK knows those of the operation's model, and makes of all
// others a plain Error with JSON for its words; what is no JSON it cannot read at all. Here each is thrown as it came.
import { eventStreamSerdeProvider } from '@smithy/core/event-streams';
import type { EventStreamMarshaller, EventStreamSerdeProvider, Message } from '@smithy/types';
import { ExceptionFrame, NoEventRead } from '../model/errors';

export const readingExceptions: EventStreamSerdeProvider = (options: unknown) => {
  const inner = eventStreamSerdeProvider(options);
  return {
    serialize: inner.serialize.bind(inner),
    deserialize: (body: never, read: (event: Readonly<Record<string, Message>>) => Promise<unknown>) =>
      inner.deserialize(body, (event: Readonly<Record<string, Message>>) => {
        const exception = exceptionIn(event);
        if (exception) throw exception;
        return read(event);
      }),
  } as EventStreamMarshaller;
};

/** An event is given as its frame, under its name. */
function exceptionIn(event: Readonly<Record<string, Message>>): ExceptionFrame | undefined {
  // No list of entries: a reply has thousands of events, each with one.
  for (const name in event) {
    const frame = event[name];
    if (frame?.headers[':message-type']?.value === 'exception')
      return new ExceptionFrame(name, new TextDecoder().decode(frame.body));
  }
  return undefined;
}

/** A body that ends within a frame; without any frame before it, perhaps one that never was a stream. */
export const truncatedMessage = /Truncated event message/i;

/** What a stream threw before its first event was read. */
export function firstEventError(error: unknown): unknown {
  const isTruncated = error instanceof Error && truncatedMessage.test(error.message);
  return isTruncated ? new NoEventRead(undefined, { cause: error }) : error;
}
