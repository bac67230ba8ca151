// Resolves the credentials of a profile, with the SDK's providers.
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
  withoutSecrets,
  failed,
  addSecrets,
  toResolved,
} from './resolveContext';
import { runProgram } from './credentialProcess';
import { type Kind, type Profile, type AmbientSource, originOf } from './profile';
import { loginRefused, roleRefused, webIdentityRefused } from './errors';
import { signInFile } from './signInFile';
import { fromSso } from './sso';

type Resolver<P extends Profile> = (profile: P, context: ResolveContext) => Promise<ResolvedCredentials>;

const resolvers: { readonly [K in Kind]: Resolver<Extract<Profile, { kind: K }>> } = {
  keys: ({ accessKeyId, secretAccessKey, sessionToken }) =>
    Promise.resolve({ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) }),

  role: async (role, context) => {
    // Resolve the source first, so that the user is not asked for a code in vain.
    const masterCredentials = await resolveCredentials(role.source, context);
    const { handler, askCode, signal, secrets } = context;
    const { profile, mfaSerial: serial, externalId, duration } = role;
    const code = serial === undefined ? undefined : await askCode({ profile, serial }, signal);
    if (serial !== undefined && code === undefined)
      throw failed('mfaCancelled', profile, { subject: serial });
    addSecrets(secrets, code);
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
      clientConfig: handler.client(role.region ?? context.region, role.endpoints.sts),
    });
    return provider().then(toResolved, (error: unknown) => {
      throw roleRefused(error, handler.last, role);
    });
  },

  webIdentity: async (profile, { handler, region, secrets }) => {
    const file = fromHome(profile.tokenFile);
    const token = await readFile(file, 'utf8').catch((error: unknown) => {
      const details = { problem: 'tokenMissing', subject: shortPath(file) } as const;
      throw failed('webIdentityFailed', profile.profile, details, error);
    });
    addSecrets(secrets, token.trim());
    const provider = fromWebToken({
      webIdentityToken: token.trim(),
      roleArn: profile.roleArn,
      roleSessionName: profile.sessionName ?? sessionName(),
      clientConfig: handler.client(profile.region ?? region, profile.endpoints.sts),
    });
    return provider().then(toResolved, (error: unknown) => {
      throw webIdentityRefused(error, handler.last, profile);
    });
  },

  sso: (sso, context) => fromSso(sso, context),

  login: async (login, { handler, region, secrets }) => {
    // The SDK reads this file itself; its secrets may be quoted in errors.
    addSecrets(secrets, ...textsIn(parseJson(await readFile(signInFile(login), 'utf8').catch(() => ''))));
    const provider = fromLoginCredentials({
      ...asFile(`[profile ${profileName}]\nlogin_session = ${login.session}\n`),
      clientConfig: handler.client(login.region ?? region, login.endpoints.signin),
    });
    return provider().then(toResolved, (error: unknown) => {
      throw loginRefused(error, handler.last, login);
    });
  },

  process: (profile, context) => runProgram(profile, context),

  environment: (profile) => resolveAmbient(profile, fromEnv()),
  container: (profile) =>
    resolveAmbient(profile, () => fromHttp({})().catch(() => fromContainerMetadata({ timeout: 2000 })())),
  instance: (profile) => resolveAmbient(profile, fromInstanceMetadata({ timeout: 2000 })),

  incomplete: ({ profile, problem, subject }) =>
    Promise.reject(failed('profileIncomplete', profile, { problem, subject })),
};

/**
 * Resolves the credentials of a profile. Stops waiting when the signal aborts: some providers take no signal, and an
 * unreachable drive never responds.
 * @throws ProfileFailed
 */
export async function resolveCredentials(
  profile: Profile,
  context: ResolveContext,
): Promise<ResolvedCredentials> {
  const { signal, secrets } = context;
  try {
    const resolver = resolvers[profile.kind] as Resolver<Profile>;
    const credentials = await abortable(resolver(profile, context), signal);
    addSecrets(secrets, credentials.accessKeyId, credentials.secretAccessKey, credentials.sessionToken);
    return credentials;
  } catch (error) {
    if (!(error instanceof Error) || !isProfileFailed(error)) throw error;
    const { kind, details, cause } = withoutSecrets(error, secrets);
    // The failure of a source profile has its own origin.
    const origin = details.profile === profile.profile ? originOf(profile) : {};
    throw failed(kind, profile.profile, { ...origin, ...details }, cause);
  }
}

/** All strings in a value, at any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The `credential_source` of a role: the only kinds for which the environment is used. */
async function resolveAmbient({ profile, kind }: AmbientSource, provide: () => Promise<AwsCredentials>) {
  const names = { environment: 'Environment', container: 'EcsContainer', instance: 'Ec2InstanceMetadata' };
  return provide().then(toResolved, (error: unknown) => {
    throw failed('profileIncomplete', profile, { problem: 'sourceEmpty', subject: names[kind] }, error);
  });
}

const awsCredentials = ({ expiration: _, ...credentials }: ResolvedCredentials): AwsCredentials =>
  credentials;

/** Visible in CloudTrail. Not AWS_ROLE_SESSION_NAME, which the SDK would use. */
const sessionName = () => `bedrock-gateway-${Date.now()}`;

const profileName = 'the-one';

/**
 * A virtual file for SDK providers that read a profile from a file: in memory, in place of the user's file, whose
 * profile names the SDK may not be able to read.
 */
function asFile(content: string) {
  const [filepath, configFilepath] = ['bedrock-gateway:credentials', `bedrock-gateway:${content}`];
  externalDataInterceptor.interceptFile(filepath, '');
  externalDataInterceptor.interceptFile(configFilepath, content);
  return { profile: profileName, filepath, configFilepath };
}
