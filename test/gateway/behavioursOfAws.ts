import { type AwsException, awsError } from './awsErrors.js';
import type { Late } from './behaviours.js';
import { type Ask, standInReply } from './model.js';

const failure = (exception: AwsException, message: string, headers?: Record<string, string>): Late => ({
  where: 'bedrock',
  says: `${exception}: ${message}`,
  answer: ({ model }) => awsError(exception, message.replace('{model}', model), headers),
});

const late = (says: string, answer: Late['answer']): Late => ({ where: 'bedrock', says, answer });

const onDemand = (apostrophe: string) =>
  `Invocation of model ID {model} with on-demand throughput isn${apostrophe}t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`;

const unavailable = () =>
  awsError('ServiceUnavailableException', 'Bedrock is unable to process your request.');

const throttled = ({ number = 1 }: Ask) =>
  awsError('ThrottlingException', 'Too many requests, please wait before trying again.', {
    'retry-after': String(number),
  });

export const awsBehaviours: Readonly<Record<string, Late>> = {
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
  'on-demand': failure('ValidationException', onDemand('’')),
  'on-demand-plain': failure('ValidationException', onDemand("'")),
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
  'throttling-retry-after': late('ThrottlingException with Retry-After: 1, or -N seconds', throttled),
  'throttled-once': late('the same once, then the answer; then again', (ask) =>
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
  unavailable: late('ServiceUnavailableException', unavailable),
  'unavailable-twice': late('ServiceUnavailableException twice, then the answer; then again', (ask) =>
    ask.turn % 3 === 0 ? standInReply(ask) : unavailable(),
  ),
  'model-error': failure(
    'ModelErrorException',
    'The request failed due to an error while processing the model. Try your request again.',
  ),
  quota: failure('ServiceQuotaExceededException', 'Your request exceeds the service quota for your account.'),
  internal: failure(
    'InternalServerException',
    'The system encountered an unexpected error during processing. Try your request again.',
  ),
};
