// The steps that ask for keys and tokens. They are stored together after the last: a new key ID beside an old
// secret would be worse than what was there before.
import { l10n } from 'vscode';
import type { Authentication } from '../core/model/request';
import { type SecretStore, type SecretName, type StoredSecrets, isKeyName } from './secretStore';
import { type SecretProblem, secretProblem } from './secretProblem';
import { configuration } from '../settings';
import { type StepResult, type Position, askText } from '../ui/quickInput';
import type { Step } from './steps';

interface SecretQuestion {
  readonly name: SecretName;
  readonly prompt: () => string;
  readonly optional: boolean;
}

const accessKeyId: SecretQuestion = {
  name: 'accessKeyId',
  optional: false,
  prompt: () =>
    l10n.t('AWS access key ID. AWS console › IAM › Users › your user › Security credentials › Access keys.'),
};
const secretAccessKey: SecretQuestion = {
  name: 'secretAccessKey',
  optional: false,
  prompt: () => l10n.t('AWS secret access key. It was shown once, when the key was made.'),
};
const sessionToken: SecretQuestion = {
  name: 'sessionToken',
  optional: true,
  prompt: () =>
    l10n.t('AWS session token, for temporary keys (they begin with ASIA). Leave empty for long-term keys.'),
};
const apiKey: SecretQuestion = {
  name: 'apiKey',
  optional: false,
  prompt: () =>
    l10n.t(
      'Bedrock API key. AWS console › Amazon Bedrock › API keys. Long-term keys begin with ABSK, short-term ones with bedrock-api-key-.',
    ),
};
const gatewayToken: SecretQuestion = {
  name: 'gatewayToken',
  optional: true,
  prompt: () =>
    l10n.t(
      'Token of the gateway, if it asks for one. In the Cloudflare dashboard: your gateway › Settings › Authenticated Gateway › Create an authentication token.',
    ),
};

const secretsOf: { readonly [A in Authentication]: readonly SecretQuestion[] } = {
  accessKeys: [accessKeyId, secretAccessKey, sessionToken, gatewayToken],
  apiKey: [apiKey, gatewayToken],
  profile: [gatewayToken],
  gateway: [gatewayToken],
};

/** What is asked for, as a part of a sentence. */
const wanted: { readonly [N in SecretName]: () => string } = {
  accessKeyId: () => l10n.t('an AWS access key ID'),
  secretAccessKey: () => l10n.t('the AWS secret access key'),
  sessionToken: () => l10n.t('the AWS session token'),
  apiKey: () => l10n.t('a Bedrock API key'),
  gatewayToken: () => l10n.t('the token of the gateway, made at Cloudflare'),
};

/** What a text seems to be, and what is wanted. */
const seems = (other: () => string) => (name: SecretName) =>
  l10n.t('This looks like {0}. Enter {1}.', other(), wanted[name]());

const secretProblems: { readonly [P in SecretProblem]: (name: SecretName) => string } = {
  accessKeyIdShape: () => l10n.t('An access key ID has 16 or more letters and digits, such as AKIA….'),
  notAscii: () => l10n.t('It holds blanks or characters that no such key has. Was more copied than the key?'),
  severalValues: (name) => l10n.t('This looks like several values. Enter one: {0}.', wanted[name]()),
  withName: (name) =>
    l10n.t(
      'There is a name before the value, as in a shell or a file. Enter the value alone: {0}.',
      wanted[name](),
    ),
  withBearer: (name) => l10n.t('Leave out “Bearer”. Enter what follows it: {0}.', wanted[name]()),
  inQuotes: (name) =>
    l10n.t('Leave out quotation marks, and a comma at the end. Enter the value alone: {0}.', wanted[name]()),
  placeholder: (name) =>
    l10n.t(
      'This looks like a placeholder, or a part of the value is hidden. Enter the value itself: {0}.',
      wanted[name](),
    ),
  address: seems(() => l10n.t('an address or an ARN')),
  seemsAccessKeyId: seems(wanted.accessKeyId),
  seemsSecretAccessKey: seems(() => l10n.t('an AWS secret access key')),
  seemsSessionToken: seems(() => l10n.t('an AWS session token')),
  seemsApiKey: seems(wanted.apiKey),
  seemsGatewayToken: seems(() => l10n.t('a token made at Cloudflare')),
  seemsGlobalApiKey: seems(() => l10n.t('Cloudflare’s Global API Key')),
  seemsVendorKey: seems(() => l10n.t('a key of another vendor')),
  seemsIamId: seems(() => l10n.t('the ID of an IAM user or role')),
};

/** What is typed in one walk through a dialog. */
export class SecretDraft {
  private typed: Partial<StoredSecrets> = {};

  constructor(private readonly credentials: SecretStore) {}

  /** One step for each secret that the chosen way of authenticating needs. */
  steps(): Step[] {
    const chosen = configuration().get<string>('aws.authentication', '');
    const questions = secretsOf[Object.hasOwn(secretsOf, chosen) ? (chosen as Authentication) : 'accessKeys'];
    return questions.map(
      (question) => (position) => this.ask(question, position, question === questions.at(-1)),
    );
  }

  private async ask(
    { name, prompt, optional }: SecretQuestion,
    position: Position,
    isLast: boolean,
  ): Promise<StepResult<string>> {
    // Of one moment: another window may be storing others.
    const stored = await this.credentials.keys();
    const keyId = this.typed.accessKeyId ?? stored.accessKeyId;
    const needed = !optional || (name === 'sessionToken' && keyId.startsWith('ASIA'));
    const known = isKeyName(name) ? stored[name] : await this.credentials.get(name);
    // A secret and a session token belong to their key ID; with another one they are of no use.
    const isOthers = isKeyName(name) && name !== 'accessKeyId' && keyId !== stored.accessKeyId;
    const kept = this.typed[name] ?? (isOthers ? undefined : known);
    // An empty answer keeps what there is; where that belongs to another key, it forgets it.
    const take = (value: string) => {
      this.typed = { ...this.typed, [name]: value === '-' ? '' : value || (kept ?? '') };
    };
    return askText(position, {
      prompt: prompt(),
      password: true,
      placeHolder: placeHolder(Boolean(kept), needed),
      problem: (text) => {
        const value = text.trim();
        if (!value) return kept || !needed ? undefined : l10n.t('This is needed.');
        if (value === '-' && kept && !needed) return undefined;
        const problem = secretProblem(name, value);
        return problem && secretProblems[problem](name);
      },
      store: async (text) => {
        take(text.trim());
        if (!isLast) return;
        await this.credentials.store(this.typed);
        this.typed = {};
      },
    });
  }
}

function placeHolder(kept: boolean, needed: boolean): string {
  if (!kept) return needed ? '' : l10n.t('Optional. Enter goes on without it.');
  return needed
    ? l10n.t('Stored. Enter keeps it.')
    : l10n.t('Stored. Enter keeps it; a hyphen (-) forgets it.');
}
