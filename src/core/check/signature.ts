// Checks whether AWS accepts the credentials, with requests that AWS refuses for another reason.
import { clockOffsetTo } from '../retryPolicy';
import { classify } from '../failures/classify';
import { CredentialsMissing } from '../model/errors';
import type { Authentication } from '../model/request';
import { abortable } from '../model/abortable';
import { StageFailed, isAccepted, failedStage } from './target';
import { type Probed, sendProbe, type AnsweredProbe } from './probe';
import type { GatewayQuirks } from '../model/ports';
import type { Plan } from '../model/attempt';
import type { CheckContext } from './context';
import type { Warning, CheckEvent, CheckedCredentials } from './report';

/** An ID with a colon, used if the model's has none, to test how the gateway handles colons. */
const withColon = 'anthropic.connection-check-v1:0';

/** The headers for a guardrail in InvokeModel, which are signed. Converse ignores them. */
const signedHeaders = {
  'x-amzn-bedrock-guardrailidentifier': 'check',
  'x-amzn-bedrock-guardrailversion': '1',
};

/** `unsigned` is the result of the probe without AWS credentials. */
export async function* checkSignature(
  context: CheckContext,
  unsigned: AnsweredProbe,
): AsyncGenerator<CheckEvent, void> {
  const { authentication } = context.request;
  yield { type: 'running', stage: 'awsCredentials' };
  const result = await resolveIdentity(context);
  if (authentication === 'gateway') {
    // That probe is like a prompt with this method. If AWS refused it, the cause is the gateway's key, or the gateway.
    const { failure } = unsigned;
    const failedAt = failure.stage === 'gateway' ? failedStage(failure, 'awsCredentials') : 'awsCredentials';
    if (!isAccepted(failure)) throw new StageFailed(failedAt, failure);
    yield { type: 'passed', stage: 'awsCredentials', result };
    const { requestIds } = unsigned.response;
    yield { type: 'passed', stage: 'signature', result: { by: authentication }, requestIds };
    return;
  }
  yield { type: 'passed', stage: 'awsCredentials', result };
  yield { type: 'running', stage: 'signature' };
  yield* signing[authentication](context);
}

const identities: { readonly [A in Authentication]: (context: CheckContext) => Promise<CheckedCredentials> } =
  {
    accessKeys: async ({ ports }) => {
      const keys = await ports.secrets.awsCredentials();
      if (!keys) throw new CredentialsMissing();
      const { accessKeyId, sessionToken } = keys;
      return {
        authentication: 'accessKeys',
        keyEnd: accessKeyId.slice(-4),
        temporary: Boolean(sessionToken),
      };
    },
    profile: async ({ ports, request, signal }) => {
      const { profile = '', target } = request;
      const keys = await ports.profiles.credentials({ profile, region: target.region }, signal);
      const { accessKeyId, sessionToken } = keys;
      return {
        authentication: 'profile',
        profile,
        keyEnd: accessKeyId.slice(-4),
        temporary: Boolean(sessionToken),
      };
    },
    apiKey: async ({ ports }) => {
      const key = await ports.secrets.apiKey();
      if (!key) throw new CredentialsMissing();
      // https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys.html
      const temporary = key.startsWith('bedrock-api-key-');
      return { authentication: 'apiKey', temporary };
    },
    gateway: ({ request }) => Promise.resolve({ authentication: 'gateway', alias: request.gateway.keyAlias }),
  };

/** Fetches the request's credentials. May take long, since the user may be asked for them. */
export async function resolveIdentity(context: CheckContext): Promise<CheckedCredentials> {
  const { request, signal } = context;
  try {
    return await abortable(identities[request.authentication](context), signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = classify(error, {}, request);
    throw new StageFailed(failure.stage === 'settings' ? 'settings' : 'awsCredentials', failure);
  }
}

type Signing = (context: CheckContext) => AsyncGenerator<CheckEvent, void>;

const signing: { readonly [A in Exclude<Authentication, 'gateway'>]: Signing } = {
  accessKeys: testSignature,
  profile: testSignature,
  async *apiKey(context) {
    const probed = await probe(context, { model: context.request.target.model });
    const quirks = apiKeyQuirks(probed);
    if (quirks) yield { type: 'quirksObserved', quirks };
    if (!isAccepted(probed.failure)) throw stageFailed(probed);
    yield { type: 'passed', stage: 'signature', result: { by: 'apiKey' }, ...requestIdsOf(probed) };
  },
};

function apiKeyQuirks({ failure, response }: Probed): GatewayQuirks | undefined {
  if (!response?.fromAws) return undefined;
  // AWS reports a missing key though one was sent.
  if (failure.kind === 'signatureMissing') return { apiKey: 'removed' };
  return failure.stage === 'signature' ? undefined : { apiKey: 'passed' };
}

/** Tests our own signature. Works around a rewritten colon and a wrong clock. */
async function* testSignature(context: CheckContext): AsyncGenerator<CheckEvent, void> {
  const { request, ports } = context;
  const model = request.target.model.includes(':') ? request.target.model : withColon;
  let warning: Warning | undefined;
  let probed = await probe(context, { model });
  const { serverTime } = probed.failure.details;
  const offset = serverTime === undefined ? undefined : clockOffsetTo(serverTime, ports.clock.now());
  if (probed.failure.kind === 'clockSkewed' && offset !== undefined) {
    context.clockOffset = offset;
    warning = { kind: 'clock', by: -offset };
    probed = await probe(context, { model });
  }
  let colon: Plan['colon'] = 'encoded';
  if (mayBeColon(probed)) {
    const literal = await probe(context, { model, colon: 'literal' });
    if (isAccepted(literal.failure)) {
      colon = 'literal';
      probed = literal;
      warning ??= { kind: 'colonRewritten' };
    }
  }
  if (!isAccepted(probed.failure)) throw stageFailed(probed);
  yield { type: 'quirksObserved', quirks: { colon } };
  const withHeaders = await probe(context, { model, colon, headers: signedHeaders });
  const headersQuirk = isAccepted(withHeaders.failure)
    ? 'kept'
    : wasRefused(withHeaders)
      ? 'changed'
      : undefined;
  if (headersQuirk) yield { type: 'quirksObserved', quirks: { signedHeaders: headersQuirk } };
  yield {
    type: 'passed',
    stage: 'signature',
    result: { by: request.authentication, colon },
    ...(warning && { warning }),
    ...requestIdsOf(probed),
  };
}

const wasRefused = ({ failure: { kind } }: Probed) =>
  kind === 'changedOnTheWay' || kind === 'signatureRejected' || kind === 'awsSecretWrong';

const mayBeColon = ({ failure: { kind, details } }: Probed) =>
  kind === 'signatureRejected' || (kind === 'changedOnTheWay' && details.changed === 'path');

interface ProbeOptions {
  readonly model: string;
  readonly colon?: Plan['colon'];
  readonly headers?: Readonly<Record<string, string>>;
}

function probe(context: CheckContext, { model, colon = 'encoded', headers }: ProbeOptions): Promise<Probed> {
  const { request, ports, signal, limits, clockOffset } = context;
  const plan = { streams: false, colon, clockOffset };
  const authentication = request.authentication;
  return sendProbe(
    { request, authentication, model, plan, deadline: limits.probe, ...(headers && { headers }) },
    ports,
    signal,
  );
}

const stageFailed = ({ failure }: Probed) => new StageFailed(failedStage(failure, 'signature'), failure);

const requestIdsOf = ({ response }: Probed) => (response ? { requestIds: response.requestIds } : {});
