// Stores keys and tokens in VS Code's SecretStorage, one entry each. They are read again for each use, since another
// window may have changed them.
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Disposable, SecretStorage } from 'vscode';
import type { AwsCredentials, Secrets } from '../core/model/ports';
import type { Authentication } from '../core/model/request';

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

/** The entries that are only useful together, in the order in which they are stored. */
const keyNames = ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const satisfies readonly SecretName[];
type KeyName = (typeof keyNames)[number];
/** '' for a key that is not stored. */
type Keys = Readonly<Pick<StoredSecrets, KeyName>>;

const noKeys: Keys = { accessKeyId: '', secretAccessKey: '', sessionToken: '' };

export function isKeyName(name: SecretName): name is KeyName {
  return keyNames.some((known) => known === name);
}

/**
 * The name of an entry with a hash of each key, which shows which keys belong together. It is stored before the keys:
 * if another window reads them meanwhile, or this one closes halfway, some keys do not match. Versions up to 0.3.0
 * neither read nor write it.
 */
const seal = 'aws.keysSeal';

const sealOf = (keys: Keys) => keyNames.map((name) => hashOf(keys[name])).join(' ');

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** Whether all, some or none of the keys match the seal. */
function matchOf(keys: Keys, sealed: string): 'all' | 'some' | 'none' {
  const hashes = sealed.split(' ');
  const matches = keyNames.map((name, index) => hashes[index] === hashOf(keys[name]));
  if (matches.every(Boolean)) return 'all';
  // Two missing session tokens do not count as a match.
  return keyNames.some((name, index) => keys[name] && matches[index]) ? 'some' : 'none';
}

/** ms between two reads while another window may be storing keys. */
const pollIntervalMs = 50;

export class SecretStore implements Secrets {
  /** `storeTimeoutMs`: how long to wait for another window that may be storing keys. */
  constructor(
    private readonly storage: SecretStorage,
    private readonly storeTimeoutMs = 2000,
  ) {}

  /** Calls `listener` when this window or another one stores or removes a secret. */
  onDidChange(listener: () => void): Disposable {
    const names = Object.values(entries);
    return this.storage.onDidChange(({ key }) => names.includes(key) && listener());
  }

  async awsCredentials(): Promise<AwsCredentials | undefined> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.keys();
    if (!accessKeyId || !secretAccessKey) return undefined;
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }

  /** The key ID, secret and session token that were stored together; all '' if the stored ones do not belong together. */
  async keys(): Promise<Keys> {
    let last = await this.readKeys();
    let isSteady = true;
    for (let polls = this.storeTimeoutMs / pollIntervalMs; last.match !== 'all' && polls > 0; polls -= 1) {
      await delay(pollIntervalMs);
      const next = await this.readKeys();
      isSteady &&= sealOf(next.keys) === sealOf(last.keys);
      last = next;
    }
    if (last.match === 'all') return last.keys;
    if (last.match === 'some' || !isSteady) return noKeys;
    // Another window with version 0.3.0 stored them: a mixture would match the seal partly.
    await this.storage.store(seal, sealOf(last.keys));
    return last.keys;
  }

  private async readKeys(): Promise<{ readonly keys: Keys; readonly match: ReturnType<typeof matchOf> }> {
    const [accessKeyId = '', secretAccessKey = '', sessionToken = ''] = await Promise.all(
      keyNames.map((name) => this.get(name)),
    );
    const keys = { accessKeyId, secretAccessKey, sessionToken };
    // Read the seal after the keys: if one of them is new, the seal is new too.
    const sealed = await this.storage.get(seal);
    const isEmpty = !accessKeyId && !secretAccessKey && !sessionToken;
    return { keys, match: isEmpty || sealed === undefined ? 'all' : matchOf(keys, sealed) };
  }

  apiKey(): Promise<string | undefined> {
    return this.get('apiKey');
  }

  gatewayToken(): Promise<string | undefined> {
    return this.get('gatewayToken');
  }

  /** Whether the secrets that an authentication method needs are stored. */
  async suffice(authentication: Authentication): Promise<boolean> {
    const needed: { readonly [A in Authentication]: () => Promise<unknown> } = {
      accessKeys: () => this.awsCredentials(),
      apiKey: () => this.apiKey(),
      // Its credentials are in ~/.aws.
      profile: () => Promise.resolve(true),
      gateway: () => Promise.resolve(true),
    };
    return Boolean(await needed[authentication]());
  }

  async get(name: SecretName): Promise<string | undefined> {
    return (await this.storage.get(entries[name])) ?? undefined;
  }

  /**
   * Stores the given secrets; an empty string removes an entry, and an absent one stays. With a new key ID, the secret
   * and the session token of the old one are removed.
   */
  async store(secrets: Partial<StoredSecrets>): Promise<void> {
    const hasKeys = (Object.keys(secrets) as SecretName[]).some(isKeyName);
    await this.put(hasKeys ? await this.sealed(secrets) : secrets);
  }

  /** Stores the seal of the keys to come. Returns `secrets` completed by all of these keys. */
  private async sealed(secrets: Partial<StoredSecrets>): Promise<Partial<StoredSecrets>> {
    const { accessKeyId, secretAccessKey, sessionToken } = secrets;
    const before = await this.keys();
    const id = (accessKeyId ?? before.accessKeyId).trim();
    // With another key ID, the old secret and session token are useless.
    const kept = id === before.accessKeyId ? before : noKeys;
    const keys = {
      accessKeyId: id,
      secretAccessKey: (secretAccessKey ?? kept.secretAccessKey).trim(),
      sessionToken: (sessionToken ?? kept.sessionToken).trim(),
    };
    await this.storage.store(seal, sealOf(keys));
    return { ...secrets, ...keys };
  }

  /** Stores each value; an empty string removes its entry. */
  private async put(values: Partial<StoredSecrets>): Promise<void> {
    for (const name of Object.keys(entries) as SecretName[]) {
      const value = values[name]?.trim();
      if (value === undefined) continue;
      await (value ? this.storage.store(entries[name], value) : this.storage.delete(entries[name]));
    }
  }

  /** Whether all of these secrets are stored already; an empty string stands for none. */
  async holds(secrets: Partial<StoredSecrets>): Promise<boolean> {
    const keys = await this.keys();
    for (const name of Object.keys(secrets) as SecretName[]) {
      const stored = isKeyName(name) ? keys[name] : await this.get(name);
      if (secrets[name] !== undefined && secrets[name].trim() !== (stored ?? '')) return false;
    }
    return true;
  }

  /** Removes all entries. */
  async clear(): Promise<void> {
    for (const entry of [...Object.values(entries), seal]) await this.storage.delete(entry);
  }
}
