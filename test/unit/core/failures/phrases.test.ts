// What is said in words only, in the words of each who says it: none of them has a name for it.
import assert from 'node:assert/strict';
import type { FailureKind } from '../../../../src/core/model/failure';
import { classify } from '../../../../src/core/failures/classify';
import { parseResponse } from '../../../../src/core/gateway/response';
import { prepared } from '../../asking';
import { assertQuick } from '../../swift';

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
    maxTokensTooLarge: [
      'The maximum tokens you requested exceeds the model limit of 10000. Try again with a maximum tokens value that is lower than 10000.',
      'max_tokens: 999999 > 64000, which is the maximum allowed number of output tokens for claude-opus-4-5-20251101',
      "'max_completion_tokens' (128000) exceeds model maximum (65536)",
      "'max_tokens' or 'max_completion_tokens' is too large: 200000. This model's maximum context length is 131072 tokens and your request has 20 input tokens (200000 > 131072 - 20).",
      'max_tokens is too large: 100000. This model supports at most 4096 completion tokens, whereas you provided 100000.',
      'Malformed input request: #/textGenerationConfig/maxTokenCount: 9000 is not less or equal to 8000, please reformat your input and try again.',
      "1 validation error detected: Value '0' at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value less than or equal to 5120",
    ],
    requestTooLarge: [
      "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to 25000000",
    ],
    requestInvalid: [
      'Malformed input request: #: extraneous key [top_k] is not permitted, please reformat',
      'temperature and top_p cannot both be specified for this model.',
      '`max_tokens` must be greater than `thinking.budget_tokens`.',
      'max_tokens: must be greater than or equal to 1',
      "1 validation error detected: Value '99.0' at 'inferenceConfig.temperature' failed to satisfy constraint: Member must have value less than or equal to 1",
      'The model returned the following errors: Compiled grammar size (484.8MB) exceeds maximum allowed size (300MB).',
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

/** What is said under any name. */
const anywhere: { readonly [K in FailureKind]?: readonly string[] } = {
  // By vendor: Claude, Nova, Titan, Llama, Cohere, Mistral, DeepSeek, Qwen and Kimi, gpt-oss, Grok, MiniMax, Jamba.
  promptTooLong: [
    'The model returned the following errors: prompt is too long: 206456 tokens > 200000 maximum',
    'input length and `max_tokens` exceed context limit: 213462 + 8192 > 204698',
    'The model returned the following errors: too many total text bytes',
    'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length. Please update the input to try again.',
    'Too many input tokens. Max input tokens: 4096, request input token count: 5000',
    "The model returned the following errors: This model's maximum context length is 131072 tokens. Please reduce the length of the prompt",
    'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292.',
    'Prompt contains 170397 tokens and 0 draft tokens, too large for model with 131072 maximum context length',
    "This model's maximum context length is 163840 tokens. However, you requested 179668 tokens (171476 in the messages, 8192 in the completion).",
    '<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 260096]',
    'Your input exceeds the context window of this model. Please adjust your input and try again.',
    'Invalid request: Your request exceeded model token limit: 262144',
    "This model's maximum prompt length is 256000 but the request contains 332986 tokens.",
    'context window exceeds limit (2013)',
    'The estimated number of input and maximum output tokens (42481) exceeded this model context window limit (32000).',
    "The input (500 tokens) is longer than the model's context length (128 tokens).",
    'Input length 200000 exceeds the maximum allowed input length of 128000 tokens.',
    "the model's context length is only 131072 tokens, resulting in a maximum input length of 131072 tokens",
    'The input token count exceeds the maximum number of tokens allowed (1048576).',
    'Prompt tokens too long',
    'Please reduce the length of the messages or completion.',
    'context_length_exceeded',
  ],
  dataRetentionUnsuitable: ["data retention mode 'default' is not available for this model"],
  modelNotInCountry: [
    'Access to Anthropic models is not allowed from unsupported countries, regions, or territories. Please refer to https://www.anthropic.com/supported-countries.',
    'Access to OpenAI models is not allowed from unsupported countries, regions, or territories.',
    'Country, region, or territory not supported',
    'Access to Anthropic models is not available in your region (IM)',
  ],
  modelNotForAccount: [
    'anthropic.claude-opus-4-7 is not available for this account. You can explore other available models on Amazon Bedrock.',
    'For additional access options, contact AWS Sales at https://aws.amazon.com/contact-us/sales-support/',
  ],
  paymentMethodInvalid: [
    'Model access is denied due to INVALID_PAYMENT_INSTRUMENT:A valid payment instrument must be provided.. Your AWS Marketplace subscription for this model cannot be completed at this time.',
  ],
  promptCachingNotAllowed: [
    'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.',
    'Malformed input request: #/toolConfig/tools/18: extraneous key [cachePoint] is not permitted, please reformat your input and try again.',
    'There is nothing available to cache. Please remove the invalid cache point and try again.',
    'messages.0.content.1.text.cache_control: Extra inputs are not permitted',
    "This model doesn't support the toolConfig.tools.cachePoint field. Remove it and try again.",
  ],
  reasoningRefused: [
    'messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation. Remove the block, or set `thinking.block_binding.prefix_mismatch_behavior` to "drop_block".',
    'The model returned the following errors: messages.3.content.0: Invalid `signature` in `thinking` block',
    'messages.1.content.1: Invalid `data` in `redacted_thinking` block',
    'messages.3.content.8: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified. These blocks must remain as they were in the original response.',
    'messages.51.content.0: If an assistant message contains any thinking blocks, the first block must be `thinking` or `redacted_thinking`. Found `text`.',
    'messages.1: The final block in an assistant message cannot be `thinking`.',
    "This model doesn't support the reasoningContent.reasoningText.signature field. Remove reasoningContent.reasoningText.signature and try again.",
  ],
};

const limited = [
  'Too many tokens, please wait before trying again.',
  'Too many input tokens per minute, please wait before trying again.',
  'Request too large for gpt-oss: Limit 200000 tokens per min (TPM), Requested 480002',
];

/** What `exception`, or without one the status, tells with these words. */
function kindOf(message: string, exception: string | undefined, status = 400): FailureKind {
  const headers = { 'x-amzn-requestid': 'id', ...(exception && { 'x-amzn-errortype': exception }) };
  const response = parseResponse(status, headers, 0, JSON.stringify({ message }));
  return classify(undefined, { response }, request).kind;
}

describe('what AWS says in words only', () => {
  for (const [exception, kinds] of Object.entries(said))
    for (const [kind, messages] of Object.entries(kinds))
      for (const message of messages)
        it(`${exception} “${message.slice(0, 50)}”: ${kind}`, () =>
          assert.equal(kindOf(message, exception), kind));

  for (const [kind, messages] of Object.entries(anywhere))
    for (const message of messages)
      it(`“${message.slice(0, 60)}” under any name: ${kind}`, () => {
        for (const exception of [
          'ValidationException',
          'ModelErrorException',
          'AccessDeniedException',
          undefined,
        ])
          for (const status of [400, 403, 413, 422, 424, 500])
            assert.equal(kindOf(message, exception, status), kind, `${exception} ${status}`);
      });

  for (const message of limited)
    it(`“${message.slice(0, 60)}” is a limit, and no word about the length of a prompt`, () => {
      for (const exception of ['ThrottlingException', undefined])
        assert.equal(kindOf(message, exception, 429), 'throttled');
    });

  it('takes no longer for a text that is made to be searched for long', () => {
    const parts = [
      'token ',
      'account ',
      'max_tokens ',
      'input tokens ',
      'text field in the ContentBlock',
      '(',
      ' a',
    ];
    const works = parts.map((part) => {
      const text = part.repeat(4000 / part.length);
      const work = () => {
        kindOf(text, 'AccessDeniedException');
        kindOf(text, 'ValidationException');
      };
      return [part, work] as const;
    });
    assertQuick(1, Object.fromEntries(works));
  });
});
