// The SDK's event stream reader, except for exception frames. The SDK knows only those of the operation's model; it
// makes a plain Error of all others, with JSON as the message, and cannot read those whose payload is no JSON. This
// reader throws each as it was sent.
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

/** `event` has one entry: the frame, under the event's name. */
function exceptionIn(event: Readonly<Record<string, Message>>): ExceptionFrame | undefined {
  // Object.entries() would be slower; a reply has thousands of events.
  for (const name in event) {
    const frame = event[name];
    if (frame?.headers[':message-type']?.value === 'exception')
      return new ExceptionFrame(name, new TextDecoder().decode(frame.body));
  }
  return undefined;
}

/** The SDK's error for a body that ends within a frame. If no frame came before it, the body may be no event stream. */
export const truncatedMessage = /Truncated event message/i;

/** Translates an error that occurred before the first event was read. */
export function firstEventError(error: unknown): unknown {
  const isTruncated = error instanceof Error && truncatedMessage.test(error.message);
  return isTruncated ? new NoEventRead(undefined, { cause: error }) : error;
}
