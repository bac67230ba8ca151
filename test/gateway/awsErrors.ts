import { randomUUID } from 'node:crypto';
import { type Answer, jsonAnswer, Refused } from './answer.js';

/** Statuses from the Bedrock Runtime API; the last rows are AWS's common errors. */
const statuses = {
  AccessDeniedException: 403,
  InternalServerException: 500,
  ModelErrorException: 424,
  ModelNotReadyException: 429,
  ModelTimeoutException: 408,
  ResourceNotFoundException: 404,
  ServiceQuotaExceededException: 400,
  ServiceUnavailableException: 503,
  ThrottlingException: 429,
  ValidationException: 400,
  ExpiredTokenException: 403,
  IncompleteSignatureException: 403,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  RequestEntityTooLargeException: 413,
  SerializationException: 400,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  UnsupportedMediaTypeException: 415,
} as const;

export type AwsException = keyof typeof statuses;

/** AWS sometimes appends a URI to the name. Here these always have one, so that a client meets both forms. */
const withUri = new Set<AwsException>([
  'AccessDeniedException',
  'ResourceNotFoundException',
  'ValidationException',
]);

export function awsError(
  exception: AwsException,
  message: string,
  headers: Record<string, string> = {},
): Answer {
  const uri = withUri.has(exception) ? ':http://internal.amazon.com/coral/com.amazon.bedrock/' : '';
  return jsonAnswer(
    statuses[exception],
    { message },
    { 'x-amzn-errortype': exception + uri, 'x-amzn-requestid': randomUUID(), ...headers },
    exception,
  );
}

/** A model provider's own error, passed on by AWS: with AWS's request ID, but without an exception's name. */
export function providerError(status: number, body: object | string, error: string): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = text.startsWith('<') ? 'application/xml' : 'application/json';
  return {
    ...jsonAnswer(status, {}, { 'content-type': type, 'x-amzn-requestid': randomUUID() }, error),
    body: Buffer.from(text),
  };
}

export function refuse(exception: AwsException, message: string): never {
  throw new Refused(awsError(exception, message));
}
