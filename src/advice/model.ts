// Words for what Bedrock says of the model and the request.
import { l10n } from 'vscode';
import { profilesFor, successorsOf } from '../models/inferenceProfiles';
import { fitsRegion } from '../models/modelIds';
import { type Remedy, type AdviceRows, advice, durationText, waitText } from './row';

const use = (ids: readonly string[]): Remedy[] => ids.map((useModel) => ({ useModel }));

export const modelAdvice = {
  modelAccessNotGranted: ({ model = '', region = '' }) =>
    advice(
      l10n.t('The AWS account has no access to this model'),
      l10n.t(
        'Someone who may must ask AWS for {0} once, in {1}: Amazon Bedrock › Model catalog. It takes some minutes to come into force.',
        model,
        region,
      ),
      'selectModel',
    ),
  modelNotFound: ({ model = '', region = '' }) =>
    advice(
      l10n.t('The model was not found'),
      l10n.t('AWS does not offer {0} in {1}, or there is no such ID.', model, region),
      ...use(elsewhere(model, region)),
      'selectModel',
    ),
  modelIdInvalid: ({ model = '', region = '' }) =>
    advice(
      l10n.t('There is no such model'),
      fitsRegion(model, region)
        ? l10n.t(
            'The ID {0} is mistyped, is not offered in {1}, or AWS has retired the model.',
            model,
            region,
          )
        : l10n.t('The inference profile {0} cannot be asked from {1}.', model, region),
      ...use(elsewhere(model, region)),
      'selectModel',
    ),
  modelNeedsInferenceProfile: ({ model = '', region = '' }) =>
    advice(
      l10n.t('The model needs an inference profile'),
      l10n.t(
        '“On-demand throughput isn’t supported”: AWS takes {0} only through an inference profile, which is the same ID with us., eu., jp., global. or the like in front.',
        model,
      ),
      ...use(profilesFor(model, region)),
      'selectModel',
    ),
  modelRetired: ({ model = '', region = '' }) =>
    advice(
      l10n.t('AWS has retired this model'),
      l10n.t('{0} has reached the end of its life. Choose its successor.', model),
      ...use(successorsOf(model, region)),
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
  modelNotForText: ({ model = '' }) =>
    advice(
      l10n.t('This model does not hold conversations'),
      l10n.t(
        '{0} is for something else, such as embeddings or pictures, or Converse does not know it.',
        model,
      ),
      'selectModel',
    ),
  streamingUnsupported: ({ model = '' }) => ({
    ...advice(
      l10n.t('This model does not stream'),
      l10n.t('{0} answers in one piece only. Nothing was charged.', model),
      'sendWithoutStreaming',
      'openSettings',
    ),
    setting: 'request.stream',
  }),
  maxTokensTooLarge: ({ model = '' }) => ({
    ...advice(
      l10n.t('The reply limit is too high for this model'),
      l10n.t(
        'request.maxTokens, or a limit in request.additionalFields, is more than {0} can write. Lower it.',
        model,
      ),
      'openSettings',
      'selectModel',
    ),
    setting: 'request.maxTokens',
  }),
  requestInvalid: () => ({
    ...advice(
      l10n.t('Bedrock does not accept the request'),
      l10n.t(
        'A parameter that this model does not take is the usual reason, and AWS says which: see the settings under “request”.',
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
        waitText(retryAfter),
      ),
      'sendAgain',
      'selectModel',
    ),
  quotaExceeded: () =>
    advice(
      l10n.t('An AWS quota is exceeded'),
      l10n.t(
        'Waiting a moment does not help: a daily or fixed quota of the AWS account is used up. Quotas are shown, and raised, under Service Quotas in the AWS console.',
      ),
      'selectModel',
    ),
  serviceUnavailable: () =>
    advice(
      l10n.t('The service is not available'),
      l10n.t('AWS is overloaded for the moment. Try again in a little while.'),
      'sendAgain',
    ),
  awsInternalError: () =>
    advice(
      l10n.t('AWS failed'),
      l10n.t('AWS reports an error of its own. Try again in a little while.'),
      'sendAgain',
      'selectModel',
    ),
  awsError: ({ code, status }) =>
    advice(
      l10n.t('AWS reported an error'),
      l10n.t('It answered {0}.', code ?? status ?? ''),
      'sendAgain',
      'showLog',
    ),
  noAnswer: ({ elapsed = 0, uncharged }) =>
    uncharged
      ? advice(
          l10n.t('No answer came'),
          l10n.t(
            'The gateway took a request that costs nothing, and did not answer for {0}, so the connection was closed. It, or what stands before it, is slow for the moment.',
            durationText(elapsed),
          ),
          'setUp',
        )
      : advice(
          l10n.t('No answer came'),
          l10n.t(
            'The gateway took the prompt, and neither it nor the model answered for {0}, so the connection was closed. The prompt may have been charged.',
            durationText(elapsed),
          ),
          'sendAgain',
          'selectModel',
        ),
  contentFiltered: () =>
    advice(
      l10n.t('Blocked by the model’s content filter'),
      l10n.t('The model’s provider held back the rest.'),
    ),
} satisfies AdviceRows;

/** By which IDs to ask instead: by what fits the region, or by a successor. */
function elsewhere(model: string, region: string): readonly string[] {
  return fitsRegion(model, region) ? successorsOf(model, region) : profilesFor(model, region);
}
