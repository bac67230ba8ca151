// Advice for errors that Bedrock reports about the model or the request.
import { l10n } from 'vscode';
import { documentFormats } from '../core/model/content';
import { profilesFor, successorsOf } from '../models/inferenceProfiles';
import { fitsRegion } from '../models/modelIds';
import { type Advice, type Remedy, type AdviceRows, advice, durationText, waitText } from './row';

const useModels = (ids: readonly string[]): Remedy[] => ids.map((useModel) => ({ useModel }));

const contentWords: Readonly<Record<string, () => string>> = {
  image: () => l10n.t('pictures'),
  document: () => l10n.t('documents'),
  reasoning: () => l10n.t('thinking'),
  toolUse: () => l10n.t('tools'),
  toolResult: () => l10n.t('tools'),
  tools: () => l10n.t('tools'),
};

/** For the format of a document that has no place in Claude's own body. */
const documentAdvice = (model: string): Advice => ({
  ...advice(
    l10n.t('Claude’s own body doesn’t take this document'),
    l10n.t(
      'Nothing was sent. “invoke” sends Claude’s own body, which has no place for Word and Excel documents. Use Converse for {0}, or set request.api to “converse”.',
      model,
    ),
    'useConverse',
    'openSettings',
  ),
  setting: 'request.api',
  final: true,
});

const isDocumentFormat = (subject: string) => documentFormats.some((format) => format === subject);

export const modelAdvice = {
  modelAccessNotGranted: ({ model = '', region = '' }) =>
    advice(
      l10n.t('The AWS account has no access to this model'),
      l10n.t(
        'An account administrator must request access to {0} once, in {1}: Amazon Bedrock › Model catalog. The change takes some minutes.',
        model,
        region,
      ),
      'selectModel',
    ),
  modelNotFound: ({ model = '', region = '' }) =>
    advice(
      l10n.t('The model was not found'),
      l10n.t('AWS does not offer {0} in {1}, or there is no such ID.', model, region),
      ...useModels(alternatives(model, region)),
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
        : l10n.t('The inference profile {0} cannot be called from {1}.', model, region),
      ...useModels(alternatives(model, region)),
      'selectModel',
    ),
  modelNeedsInferenceProfile: ({ model = '', region = '' }) =>
    advice(
      l10n.t('The model needs an inference profile'),
      l10n.t(
        '“On-demand throughput isn’t supported”: AWS accepts {0} only through an inference profile. Its ID is the same, with a prefix such as us., eu., jp. or global.',
        model,
      ),
      ...useModels(profilesFor(model, region)),
      'selectModel',
    ),
  modelRetired: ({ model = '', region = '' }) =>
    advice(
      l10n.t('AWS has retired this model'),
      l10n.t('{0} is no longer available. Choose its successor.', model),
      ...useModels(successorsOf(model, region)),
      'selectModel',
    ),
  contentNotSupported: ({ model = '', subject = '' }) => {
    if (isDocumentFormat(subject)) return documentAdvice(model);
    const what = contentWords[subject]?.();
    return advice(
      l10n.t('The model doesn’t take something in the prompt'),
      what === undefined
        ? l10n.t('{0} doesn’t take it. Choose another model, or leave it out.', model)
        : l10n.t('{0} doesn’t take {1}. Choose another model, or leave them out.', model, what),
      'selectModel',
    );
  },
  reasoningRefused: () =>
    advice(
      l10n.t('The model did not accept its earlier thinking'),
      l10n.t('Something before it in the conversation has changed. Begin a new conversation.'),
    ),
  modelNotReady: () =>
    advice(
      l10n.t('The model is not ready yet'),
      l10n.t('AWS is still loading it. Try again in a few minutes.'),
      'sendAgain',
    ),
  modelTimedOut: () =>
    advice(
      l10n.t('The model took too long'),
      l10n.t('AWS gave up waiting for it. Try a shorter prompt or another model.'),
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
      l10n.t('This model is not for conversations'),
      l10n.t(
        '{0} serves another purpose, such as embeddings or images, or Converse does not support it.',
        model,
      ),
      'selectModel',
    ),
  streamingUnsupported: ({ model = '' }) => ({
    ...advice(
      l10n.t('This model does not stream'),
      l10n.t('{0} can only send its reply all at once. Nothing was charged.', model),
      'sendWithoutStreaming',
      'openSettings',
    ),
    setting: 'request.stream',
  }),
  maxTokensTooLarge: ({ model = '' }) => ({
    ...advice(
      l10n.t('The reply limit is too high for this model'),
      l10n.t(
        'request.maxTokens, or a limit in request.additionalFields, is higher than {0} allows. Lower it.',
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
        'Usually the model does not support one of the parameters. AWS’s message says which: check the settings under “request”.',
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
        'The account’s quota for this model is temporarily used up. {0} Another model has its own quota.',
        waitText(retryAfter),
      ),
      'sendAgain',
      'selectModel',
    ),
  quotaExceeded: () =>
    advice(
      l10n.t('An AWS quota is exceeded'),
      l10n.t(
        'A daily or fixed quota of the AWS account is used up, so waiting a moment does not help. You can see quotas, and request more, under Service Quotas in the AWS console.',
      ),
      'selectModel',
    ),
  serviceUnavailable: () =>
    advice(
      l10n.t('The service is not available'),
      l10n.t('AWS is temporarily overloaded. Try again in a few minutes.'),
      'sendAgain',
    ),
  awsInternalError: () =>
    advice(
      l10n.t('AWS had an internal error'),
      l10n.t('AWS reports an internal error. Try again in a few minutes.'),
      'sendAgain',
      'selectModel',
    ),
  awsError: ({ code, status }) =>
    advice(
      l10n.t('AWS reported an error'),
      l10n.t('AWS answered {0}.', code ?? status ?? ''),
      'sendAgain',
      'showLog',
    ),
  noAnswer: ({ elapsed = 0, uncharged }) =>
    uncharged
      ? advice(
          l10n.t('The request timed out'),
          l10n.t(
            'The gateway did not answer a free test request within {0}, so the extension closed the connection. The gateway, or a proxy in front of it, is slow at the moment.',
            durationText(elapsed),
          ),
          'setUp',
        )
      : advice(
          l10n.t('The request timed out'),
          l10n.t(
            'Neither the gateway nor the model answered within {0}, so the extension closed the connection. The prompt may have been charged.',
            durationText(elapsed),
          ),
          'sendAgain',
          'selectModel',
        ),
  contentFiltered: () =>
    advice(
      l10n.t('Blocked by the model’s content filter'),
      l10n.t('The model’s provider withheld the rest of the reply.'),
    ),
} satisfies AdviceRows;

/** Model IDs to try instead: successors of the model, or its inference profiles that fit the region. */
function alternatives(model: string, region: string): readonly string[] {
  return fitsRegion(model, region) ? successorsOf(model, region) : profilesFor(model, region);
}
