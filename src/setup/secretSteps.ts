// The steps that ask for keys and tokens. All are stored after the last step, since a new key ID with an old secret
// would be worse than the old pair.
import { l10n } from 'vscode';
import type { Authentication } from '../core/model/request';
import { type SecretStore, type SecretName, type StoredSecrets, isKeyName } from './secretStore';
import { type SecretProblem, secretProblem } from './secretProblem';
import { configuration } from '../settings';
import { type StepResult, type Position, askText } from '../ui/quickInput';
import type { Step } from './steps';

interface SecretStep {
  readonly name: SecretName;
  readonly prompt: () => string;
  readonly optional: boolean;
}

const accessKeyId: SecretStep = {
  name: 'accessKeyId',
  optional: false,
  prompt: () =>
    l10n.t('AWS access key ID. AWS console › IAM › Users › your user › Security credentials › Access keys.'),
};
const secretAccessKey: SecretStep = {
  name: 'secretAccessKey',
  optional: false,
  prompt: () => l10n.t('AWS secret access key. AWS showed it once, when the key was created.'),
};
const sessionToken: SecretStep = {
  name: 'sessionToken',
  optional: true,
  prompt: () =>
    l10n.t('AWS session token, for temporary keys (they begin with ASIA). Leave empty for long-term keys.'),
};
const apiKey: SecretStep = {
  name: 'apiKey',
  optional: false,
  prompt: () =>
    l10n.t(
      'Bedrock API key. AWS console › Amazon Bedrock › API keys. Long-term keys begin with ABSK, short-term ones with bedrock-api-key-.',
    ),
};
const gatewayToken: SecretStep = {
  name: 'gatewayToken',
  optional: true,
  prompt: () =>
    l10n.t(
      'Token of the gateway, if it requires one. In the Cloudflare dashboard: your gateway › Settings › Authenticated Gateway › Create an authentication token.',
    ),
};

const secretsOf: { readonly [A in Authentication]: readonly SecretStep[] } = {
  accessKeys: [accessKeyId, secretAccessKey, sessionToken, gatewayToken],
  apiKey: [apiKey, gatewayToken],
  profile: [gatewayToken],
  gateway: [gatewayToken],
};

/** The expected secret, as a part of a sentence. */
const expectedNames: { readonly [N in SecretName]: () => string } = {
  accessKeyId: () => l10n.t('an AWS access key ID'),
  secretAccessKey: () => l10n.t('the AWS secret access key'),
  sessionToken: () => l10n.t('the AWS session token'),
  apiKey: () => l10n.t('a Bedrock API key'),
  gatewayToken: () => l10n.t('the gateway’s token, created at Cloudflare'),
};

/** What a text looksLike to be, and what is expectedNames. */
const looksLike = (other: () => string) => (name: SecretName) =>
  l10n.t('This looks like {0}. Enter {1}.', other(), expectedNames[name]());

const secretProblems: { readonly [P in SecretProblem]: (name: SecretName) => string } = {
  accessKeyIdShape: () => l10n.t('An access key ID has 16 or more letters and digits, such as AKIA….'),
  notAscii: () =>
    l10n.t('It contains blanks or characters that no such key has. Did you copy more than the key?'),
  severalValues: (name) => l10n.t('This looks like several values. Enter one: {0}.', expectedNames[name]()),
  withName: (name) =>
    l10n.t(
      'There is a name before the value, as in a shell or a file. Enter only the value: {0}.',
      expectedNames[name](),
    ),
  withBearer: (name) => l10n.t('Leave out “Bearer”. Enter what follows it: {0}.', expectedNames[name]()),
  inQuotes: (name) =>
    l10n.t(
      'Leave out quotation marks, and a comma at the end. Enter only the value: {0}.',
      expectedNames[name](),
    ),
  placeholder: (name) =>
    l10n.t(
      'This looks like a placeholder, or a part of the value is hidden. Enter the value itself: {0}.',
      expectedNames[name](),
    ),
  address: looksLike(() => l10n.t('an address or an ARN')),
  seemsAccessKeyId: looksLike(expectedNames.accessKeyId),
  seemsSecretAccessKey: looksLike(() => l10n.t('an AWS secret access key')),
  seemsSessionToken: looksLike(() => l10n.t('an AWS session token')),
  seemsApiKey: looksLike(expectedNames.apiKey),
  seemsGatewayToken: looksLike(() => l10n.t('a token created at Cloudflare')),
  seemsGlobalApiKey: looksLike(() => l10n.t('Cloudflare’s Global API Key')),
  seemsVendorKey: looksLike(() => l10n.t('a key of another vendor')),
  seemsIamId: looksLike(() => l10n.t('the ID of an IAM user or role')),
};

/** The secrets entered during one run of the dialog. */
export class SecretDraft {
  private entered: Partial<StoredSecrets> = {};

  constructor(private readonly credentials: SecretStore) {}

  /** One step for each secret that the chosen authentication method needs. */
  steps(): Step[] {
    const chosen = configuration().get<string>('aws.authentication', '');
    const secrets = secretsOf[Object.hasOwn(secretsOf, chosen) ? (chosen as Authentication) : 'accessKeys'];
    return secrets.map((secret) => (position) => this.ask(secret, position, secret === secrets.at(-1)));
  }

  private async ask(
    { name, prompt, optional }: SecretStep,
    position: Position,
    isLast: boolean,
  ): Promise<StepResult<string>> {
    // Reads all keys at once, since another window may be storing others.
    const stored = await this.credentials.keys();
    const keyId = this.entered.accessKeyId ?? stored.accessKeyId;
    const isRequired = !optional || (name === 'sessionToken' && keyId.startsWith('ASIA'));
    const current = isKeyName(name) ? stored[name] : await this.credentials.get(name);
    // A secret and a session token belong to their key ID and are useless with another one.
    const belongsToOtherKey = isKeyName(name) && name !== 'accessKeyId' && keyId !== stored.accessKeyId;
    const kept = this.entered[name] ?? (belongsToOtherKey ? undefined : current);
    // An empty answer keeps the current value; if that belongs to another key, it removes it.
    const enter = (value: string) => {
      this.entered = { ...this.entered, [name]: value === '-' ? '' : value || (kept ?? '') };
    };
    return askText(position, {
      prompt: prompt(),
      password: true,
      placeHolder: placeHolder(Boolean(kept), isRequired),
      problem: (text) => {
        const value = text.trim();
        if (!value) return kept || !isRequired ? undefined : l10n.t('A value is required.');
        if (value === '-' && kept && !isRequired) return undefined;
        const problem = secretProblem(name, value);
        return problem && secretProblems[problem](name);
      },
      store: async (text) => {
        enter(text.trim());
        if (!isLast) return;
        await this.credentials.store(this.entered);
        this.entered = {};
      },
    });
  }
}

function placeHolder(isStored: boolean, isRequired: boolean): string {
  if (!isStored) return isRequired ? '' : l10n.t('Optional. Press Enter to continue without it.');
  return isRequired
    ? l10n.t('Stored. Press Enter to keep it.')
    : l10n.t('Stored. Press Enter to keep it, or enter a hyphen (-) to remove it.');
}
