// Words for what Bedrock says of the model and the request.
import { l10n } from 'vscode';
import { type Rows, advice, wait } from './row';

export const modelAdvice = {
  bodyUnknown: ({ model = '' }) => ({
    ...advice(
      l10n.t('The body that this model takes is not known'),
      model.startsWith('arn:')
        ? l10n.t(
            'Nothing was sent. The ARN does not tell which model is behind it. Ask it through Converse, or name its body under “models”: "body" is "claudeMessages", "claudeText" or "titanText".',
          )
        : l10n.t(
            'Nothing was sent. “invoke” sends a model’s own body, and only those of Claude and Titan Text are known. Ask {0} through Converse.',
            model,
          ),
      'useConverse',
      'openSettings',
    ),
    setting: 'models',
  }),
  modelNotFound: ({ model = '' }) =>
    advice(
      l10n.t('The model was not found'),
      l10n.t('{0} is not offered in this region, or there is no such ID.', model),
      'selectModel',
    ),
  modelNeedsInferenceProfile: ({ model = '' }) =>
    advice(
      l10n.t('The model needs an inference profile'),
      l10n.t(
        '{0} can only be asked through an inference profile: the same ID with us., eu., jp., global. or the like in front.',
        model,
      ),
      'selectModel',
    ),
  modelRetired: ({ model = '' }) =>
    advice(
      l10n.t('There is no such model'),
      l10n.t('The ID {0} is mistyped, or AWS has retired the model.', model),
      'selectModel',
    ),
  modelNotReady: () =>
    advice(
      l10n.t('The model is not ready yet'),
      l10n.t('AWS is still loading it. Try again in a little while.'),
      'sendAgain',
    ),
  modelTimedOut: () =>
    advice(
      l10n.t('The model took too long'),
      l10n.t('AWS gave up waiting for it. A shorter prompt or another model may do.'),
      'sendAgain',
      'selectModel',
    ),
  modelErred: () =>
    advice(
      l10n.t('The model failed'),
      l10n.t('AWS reports an error inside the model.'),
      'sendAgain',
      'selectModel',
    ),
  promptTooLong: () =>
    advice(
      l10n.t('The prompt is too long for this model'),
      l10n.t('Select less, or choose a model with a larger context window.'),
      'selectModel',
    ),
  requestInvalid: () => ({
    ...advice(
      l10n.t('Bedrock does not accept the request'),
      l10n.t(
        'A parameter that this model does not take is the usual reason: see the settings under “request”.',
      ),
      'openSettings',
      'selectModel',
    ),
    setting: 'request.*',
  }),
  throttled: (_facts, retryAfter) =>
    advice(
      l10n.t('AWS is limiting requests'),
      l10n.t(
        'The account’s quota for this model is used up for the moment. {0} Another model has a quota of its own.',
        wait(retryAfter),
      ),
      'sendAgain',
      'selectModel',
    ),
  quotaExceeded: () =>
    advice(
      l10n.t('An AWS quota is exceeded'),
      l10n.t('The account’s quotas are shown, and raised, under Service Quotas in the AWS console.'),
      'selectModel',
    ),
  serviceUnavailable: () =>
    advice(
      l10n.t('The service is not available'),
      l10n.t('AWS or the gateway is overloaded for the moment. Try again in a little while.'),
      'sendAgain',
    ),
  awsError: ({ code }) =>
    advice(
      l10n.t('AWS reported an error'),
      code ? l10n.t('It answered {0}.', code) : l10n.t('It gave no reason.'),
      'sendAgain',
    ),
  contentFiltered: () =>
    advice(
      l10n.t('Blocked by the model’s content filter'),
      l10n.t('The model’s provider held back the rest.'),
    ),
} satisfies Rows;
