// What AWS says in words only, in the words of each who says it: none of them has a name for it.
import assert from 'node:assert/strict';
import type { FailureKind } from '../../../../src/core/failure';
import { classify } from '../../../../src/core/failures/classify';
import { readAnswer } from '../../../../src/core/gateway/answer';
import { prepared } from '../../asking';

const { request } = prepared({ url: 'http://127.0.0.1:9' });

const user = 'User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: bedrock:InvokeModel';

const said: Readonly<Record<string, { readonly [K in FailureKind]?: readonly string[] }>> = {
  ValidationException: {
    promptTooLong: [
      'Input is too long for requested model.',
      'prompt is too long: 208310 tokens > 200000 maximum',
      'input length and `max_tokens` exceed context limit: 198981 + 4096 > 200000, decrease input length or `max_tokens` and try again',
      '400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 9101',
      'Malformed input request: #/inputText: expected maxLength: 42000, actual: 52000, please reformat your input and try again.',
    ],
    requestTooLarge: [
      "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to 25000000",
    ],
    requestInvalid: [
      'Malformed input request: #: extraneous key [top_k] is not permitted, please reformat',
      'temperature and top_p cannot both be specified for this model.',
    ],
    modelNeedsInferenceProfile: [
      'Invocation of model ID m with on-demand throughput isn’t supported. Retry your request with an inference profile.',
      "Invocation of model ID m with on-demand throughput isn't supported.",
      "The provided model doesn't support on-demand throughput.",
    ],
    modelIdInvalid: ['The provided model identifier is invalid.'],
    promptEmpty: [
      'The text field in the ContentBlock object at messages.0.content.0 is blank. Add text to the text field, and try again.',
      'messages: text content blocks must be non-empty',
      'messages: text content blocks must contain non-whitespace text',
    ],
    modelNotForText: [
      "This action doesn't support the model that you provided. Try again with a supported text or chat model.",
    ],
    streamingUnsupported: ['The model doesn’t support streaming.'],
    awsAccountRestricted: ['Operation not allowed'],
  },
  ResourceNotFoundException: {
    modelRetired: [
      'This model version has reached the end of its life. Please refer to the AWS documentation.',
    ],
    modelAccessNotGranted: ['Model use case details have not been submitted for this account.'],
    modelNotFound: ['Could not resolve the foundation model from the provided model identifier.'],
  },
  AccessDeniedException: {
    awsActionNotAllowed: [`${user} on resource: r because no identity-based policy allows the action`],
    awsExplicitlyDenied: [`${user} on resource: r with an explicit deny in a service control policy`],
    modelAccessNotGranted: [
      "You don't have access to the model with the specified model ID.",
      'Model access is denied due to IAM user or service role is not authorized to perform the required AWS Marketplace actions (aws-marketplace:Subscribe)',
    ],
    awsAccountRestricted: ['Your account is not authorized to invoke this API operation.'],
    awsSessionExpired: ['Bearer Token has expired'],
    awsAccessDenied: ['Access denied.'],
  },
  ThrottlingException: {
    quotaExceeded: ['Too many tokens per day, please wait before trying again.'],
    throttled: ['Too many tokens, please wait before trying again.', 'Too many requests'],
  },
};

describe('what AWS says in words only', () => {
  for (const [exception, kinds] of Object.entries(said))
    for (const [kind, messages] of Object.entries(kinds))
      for (const message of messages)
        it(`${exception} “${message.slice(0, 50)}”: ${kind}`, () => {
          const body = JSON.stringify({ message });
          const answer = readAnswer(400, { 'x-amzn-errortype': exception }, 0, body);
          assert.equal(classify(undefined, { answer }, request).kind, kind);
        });
});
