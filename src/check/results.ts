// What was found at a stage, and what is not as it should be there, in words.
import { l10n } from 'vscode';
import type {
  Warning,
  CheckStage,
  Connection,
  CheckedCredentials,
  StageResult,
  StagePassed,
} from '../core/check/report';
import type { Authentication } from '../core/model/request';
import type { Description } from '../aws/profileStore';
import { fileName, describeUnusedSources } from '../aws/strings';
import { durationText } from '../advice/row';
import { formatSeconds, formatTime } from '../ui/format';
import type { RequestConfig } from '../prompt/requestBuilder';

export const stageTitles: { readonly [H in CheckStage]: () => string } = {
  settings: () => l10n.t('Settings'),
  connection: () => l10n.t('Name and connection'),
  gateway: () => l10n.t('Gateway'),
  gatewayToken: () => l10n.t('Gateway token'),
  awsCredentials: () => l10n.t('AWS credentials'),
  signature: () => l10n.t('Signature'),
  model: () => l10n.t('Model'),
  stream: () => l10n.t('Stream'),
  log: () => l10n.t('Gateway log'),
};

const words: { readonly [H in CheckStage]: (found: StageResult[H]) => string } = {
  settings: ({ model, region }) => l10n.t('{0} in {1}', model, region),
  connection: connectionWords,
  gateway: ({ status, code }) =>
    l10n.t('It passed a request on to AWS, which refused it as it should ({0}).', `${status} ${code}`.trim()),
  gatewayToken: ({ sent }) =>
    sent ? l10n.t('The stored token is accepted, or none is needed.') : l10n.t('The gateway asks for none.'),
  awsCredentials: credentialsWords,
  signature: ({ by }) => signatureWords[by](),
  model: ({ firstText }) =>
    firstText === undefined
      ? l10n.t('It answered without a word.')
      : l10n.t('First word after {0}.', secondsText(firstText)),
  stream: ({ arrives }) => streamWords[arrives](),
  log: ({ logId, logs }) =>
    logId ?? (logs === 'none' ? l10n.t('None, as the setting gateway.logs asks for.') : ''),
};

/** What is said of a stage that was passed. */
export function resultText({ stage, result }: StagePassed): string {
  return (words[stage] as (found: StagePassed['result']) => string)(result);
}

/** Who is to authenticate to AWS. */
export function authenticationText({
  authentication,
  profile = '',
}: Pick<RequestConfig, 'authentication' | 'profile'>): string {
  return ways[authentication](profile);
}

const ways: { readonly [A in Authentication]: (profile: string) => string } = {
  accessKeys: () => l10n.t('AWS access keys'),
  apiKey: () => l10n.t('Bedrock API key'),
  profile: (profile) => l10n.t('AWS profile “{0}”', profile),
  gateway: () => l10n.t('AWS keys stored in the gateway'),
};

/** Who a profile is at AWS, and until when it is that: what is known of it. */
export function identityText({
  role,
  account,
  expiration,
  expiresAt = expiration,
  source,
  file,
  unusedSources = [],
}: Omit<Description, 'profile' | 'kind'>): string {
  return [
    role !== undefined && account !== undefined
      ? l10n.t('role {0} in account {1}', role, account)
      : role !== undefined && l10n.t('role {0}', role),
    source === 'keys' && file && l10n.t('in {0}', fileName(file)),
    expiresAt !== undefined &&
      (expiresAt > Date.now()
        ? l10n.t('until {0}', formatTime(expiresAt))
        : l10n.t('expired {0}', formatTime(expiresAt))),
    unusedSources.length > 0 && l10n.t('not used: {0}', describeUnusedSources(unusedSources)),
  ]
    .filter(Boolean)
    .join(' · ');
}

function connectionWords({ hostname, remote, proxy, tls, http, connected }: Connection): string {
  const to =
    remote === undefined
      ? hostname
      : proxy
        ? l10n.t('{0}, through {1}', hostname, remote)
        : l10n.t('{0}, at {1}', hostname, remote);
  const how = [tls, http && `HTTP/${http}`, connected !== undefined && secondsText(connected)];
  return [to, ...how].filter(Boolean).join(' · ');
}

function credentialsWords({ authentication, keyEnd, temporary, profile, alias }: CheckedCredentials): string {
  if (authentication === 'gateway')
    return alias
      ? l10n.t('The gateway’s own, stored under the alias {0}.', alias)
      : l10n.t('The gateway’s own, its default key.');
  const kind = temporary ? l10n.t('temporary') : l10n.t('long-term');
  if (authentication === 'apiKey') return l10n.t('Bedrock API key ({0})', kind);
  const key = keyEnd ? `…${keyEnd} (${kind})` : kind;
  return profile ? l10n.t('Profile {0}, access key {1}', profile, key) : l10n.t('Access key {0}', key);
}

const signatureWords: { readonly [A in Authentication]: () => string } = {
  accessKeys: () => l10n.t('AWS accepts it.'),
  profile: () => l10n.t('AWS accepts it.'),
  apiKey: () => l10n.t('Not needed: AWS accepts the API key.'),
  gateway: () => l10n.t('The gateway signs, and AWS accepts it.'),
};

const streamWords: { readonly [A in StageResult['stream']['arrives']]: () => string } = {
  intact: () => l10n.t('It arrives piece by piece, unchanged.'),
  whole: () => l10n.t('The gateway passes replies on in one piece, unchanged.'),
  damaged: () => l10n.t('It arrives damaged.'),
  notStreamed: () => l10n.t('Not checked, since the setting request.stream is “off”.'),
};

export function warningText(caution: Warning): string {
  switch (caution.kind) {
    case 'clock':
      return caution.by < 0
        ? l10n.t(
            'The clock of this machine is {0} behind AWS’s. Prompts are signed with AWS’s time, at the cost of one more request each: set the clock.',
            durationText(-caution.by),
          )
        : l10n.t(
            'The clock of this machine is {0} ahead of AWS’s. Prompts are signed with AWS’s time, at the cost of one more request each: set the clock.',
            durationText(caution.by),
          );
    case 'colonRewritten':
      return l10n.t(
        'The gateway rewrites “:” in model IDs on the way. Prompts are signed for that from now on.',
      );
    case 'streamDamaged':
      return l10n.t('Replies are asked for whole from now on, until a check finds the stream mended.');
    case 'noLogId':
      return l10n.t('The gateway gave no log ID. Its logs may be switched off at Cloudflare.');
  }
}

/** ms as seconds. */
export function secondsText(ms: number): string {
  return l10n.t('{0} s', formatSeconds(ms, 2));
}
