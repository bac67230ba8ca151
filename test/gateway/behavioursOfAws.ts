import { type AwsException, awsError, providerError } from './awsErrors.js';
import type { BedrockBehaviour } from './behaviours.js';
import { type Ask, standInReply } from './model.js';

const failure = (
  exception: AwsException,
  message: string,
  headers?: Record<string, string>,
): BedrockBehaviour => ({
  where: 'bedrock',
  description: `${exception}: ${message}`,
  answer: ({ model }) => awsError(exception, message.replace('{model}', model), headers),
});

/** An error in the provider's own format; the description names the provider. */
const provider = (description: string, status: number, body: object | string): BedrockBehaviour => ({
  where: 'bedrock',
  description: `${status} ${description}`,
  answer: () => providerError(status, body, description),
});

const claudes = (type: string, message: string) => ({ type: 'error', error: { type, message } });
const openAis = (type: string | null, code: string | null, message: string) => ({
  error: { message, type, param: null, code },
});

const behaviour = (description: string, answer: BedrockBehaviour['answer']): BedrockBehaviour => ({
  where: 'bedrock',
  description,
  answer,
});

/** Replies only through an inference profile: its ID has a prefix such as `us.`. */
function onDemand(apostrophe: string): BedrockBehaviour {
  const refusing = failure(
    'ValidationException',
    `Invocation of model ID {model} with on-demand throughput isn${apostrophe}t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
  );
  return {
    ...refusing,
    answer: (ask) => (/^[a-z-]+\.stand-in\./.test(ask.model) ? standInReply(ask) : refusing.answer(ask)),
  };
}

const unavailable = () =>
  awsError('ServiceUnavailableException', 'Bedrock is unable to process your request.');

const throttled = ({ number = 1 }: Ask) =>
  awsError('ThrottlingException', 'Too many requests, please wait before trying again.', {
    'retry-after': String(number),
  });

export const awsBehaviours: Readonly<Record<string, BedrockBehaviour>> = {
  'access-denied': failure(
    'AccessDeniedException',
    "You don't have access to the model with the specified model ID.",
  ),
  'expired-token': failure('ExpiredTokenException', 'The security token included in the request is expired'),
  'unrecognized-client': failure(
    'UnrecognizedClientException',
    'The security token included in the request is invalid.',
  ),
  validation: failure(
    'ValidationException',
    'temperature and top_p cannot both be specified for this model.',
  ),
  'on-demand': onDemand('’'),
  'on-demand-plain': onDemand("'"),
  'invalid-model': failure('ValidationException', 'The provided model identifier is invalid.'),
  'too-long': failure('ValidationException', 'Input is too long for requested model.'),
  'not-found': failure(
    'ResourceNotFoundException',
    'Could not resolve the foundation model from the provided model identifier.',
  ),
  'end-of-life': failure(
    'ResourceNotFoundException',
    'This model version has reached the end of its life. Please refer to the AWS documentation for more details.',
  ),
  'guardrail-unknown': failure(
    'ValidationException',
    'The guardrail identifier or version provided in the request does not exist.',
  ),
  'guardrail-invalid': failure('ValidationException', 'The provided guardrail identifier is invalid.'),
  'guardrail-denied': failure(
    'AccessDeniedException',
    'User: arn:aws:iam::123456789012:user/stand-in is not authorized to perform: bedrock:ApplyGuardrail on resource: arn:aws:bedrock:us-east-1:123456789012:guardrail/standinguardrail',
  ),
  throttling: failure('ThrottlingException', 'Too many requests, please wait before trying again.'),
  'throttling-tokens': failure('ThrottlingException', 'Too many tokens, please wait before trying again.'),
  'throttling-retry-after': behaviour('ThrottlingException with Retry-After: 1, or -N seconds', throttled),
  'throttled-once': behaviour('ThrottlingException once, then the reply, and so on', (ask) =>
    ask.turn % 2 === 1 ? throttled(ask) : standInReply(ask),
  ),
  'model-timeout': failure(
    'ModelTimeoutException',
    'Model has timed out in processing the request. Try your request again.',
  ),
  'model-not-ready': failure(
    'ModelNotReadyException',
    'Model is not ready for inference. Wait and try your request again.',
  ),
  unavailable: behaviour('ServiceUnavailableException', unavailable),
  'unavailable-twice': behaviour('ServiceUnavailableException twice, then the reply, and so on', (ask) =>
    ask.turn % 3 === 0 ? standInReply(ask) : unavailable(),
  ),
  'model-error': failure(
    'ModelErrorException',
    'The request failed due to an error while processing the model. Try your request again.',
  ),
  'provider-denied': provider(
    "in Claude's format",
    403,
    claudes('permission_error', 'stand-in is not available for this account. Contact AWS Sales.'),
  ),
  'provider-overloaded': provider("in Claude's format", 529, claudes('overloaded_error', 'Overloaded')),
  'provider-rate-limit': provider(
    "in OpenAI's format",
    429,
    openAis('tokens', 'rate_limit_exceeded', 'Rate limit reached.'),
  ),
  'provider-invalid': provider(
    "in OpenAI's format",
    400,
    openAis('invalid_request_error', null, 'Unrecognized request argument supplied: top_k'),
  ),
  'provider-too-long': provider(
    "in OpenAI's format",
    400,
    openAis('invalid_request_error', 'context_length_exceeded', 'Your input is longer than that.'),
  ),
  'xml-unknown-operation': provider('in XML', 404, '<UnknownOperationException/>'),
  'xml-access-denied': provider(
    'in XML',
    403,
    '<AccessDeniedException><Message>You don&apos;t have access to the model with the specified model ID.</Message></AccessDeniedException>',
  ),
  'data-retention': failure(
    'ValidationException',
    "data retention mode 'default' is not available for this model",
  ),
  'unsupported-country': failure(
    'ValidationException',
    'Access to Anthropic models is not allowed from unsupported countries, regions, or territories. Please refer to https://www.anthropic.com/supported-countries for more information.',
  ),
  'payment-instrument': failure(
    'AccessDeniedException',
    'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.. Your AWS Marketplace subscription for this model cannot be completed at this time.',
  ),
  'prompt-caching': failure(
    'AccessDeniedException',
    'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
  ),
  'max-tokens': failure(
    'ValidationException',
    'The maximum tokens you requested exceeds the model limit of 10000. Try again with a maximum tokens value that is lower than 10000.',
  ),
  quota: failure('ServiceQuotaExceededException', 'Your request exceeds the service quota for your account.'),
  internal: failure(
    'InternalServerException',
    'The system encountered an unexpected error during processing. Try your request again.',
  ),
};
