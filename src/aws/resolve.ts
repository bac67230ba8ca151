// From what a profile says to credentials: a way for each kind, the protocols the SDK's.
import { readFile } from 'node:fs/promises';
import {
  fromContainerMetadata,
  fromEnv,
  fromHttp,
  fromInstanceMetadata,
  fromLoginCredentials,
  fromTemporaryCredentials,
  fromWebToken,
} from '@aws-sdk/credential-providers';
import { externalDataInterceptor } from '@smithy/core/config';
import { isProfileFailed } from '../core/model/errors';
import { parseJson } from '../core/gateway/response';
import type { AwsCredentials } from '../core/model/ports';
import { abortable } from '../core/model/abortable';
import { fromHome, shortPath } from './files';
import {
  type ResolvedCredentials,
  type ResolveContext,
  cleaned,
  failed,
  note,
  toResolved,
} from './resolveContext';
import { runProgram } from './credentialProcess';
import { type Kind, type Profile, type AmbientSource, originOf } from './profile';
import { loginRefused, roleRefused, webIdentityRefused } from './errors';
import { signInFile } from './signInFile';
import { fromSso } from './sso';

type Obtain<P extends Profile> = (profile: P, obtaining: ResolveContext) => Promise<ResolvedCredentials>;

const ways: { readonly [K in Kind]: Obtain<Extract<Profile, { kind: K }>> } = {
  keys: ({ accessKeyId, secretAccessKey, sessionToken }) =>
    Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }),

  role: async (role, obtaining) => {
    // First those that it is assumed with: nobody is asked for a code in vain.
    const masterCredentials = await resolveCredentials(role.source, obtaining);
    const { wire, askCode, signal, secrets } = obtaining;
    const { profile, mfaSerial: serial, externalId, duration } = role;
    const code = serial === undefined ? undefined : await askCode({ profile, serial }, signal);
    if (serial !== undefined && code === undefined)
      throw failed('mfaCancelled', profile, { subject: serial });
    note(secrets, code);
    const provider = fromTemporaryCredentials({
      masterCredentials: awsCredentials(masterCredentials),
      params: {
        RoleArn: role.roleArn,
        RoleSessionName: role.sessionName ?? sessionName(),
        ...(externalId !== undefined && { ExternalId: externalId }),
        ...(duration !== undefined && { DurationSeconds: duration }),
        ...(serial !== undefined && { SerialNumber: serial }),
      },
      mfaCodeProvider: () => Promise.resolve(code ?? ''),
      clientConfig: wire.client(role.region ?? obtaining.region, role.endpoints.sts),
    });
    return provider().then(toResolved, (error: unknown) => {
      throw roleRefused(error, wire.last, role);
    });
  },

  webIdentity: async (profile, { wire, region, secrets }) => {
    const file = fromHome(profile.tokenFile);
    const token = await readFile(file, 'utf8').catch((error: unknown) => {
      const facts = { problem: 'tokenMissing', subject: shortPath(file) } as const;
      throw failed('webIdentityFailed', profile.profile, facts, error);
    });
    note(secrets, token.trim());
    const provider = fromWebToken({
      webIdentityToken: token.trim(),
      roleArn: profile.roleArn,
      roleSessionName: profile.sessionName ?? sessionName(),
      clientConfig: wire.client(profile.region ?? region, profile.endpoints.sts),
    });
    return provider().then(toResolved, (error: unknown) => {
      throw webIdentityRefused(error, wire.last, profile);
    });
  },

  sso: (sso, obtaining) => fromSso(sso, obtaining),

  login: async (login, { wire, region, secrets }) => {
    // The SDK reads it itself, and may be told it again.
    note(secrets, ...textsIn(parseJson(await readFile(signInFile(login), 'utf8').catch(() => ''))));
    const provider = fromLoginCredentials({
      ...asFile(`[profile ${profileName}]\nlogin_session = ${login.session}\n`),
      clientConfig: wire.client(login.region ?? region, login.endpoints.signin),
    });
    return provider().then(toResolved, (error: unknown) => {
      throw loginRefused(error, wire.last, login);
    });
  },

  process: (profile, obtaining) => runProgram(profile, obtaining),

  environment: (profile) => surroundings(profile, fromEnv()),
  container: (profile) =>
    surroundings(profile, () => fromHttp({})().catch(() => fromContainerMetadata({ timeout: 2000 })())),
  instance: (profile) => surroundings(profile, fromInstanceMetadata({ timeout: 2000 })),

  incomplete: ({ profile, problem, subject }) =>
    Promise.reject(failed('profileIncomplete', profile, { problem, subject })),
};

/**
 * Nobody waits for it once the signal aborts: some of what gives credentials takes no signal, and a drive that is gone
 * never answers.
 * @throws ProfileFailed
 */
export async function resolveCredentials(
  profile: Profile,
  obtaining: ResolveContext,
): Promise<ResolvedCredentials> {
  const { signal, secrets } = obtaining;
  try {
    const way = ways[profile.kind] as Obtain<Profile>;
    const given = await abortable(way(profile, obtaining), signal);
    note(secrets, given.accessKeyId, given.secretAccessKey, given.sessionToken);
    return given;
  } catch (error) {
    if (!(error instanceof Error) || !isProfileFailed(error)) throw error;
    const { kind, details, cause } = cleaned(error, secrets);
    // Of a source it has been said there.
    const origin = details.profile === profile.profile ? originOf(profile) : {};
    throw failed(kind, profile.profile, { ...origin, ...details }, cause);
  }
}

/** All texts in a value, however deep. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What a role names in place of a profile; the only kinds to which the environment has a say. */
async function surroundings({ profile, kind }: AmbientSource, provide: () => Promise<AwsCredentials>) {
  const names = { environment: 'Environment', container: 'EcsContainer', instance: 'Ec2InstanceMetadata' };
  return provide().then(toResolved, (error: unknown) => {
    throw failed('profileIncomplete', profile, { problem: 'sourceEmpty', subject: names[kind] }, error);
  });
}

const awsCredentials = ({ expiration: _, ...credentials }: ResolvedCredentials): AwsCredentials =>
  credentials;

/** Shows up in CloudTrail; not AWS_ROLE_SESSION_NAME, which the SDK would take. */
const sessionName = () => `bedrock-gateway-${Date.now()}`;

const profileName = 'the-one';

/**
 * A profile for those parts of the SDK that read it from a file themselves: one of this content in memory, in
 * the place of the user's, whose names the SDK may not be able to read.
 */
function asFile(content: string) {
  const [filepath, configFilepath] = ['bedrock-gateway:credentials', `bedrock-gateway:${content}`];
  externalDataInterceptor.interceptFile(filepath, '');
  externalDataInterceptor.interceptFile(configFilepath, content);
  return { profile: profileName, filepath, configFilepath };
}
