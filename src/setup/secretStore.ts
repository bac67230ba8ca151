// Keys and tokens. They live in VS Code's SecretStorage, one entry each, and are read anew whenever they are
// needed: another window may have changed them.
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { SecretStorage } from 'vscode';
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

/** The entries that are of use only together, in the order in which they are stored. */
const keyNames = ['accessKeyId', 'secretAccessKey', 'sessionToken'] as const satisfies readonly SecretName[];
type KeyName = (typeof keyNames)[number];
/** What is not there is ''. */
type Keys = Readonly<Pick<StoredSecrets, KeyName>>;

const noKeys: Keys = { accessKeyId: '', secretAccessKey: '', sessionToken: '' };

export function isKeyName(name: SecretName): name is KeyName {
  return keyNames.some((known) => known === name);
}

/**
 * The entry that says which keys belong together: a hash of each. It is stored before they are, so that a window that
 * reads meanwhile, or after another was closed in the middle, finds that some of them do not match it. 0.3.0 and
 * older neither read nor write it.
 */
const seal = 'aws.keysSeal';

const sealOf = (keys: Keys) => keyNames.map((name) => hashOf(keys[name])).join(' ');

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url');
}

/** How keys stand to their seal: all, some or none of them match it. */
function matchOf(keys: Keys, sealed: string): 'all' | 'some' | 'none' {
  const hashes = sealed.split(' ');
  const matches = keyNames.map((name, index) => hashes[index] === hashOf(keys[name]));
  if (matches.every(Boolean)) return 'all';
  // That both have no session token says nothing.
  return keyNames.some((name, index) => keys[name] && matches[index]) ? 'some' : 'none';
}

/** ms between two looks at what another window may be storing. */
const pause = 50;

export class SecretStore implements Secrets {
  /** `patience`: ms for which another window may be storing keys. */
  constructor(
    private readonly storage: SecretStorage,
    private readonly patience = 2000,
  ) {}

  async awsCredentials(): Promise<AwsCredentials | undefined> {
    const { accessKeyId, secretAccessKey, sessionToken } = await this.keys();
    if (!accessKeyId || !secretAccessKey) return undefined;
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  }

  /** Key ID, secret and session token that were stored together; none where what is there does not belong together. */
  async keys(): Promise<Keys> {
    let last = await this.readKeys();
    let isSteady = true;
    for (let looks = this.patience / pause; last.match !== 'all' && looks > 0; looks -= 1) {
      await delay(pause);
      const next = await this.readKeys();
      isSteady &&= sealOf(next.keys) === sealOf(last.keys);
      last = next;
    }
    if (last.match === 'all') return last.keys;
    if (last.match === 'some' || !isSteady) return noKeys;
    // A window that still runs 0.3.0 stored them: a mixture would match the seal in part.
    await this.storage.store(seal, sealOf(last.keys));
    return last.keys;
  }

  private async readKeys(): Promise<{ readonly keys: Keys; readonly match: ReturnType<typeof matchOf> }> {
    const [accessKeyId = '', secretAccessKey = '', sessionToken = ''] = await Promise.all(
      keyNames.map((name) => this.get(name)),
    );
    const keys = { accessKeyId, secretAccessKey, sessionToken };
    // After them: where one of them is new, so is the seal.
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

  /**
   * Stores what is given; an empty text forgets that entry, what is absent stays as it is. But of the keys nothing
   * stays that is another key ID's.
   */
  async store(secrets: Partial<StoredSecrets>): Promise<void> {
    const isOfKeys = (Object.keys(secrets) as SecretName[]).some(isKeyName);
    await this.put(isOfKeys ? await this.sealed(secrets) : secrets);
  }

  /** `secrets` with all keys that are stored then, whose seal is stored already. */
  private async sealed(secrets: Partial<StoredSecrets>): Promise<Partial<StoredSecrets>> {
    const { accessKeyId, secretAccessKey, sessionToken } = secrets;
    const before = await this.keys();
    const id = (accessKeyId ?? before.accessKeyId).trim();
    // With another key ID the secret and the token of before are of no use.
    const kept = id === before.accessKeyId ? before : noKeys;
    const keys = {
      accessKeyId: id,
      secretAccessKey: (secretAccessKey ?? kept.secretAccessKey).trim(),
      sessionToken: (sessionToken ?? kept.sessionToken).trim(),
    };
    await this.storage.store(seal, sealOf(keys));
    return { ...secrets, ...keys };
  }

  /** Stores each; an empty text removes its entry. */
  private async put(values: Partial<StoredSecrets>): Promise<void> {
    for (const name of Object.keys(entries) as SecretName[]) {
      const value = values[name]?.trim();
      if (value === undefined) continue;
      await (value ? this.storage.store(entries[name], value) : this.storage.delete(entries[name]));
    }
  }

  /** Forgets all of them. */
  async clear(): Promise<void> {
    for (const entry of [...Object.values(entries), seal]) await this.storage.delete(entry);
  }
}
