// Words for what is wrong with that which authenticates to AWS. What to mend depends on how it does.
import { l10n } from 'vscode';
import type { Authentication } from '../core/model/request';
import { fileName, sectionName } from '../aws/strings';
import type { FailureDetails } from '../core/model/failureDetails';
import { formatTime } from '../ui/format';
import { type Advice, type AdviceRow, type AdviceRows, advice, openAwsFile } from './row';

type Words = { readonly [A in Authentication]: (profile: string, facts: FailureDetails) => Advice };

const by =
  (words: Words): AdviceRow =>
  (facts) =>
    words[facts.authentication ?? 'accessKeys'](facts.profile ?? 'default', facts);

/** Where the access keys of a profile stand that AWS does not take; undefined where they were got from elsewhere. */
function keysStand(profile: string, { source, file, expiresAt }: FailureDetails): string | undefined {
  if (source !== 'keys' || !file) return undefined;
  const place = l10n.t('The keys stand in {0}, under {1}.', fileName(file), sectionName(profile, file));
  if (expiresAt === undefined || expiresAt > Date.now()) return place;
  return `${place} ${l10n.t('As noted there, they were good until {0}.', formatTime(expiresAt))}`;
}

const noAccessKeys = () =>
  advice(
    l10n.t('No AWS keys are stored'),
    l10n.t('Store an access key and its secret, or let the gateway sign with keys stored there.'),
    'setCredentials',
  );

const secretWrong = () =>
  advice(
    l10n.t('The secret access key is wrong'),
    l10n.t('AWS received the request as it was signed, so the secret does not belong to the access key ID.'),
    'setCredentials',
  );

const whose: { readonly [A in Authentication]: () => string } = {
  accessKeys: () => l10n.t('The access key’s identity'),
  apiKey: () => l10n.t('The Bedrock API key’s identity'),
  profile: () => l10n.t('The AWS profile’s identity'),
  gateway: () => l10n.t('The identity whose key the gateway holds'),
};

/** The one action that a way around is known for. */
const streamingAction = 'bedrock:InvokeModelWithResponseStream';

export const credentialsAdvice = {
  credentialsMissing: by({
    accessKeys: noAccessKeys,
    apiKey: () =>
      advice(
        l10n.t('No Bedrock API key is stored'),
        l10n.t('Store one, or choose another way to authenticate.'),
        'setCredentials',
      ),
    // Nothing is needed here then, or it stands in ~/.aws.
    profile: noAccessKeys,
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
    profile: (profile, facts) => {
      const stand = keysStand(profile, facts);
      return advice(
        l10n.t('AWS does not know the access key of the profile “{0}”', profile),
        stand === undefined
          ? l10n.t(
              'The key was deleted or deactivated, or belongs to another partition. New keys go into ~/.aws; signing in again may bring them.',
            )
          : `${stand} ${l10n.t('They were deleted or deactivated, or belong to another partition. Put new ones there.')}`,
        'sendAgain',
        openAwsFile(facts.file),
        'setCredentials',
      );
    },
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
    profile: (profile, facts) => {
      const stand = keysStand(profile, facts);
      return advice(
        l10n.t('The credentials of the profile “{0}” have expired', profile),
        stand === undefined
          ? l10n.t(
              'AWS no longer takes them. Put new ones into ~/.aws, or sign in again with what wrote them there.',
            )
          : `${stand} ${l10n.t('AWS no longer takes them. Put new ones there, or sign in again with what wrote them.')}`,
        'sendAgain',
        openAwsFile(facts.file),
        'setCredentials',
      );
    },
    gateway: () =>
      advice(
        l10n.t('The keys that the gateway holds have expired'),
        l10n.t('Whoever runs the gateway can store long-term ones at Cloudflare.'),
        'setCredentials',
      ),
  }),
  awsSecretWrong: by({
    accessKeys: secretWrong,
    profile: (profile, facts) => {
      const { title, sentence } = secretWrong();
      const stand = keysStand(profile, facts);
      return advice(
        title,
        stand === undefined ? sentence : `${sentence} ${stand}`,
        openAwsFile(facts.file),
        'setCredentials',
      );
    },
    apiKey: secretWrong,
    gateway: secretWrong,
  }),
  awsActionNotAllowed: ({ action = '', authentication = 'accessKeys', model = '' }) =>
    advice(
      l10n.t('An AWS permission is missing'),
      l10n.t(
        '{0} is not allowed {1} for {2}. Whoever manages the AWS account can add it to its IAM policy.',
        whose[authentication](),
        action,
        model,
      ),
      ...(action === streamingAction ? (['sendWithoutStreaming'] as const) : []),
      'selectModel',
      'setCredentials',
    ),
  awsExplicitlyDenied: ({ action = '', model = '' }) =>
    advice(
      l10n.t('A rule of the AWS organization forbids this'),
      l10n.t(
        'An explicit deny (a service control policy, or a policy of this identity) forbids {0} for {1}. It often concerns regions: a model of one geography, instead of global., may be allowed.',
        action || 'bedrock:InvokeModel',
        model,
      ),
      'selectModel',
      'setCredentials',
    ),
  awsAccountRestricted: () =>
    advice(
      l10n.t('The AWS account may not use Bedrock'),
      l10n.t(
        'AWS does not let this account call Bedrock (yet): new, unpaid and restricted accounts are kept out. Whoever manages the account can ask AWS Support.',
      ),
      'setCredentials',
    ),
  awsAccessDenied: ({ authentication = 'accessKeys' }) =>
    advice(
      l10n.t('AWS refuses access'),
      l10n.t(
        '{0} needs the permission bedrock:InvokeModelWithResponseStream (and bedrock:InvokeModel; with a Bedrock API key also bedrock:CallWithBearerToken) for this model, and access to the model in this region.',
        whose[authentication](),
      ),
      'selectModel',
      'setCredentials',
    ),
} satisfies AdviceRows;
