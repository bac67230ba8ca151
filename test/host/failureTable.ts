// The table of docs/failures.md: every kind of failure, in the words of the advice itself.
import { adviceFor } from '../../src/advice/advice';
import type { FailureDetails } from '../../src/core/model/failureDetails';
import { type FailureKind, type Stage, failure, stageOrder, stageOf } from '../../src/core/model/failure';

/** Where the cause lies: with somebody who can fix it, or whom to ask. */
const causes: { readonly [H in Stage]: string } = {
  settings: 'this machine',
  name: 'the network',
  network: 'the network',
  tls: 'the network',
  proxy: 'the network',
  gateway: 'Cloudflare',
  gatewayToken: 'Cloudflare',
  awsCredentials: 'AWS',
  signature: 'AWS',
  model: 'AWS or the model',
  stream: 'AWS, or something on the way back',
};
/** Kinds whose cause lies elsewhere than at the stage where they show. */
const exceptions: { readonly [K in FailureKind]?: string } = {
  connectionForbidden: 'this machine',
  machineExhausted: 'this machine',
  credentialsMissing: 'this machine',
  profileNotFound: 'this machine',
  profileIncomplete: 'this machine',
  ssoSessionExpired: 'this machine',
  loginExpired: 'this machine',
  mfaCancelled: 'this machine',
  mfaRejected: 'this machine',
  credentialProcessFailed: 'this machine',
  credentialsUnreachable: 'the network',
  clockSkewed: 'this machine',
  modelNotForAccount: 'AWS',
  modelNotInCountry: 'the model’s provider',
  dataRetentionUnsuitable: 'AWS',
  promptCachingNotAllowed: 'AWS',
  paymentMethodInvalid: 'AWS',
  maxTokensTooLarge: 'this machine',
  unsignedError: 'unknown',
  answerCompressed: 'something on the way back',
  unknown: 'this extension',
};

/** Placeholders for the details of one failure. */
const details: FailureDetails = {
  host: 'HOST',
  proxy: 'PROXY',
  model: 'MODEL',
  region: 'REGION',
  action: 'ACTION',
  code: 'CODE',
  changed: 'PART',
  elapsed: 300_000,
  profile: 'PROFILE',
};
/** The same, for kinds whose words depend on more. */
const moreDetails: { readonly [K in FailureKind]?: FailureDetails } = {
  blobMissing: { subject: 'NAME' },
  gatewayBudgetUsedUp: { budget: { spent: 1000.42, limit: 1000 } },
  profileNotFound: { profiles: ['OTHER'] },
  profileIncomplete: { problem: 'settingMissing', subject: 'SETTING' },
  ssoRoleDenied: { subject: 'ROLE' },
  mfaRejected: { subject: 'DEVICE' },
  assumeRoleDenied: { subject: 'ROLE' },
  webIdentityFailed: { subject: 'ROLE' },
  credentialProcessFailed: { problem: 'programFailed', subject: 'CODE' },
};

/** The rows, in the order in which a prompt passes the stages. */
export function failureTable(): string {
  const kinds = (Object.keys(stageOf) as FailureKind[]).toSorted(
    (one, other) => stageOrder.indexOf(stageOf[one]) - stageOrder.indexOf(stageOf[other]),
  );
  const rows = kinds.map((kind) => {
    const { title, sentence } = adviceFor(failure(kind, { ...details, ...moreDetails[kind] }));
    return [title, exceptions[kind] ?? causes[stageOf[kind]], sentence];
  });
  return [['The panel says', 'Where the cause lies', 'What to do'], ['---', '---', '---'], ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
}
