// Words for what is wrong with that which authenticates to AWS. What to mend depends on how it does.
import { l10n } from 'vscode';
import type { Authentication } from '../core/request';
import { type Advice, type Row, type Rows, advice } from './row';

type Words = { readonly [A in Authentication]: () => Advice };

const by =
  (words: Words): Row =>
  ({ authentication = 'accessKeys' }) =>
    words[authentication]();

const noAccessKeys = () =>
  advice(
    l10n.t('No AWS keys are stored'),
    l10n.t('Store an access key and its secret, or let the gateway sign with keys stored there.'),
    'setCredentials',
  );

const noPermission = () =>
  advice(
    l10n.t('AWS refuses access'),
    l10n.t(
      'The identity needs the permission bedrock:InvokeModelWithResponseStream (and bedrock:InvokeModel) for this model, and access to the model in this region.',
    ),
    'selectModel',
    'setCredentials',
  );

export const credentialsAdvice = {
  credentialsMissing: by({
    accessKeys: noAccessKeys,
    apiKey: () =>
      advice(
        l10n.t('No Bedrock API key is stored'),
        l10n.t('Store one, or choose another way to authenticate.'),
        'setCredentials',
      ),
    // Nothing is needed here then.
    gateway: noAccessKeys,
  }),
  awsKeyUnknown: by({
    accessKeys: () =>
      advice(
        l10n.t('AWS does not know the access key'),
        l10n.t(
          'The key was deleted or deactivated, belongs to another partition, or its session token is missing.',
        ),
        'setCredentials',
      ),
    apiKey: () =>
      advice(
        l10n.t('AWS does not accept the Bedrock API key'),
        l10n.t(
          'The key is mistyped, was deleted, has expired, or was made in another region: a short-term key is good for one region only.',
        ),
        'setCredentials',
        'setUp',
      ),
    gateway: () =>
      advice(
        l10n.t('AWS does not know the key that the gateway holds'),
        l10n.t('It was deleted or deactivated. Whoever runs the gateway can store another at Cloudflare.'),
        'setCredentials',
      ),
  }),
  awsSessionExpired: by({
    accessKeys: () =>
      advice(
        l10n.t('The AWS session has expired'),
        l10n.t('Temporary keys end after some hours. Store new ones with their session token.'),
        'setCredentials',
      ),
    apiKey: () =>
      advice(
        l10n.t('The Bedrock API key has expired'),
        l10n.t(
          'Short-term keys end after 12 hours at most. Make a new one in the AWS console, under Amazon Bedrock › API keys, and store it.',
        ),
        'setCredentials',
      ),
    gateway: () =>
      advice(
        l10n.t('The keys that the gateway holds have expired'),
        l10n.t('Whoever runs the gateway can store long-term ones at Cloudflare.'),
        'setCredentials',
      ),
  }),
  awsAccessDenied: by({
    accessKeys: noPermission,
    apiKey: () =>
      advice(
        l10n.t('AWS refuses access'),
        l10n.t(
          'The key’s identity needs the permissions bedrock:CallWithBearerToken and bedrock:InvokeModelWithResponseStream (and bedrock:InvokeModel) for this model, and access to the model in this region.',
        ),
        'selectModel',
        'setCredentials',
      ),
    gateway: noPermission,
  }),
} satisfies Rows;
