// The result and the warning of each stage, in the user's language.
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

const resultTexts: { readonly [H in CheckStage]: (found: StageResult[H]) => string } = {
  settings: ({ model, region }) => l10n.t('{0} in {1}', model, region),
  connection: connectionText,
  gateway: ({ status, code }) =>
    l10n.t('It forwarded a request to AWS, which refused it as expected ({0}).', `${status} ${code}`.trim()),
  gatewayToken: ({ sent }) =>
    sent
      ? l10n.t('The gateway accepts the stored token, or requires none.')
      : l10n.t('The gateway requires none.'),
  awsCredentials: credentialsText,
  signature: ({ by }) => signatureTexts[by](),
  model: ({ firstText }) =>
    firstText === undefined
      ? l10n.t('The reply is empty.')
      : l10n.t('First word after {0}.', secondsText(firstText)),
  stream: ({ arrives }) => streamTexts[arrives](),
  log: ({ logId, logs }) =>
    logId ?? (logs === 'none' ? l10n.t('None, as the setting gateway.logs requests.') : ''),
};

/** The result of a stage that passed. */
export function resultText({ stage, result }: StagePassed): string {
  return (resultTexts[stage] as (found: StagePassed['result']) => string)(result);
}

/** The authentication method. */
export function authenticationText({
  authentication,
  profile = '',
}: Pick<RequestConfig, 'authentication' | 'profile'>): string {
  return authenticationTexts[authentication](profile);
}

const authenticationTexts: { readonly [A in Authentication]: (profile: string) => string } = {
  accessKeys: () => l10n.t('AWS access keys'),
  apiKey: () => l10n.t('Bedrock API key'),
  profile: (profile) => l10n.t('AWS profile “{0}”', profile),
  gateway: () => l10n.t('AWS keys stored in the gateway'),
};

/** The role and account of a profile, and when its credentials expire, as far as known; '' if nothing is. */
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

function connectionText({ hostname, remote, proxy, tls, http, connected }: Connection): string {
  const to =
    remote === undefined
      ? hostname
      : proxy
        ? l10n.t('{0}, through {1}', hostname, remote)
        : l10n.t('{0}, at {1}', hostname, remote);
  const details = [tls, http && `HTTP/${http}`, connected !== undefined && secondsText(connected)];
  return [to, ...details].filter(Boolean).join(' · ');
}

function credentialsText({ authentication, keyEnd, temporary, profile, alias }: CheckedCredentials): string {
  if (authentication === 'gateway')
    return alias
      ? l10n.t('The gateway’s own, stored under the alias {0}.', alias)
      : l10n.t('The gateway’s own, its default key.');
  const kind = temporary ? l10n.t('temporary') : l10n.t('long-term');
  if (authentication === 'apiKey') return l10n.t('Bedrock API key ({0})', kind);
  const key = keyEnd ? `…${keyEnd} (${kind})` : kind;
  return profile ? l10n.t('Profile {0}, access key {1}', profile, key) : l10n.t('Access key {0}', key);
}

const signatureTexts: { readonly [A in Authentication]: () => string } = {
  accessKeys: () => l10n.t('AWS accepts the signature.'),
  profile: () => l10n.t('AWS accepts the signature.'),
  apiKey: () => l10n.t('Not needed: AWS accepts the API key.'),
  gateway: () => l10n.t('The gateway signs, and AWS accepts the signature.'),
};

const streamTexts: { readonly [A in StageResult['stream']['arrives']]: () => string } = {
  intact: () => l10n.t('The stream arrives in parts, unchanged.'),
  whole: () => l10n.t('The gateway forwards replies all at once, unchanged.'),
  damaged: () => l10n.t('The stream arrives damaged.'),
  notStreamed: () => l10n.t('Not checked, because the setting request.stream is “off”.'),
};

export function warningText(warning: Warning): string {
  switch (warning.kind) {
    case 'clock':
      return warning.by < 0
        ? l10n.t(
            'The clock of this machine is {0} behind AWS’s. The extension signs prompts with AWS’s time, which takes one more request each. Set the clock.',
            durationText(-warning.by),
          )
        : l10n.t(
            'The clock of this machine is {0} ahead of AWS’s. The extension signs prompts with AWS’s time, which takes one more request each. Set the clock.',
            durationText(warning.by),
          );
    case 'colonRewritten':
      return l10n.t('The gateway rewrites “:” in model IDs. The extension now signs prompts accordingly.');
    case 'streamDamaged':
      return l10n.t(
        'The extension now requests replies without streaming, until a check finds that streams arrive intact.',
      );
    case 'noLogId':
      return l10n.t('The gateway returned no log ID. Its logs may be turned off at Cloudflare.');
  }
}

/** `ms` in seconds. */
export function secondsText(ms: number): string {
  return l10n.t('{0} s', formatSeconds(ms, 2));
}
