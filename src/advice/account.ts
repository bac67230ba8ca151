// Advice for failures that no setting fixes: AWS or a model's provider does not serve this account or this country.
import { l10n } from 'vscode';
import { type AdviceRows, advice } from './row';

export const accountAdvice = {
  modelNotForAccount: ({ model = '' }) => ({
    ...advice(
      l10n.t('AWS does not offer this model to your account'),
      l10n.t(
        '{0} is not available to this AWS account, and no permission or setting changes that. The account’s administrator can ask AWS Sales or AWS Support.',
        model,
      ),
      'selectModel',
    ),
    final: true,
  }),
  modelNotInCountry: ({ model = '' }) => ({
    ...advice(
      l10n.t('The model is not available in your country'),
      l10n.t(
        'The provider of {0} does not allow its use from the country of the AWS account, or of this connection. No setting changes that. Models of other providers may be available.',
        model,
      ),
      'selectModel',
    ),
    final: true,
  }),
  dataRetentionUnsuitable: ({ model = '', region = '' }) => ({
    ...advice(
      l10n.t('The AWS account’s data retention mode does not allow this model'),
      l10n.t(
        '{0} requires a data retention mode that the AWS account does not have in {1}. The mode determines who keeps prompts and replies. The account’s administrator can change it in Amazon Bedrock.',
        model,
        region,
      ),
      'selectModel',
    ),
    final: true,
  }),
  promptCachingNotAllowed: ({ model = '' }) => ({
    ...advice(
      l10n.t('The AWS account may not use this model, or its prompt cache'),
      l10n.t(
        'AWS offers {0}, or prompt caching with it, only to some accounts. The account’s administrator can ask AWS Support.',
        model,
      ),
      'selectModel',
    ),
    final: true,
  }),
  paymentMethodInvalid: ({ model = '' }) =>
    advice(
      l10n.t('The AWS account has no valid payment method'),
      l10n.t(
        '{0} is billed through AWS Marketplace, which needs a valid payment method. The account’s administrator can add one in AWS Billing. The change takes some minutes.',
        model,
      ),
      'selectModel',
    ),
} satisfies AdviceRows;
