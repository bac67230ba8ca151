// Keys and tokens. They live in VS Code's SecretStorage, one entry each, and are read anew whenever they are
// needed: another window may have changed them.
import type { SecretStorage } from 'vscode';
import type { AwsCredentials, Secrets } from './core/ports';
import type { Authentication } from './core/request';

export interface StoredSecrets {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly apiKey: string;
  readonly gatewayToken: string;
}
export type SecretName = keyof StoredSecrets;

const entries: { readonly [N in SecretName]: string } = {
  accessKeyId: 'aws.accessKeyId',
  secretAccessKey: 'aws.secretAccessKey',
  sessionToken: 'aws.sessionToken',
  apiKey: 'aws.apiKey',
  gatewayToken: 'gateway.token',
};

export class Credentials implements Secrets {
  constructor(private readonly storage: SecretStorage) {}

  async awsCredentials(): Promise<AwsCredentials | undefined> {
    const [accessKeyId, secretAccessKey, sessionToken] = await Promise.all([
      this.get('accessKeyId'),
      this.get('secretAccessKey'),
      this.get('sessionToken'),
    ]);
    if (!accessKeyId || !secretAccessKey) return undefined;
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }

  apiKey(): Promise<string | undefined> {
    return this.get('apiKey');
  }

  gatewayToken(): Promise<string | undefined> {
    return this.get('gatewayToken');
  }

  /** Whether what `authentication` needs is stored here. */
  async suffice(authentication: Authentication): Promise<boolean> {
    const needed: { readonly [A in Authentication]: () => Promise<unknown> } = {
      accessKeys: () => this.awsCredentials(),
      apiKey: () => this.apiKey(),
      // What it needs stands in ~/.aws.
      profile: () => Promise.resolve(true),
      gateway: () => Promise.resolve(true),
    };
    return Boolean(await needed[authentication]());
  }

  async get(name: SecretName): Promise<string | undefined> {
    return (await this.storage.get(entries[name])) ?? undefined;
  }

  /** Stores what is given; an empty text forgets that entry, what is absent stays as it is. */
  async store(secrets: Partial<StoredSecrets>): Promise<void> {
    for (const name of Object.keys(entries) as SecretName[]) {
      const value = secrets[name]?.trim();
      if (value === undefined) continue;
      await (value ? this.storage.store(entries[name], value) : this.storage.delete(entries[name]));
    }
  }

  /** Forgets all of them. */
  async clear(): Promise<void> {
    for (const entry of Object.values(entries)) await this.storage.delete(entry);
  }
}
