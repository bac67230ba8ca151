// Advice for credentials that AWS rejects. The remedy depends on the authentication method.
import { l10n } from 'vscode';
import type { Authentication } from '../core/model/request';
import { fileName, sectionName } from '../aws/strings';
import type { FailureDetails } from '../core/model/failureDetails';
import { formatTime } from '../ui/format';
import { type Advice, type AdviceRow, type AdviceRows, advice, openAwsFile } from './row';

type AdviceByMethod = { readonly [A in Authentication]: (profile: string, facts: FailureDetails) => Advice };

const byMethod =
  (rows: AdviceByMethod): AdviceRow =>
  (facts) =>
    rows[facts.authentication ?? 'accessKeys'](facts.profile ?? 'default', facts);

/** Says which file holds the profile's rejected access keys; undefined if the credentials come from elsewhere. */
function keysLocation(profile: string, { source, file, expiresAt }: FailureDetails): string | undefined {
  if (source !== 'keys' || !file) return undefined;
  const place = l10n.t('The keys are in {0}, under {1}.', fileName(file), sectionName(profile, file));
  if (expiresAt === undefined || expiresAt > Date.now()) return place;
  return `${place} ${l10n.t('According to the file, they expired at {0}.', formatTime(expiresAt))}`;
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

const identityOf: { readonly [A in Authentication]: () => string } = {
  accessKeys: () => l10n.t('The access key’s identity'),
  apiKey: () => l10n.t('The Bedrock API key’s identity'),
  profile: () => l10n.t('The AWS profile’s identity'),
  gateway: () => l10n.t('The identity of the gateway’s key'),
};

/** The only action with a workaround: sending without streaming. */
const streamingAction = 'bedrock:InvokeModelWithResponseStream';

export const credentialsAdvice = {
  credentialsMissing: byMethod({
    accessKeys: noAccessKeys,
    apiKey: () =>
      advice(
        l10n.t('No Bedrock API key is stored'),
        l10n.t('Store one, or choose another authentication method.'),
        'setCredentials',
      ),
    // These two need nothing in VS Code's secret storage.
    profile: noAccessKeys,
    gateway: noAccessKeys,
  }),
  awsKeyUnknown: byMethod({
    accessKeys: () =>
      advice(
        l10n.t('AWS does not know the access key'),
        l10n.t(
          'The key ID is mistyped, the key was deleted or deactivated, it belongs to another AWS partition (such as GovCloud), or its session token is missing.',
        ),
        'setCredentials',
      ),
    apiKey: () =>
      advice(
        l10n.t('AWS does not accept the Bedrock API key'),
        l10n.t(
          'The key is mistyped, was deleted, has expired, or was created in another region. A short-term key works in one region only.',
        ),
        'setCredentials',
        'setUp',
      ),
    profile: (profile, facts) => {
      const location = keysLocation(profile, facts);
      return advice(
        l10n.t('AWS does not know the access key of the profile “{0}”', profile),
        location === undefined
          ? l10n.t(
              'The key was deleted or deactivated, or belongs to another partition. Put new keys into ~/.aws, or sign in again to get them.',
            )
          : `${location} ${l10n.t('They were deleted or deactivated, or belong to another partition. Put new ones there.')}`,
        'sendAgain',
        openAwsFile(facts.file),
        'setCredentials',
      );
    },
    gateway: () =>
      advice(
        l10n.t('AWS does not know the gateway’s key'),
        l10n.t('It was deleted or deactivated. The gateway’s administrator can store another at Cloudflare.'),
        'setCredentials',
      ),
  }),
  awsSessionExpired: byMethod({
    accessKeys: () =>
      advice(
        l10n.t('The AWS session has expired'),
        l10n.t('Temporary keys expire after some hours. Store new ones with their session token.'),
        'setCredentials',
      ),
    apiKey: () =>
      advice(
        l10n.t('The Bedrock API key has expired'),
        l10n.t(
          'Short-term keys expire after 12 hours at most. Create a new one in the AWS console, under Amazon Bedrock › API keys, and store it.',
        ),
        'setCredentials',
      ),
    profile: (profile, facts) => {
      const location = keysLocation(profile, facts);
      return advice(
        l10n.t('The credentials of the profile “{0}” have expired', profile),
        location === undefined
          ? l10n.t(
              'AWS no longer accepts them. Put new ones into ~/.aws, or sign in again with the tool that wrote them.',
            )
          : `${location} ${l10n.t('AWS no longer accepts them. Put new ones there, or sign in again with the tool that wrote them.')}`,
        'sendAgain',
        openAwsFile(facts.file),
        'setCredentials',
      );
    },
    gateway: () =>
      advice(
        l10n.t('The gateway’s keys have expired'),
        l10n.t('The gateway’s administrator can store long-term keys at Cloudflare.'),
        'setCredentials',
      ),
  }),
  awsSecretWrong: byMethod({
    accessKeys: secretWrong,
    profile: (profile, facts) => {
      const { title, sentence } = secretWrong();
      const location = keysLocation(profile, facts);
      return advice(
        title,
        location === undefined ? sentence : `${sentence} ${location}`,
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
        '{0} does not have the permission {1} for {2}. The AWS account’s administrator can add it to the identity’s IAM policy.',
        identityOf[authentication](),
        action,
        model,
      ),
      ...(action === streamingAction ? (['sendWithoutStreaming'] as const) : []),
      'selectModel',
      'setCredentials',
    ),
  awsExplicitlyDenied: ({ action = '', model = '' }) =>
    advice(
      l10n.t('A policy of the AWS organization denies this'),
      l10n.t(
        'An explicit deny (in a service control policy, or in a policy of this identity) applies to {0} for {1}. Such policies often restrict regions: a model of one geography may be allowed where global. is not.',
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
        'AWS does not let this account call Bedrock (yet). This concerns new, unpaid and restricted accounts. The account’s administrator can ask AWS Support.',
      ),
      'setCredentials',
    ),
  awsAccessDenied: ({ authentication = 'accessKeys' }) =>
    advice(
      l10n.t('AWS denied access'),
      l10n.t(
        '{0} needs the permission bedrock:InvokeModelWithResponseStream (and bedrock:InvokeModel; with a Bedrock API key also bedrock:CallWithBearerToken) for this model, and access to the model in this region.',
        identityOf[authentication](),
      ),
      'selectModel',
      'setCredentials',
    ),
} satisfies AdviceRows;
