// Who authenticates to AWS, and whether AWS accepts it: by requests that AWS refuses for another reason.
import { clockOffsetTo } from '../retryPolicy';
import { classify } from '../failures/classify';
import { CredentialsMissing } from '../model/errors';
import type { Authentication } from '../model/request';
import { abortable } from '../model/abortable';
import { StageFailed, isAccepted, failedStage } from './target';
import { type Probed, sendProbe, type AnsweredProbe } from './probe';
import type { GatewayQuirks } from '../model/ports';
import type { Plan } from '../model/attempt';
import type { CheckContext } from './walk';
import type { Warning, CheckEvent, CheckedCredentials } from './report';

/** An ID with a colon, for models that have none: what a gateway does to colons is then known for those that do. */
const withColon = 'anthropic.connection-check-v1:0';

/** What InvokeModel's guardrail travels in, and signed as it does. Converse does not read them. */
const signedHeaders = {
  'x-amzn-bedrock-guardrailidentifier': 'check',
  'x-amzn-bedrock-guardrailversion': '1',
};

/** `unsigned` is what came of the request without anything of AWS's. */
export async function* checkSignature(
  walk: CheckContext,
  unsigned: AnsweredProbe,
): AsyncGenerator<CheckEvent, void> {
  const { authentication } = walk.request;
  yield { type: 'running', stage: 'awsCredentials' };
  const result = await resolveIdentity(walk);
  if (authentication === 'gateway') {
    // That request was all that we would send; if AWS did not take it, the key there is to blame, or the gateway.
    const { failure: said } = unsigned;
    const to = said.stage === 'gateway' ? failedStage(said, 'awsCredentials') : 'awsCredentials';
    if (!isAccepted(said)) throw new StageFailed(to, said);
    yield { type: 'passed', stage: 'awsCredentials', result };
    const { requestIds } = unsigned.response;
    yield { type: 'passed', stage: 'signature', result: { by: authentication }, requestIds };
    return;
  }
  yield { type: 'passed', stage: 'awsCredentials', result };
  yield { type: 'running', stage: 'signature' };
  yield* signing[authentication](walk);
}

const who: { readonly [A in Authentication]: (walk: CheckContext) => Promise<CheckedCredentials> } = {
  accessKeys: async ({ ports }) => {
    const keys = await ports.secrets.awsCredentials();
    if (!keys) throw new CredentialsMissing();
    const { accessKeyId, sessionToken } = keys;
    return { authentication: 'accessKeys', keyEnd: accessKeyId.slice(-4), temporary: Boolean(sessionToken) };
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

/** Asks for what the request authenticates with; whoever must be asked for it may take their time. */
export async function resolveIdentity(walk: CheckContext): Promise<CheckedCredentials> {
  const { request, signal } = walk;
  try {
    return await abortable(who[request.authentication](walk), signal);
  } catch (error) {
    if (signal.aborted) throw error;
    const said = classify(error, {}, request);
    throw new StageFailed(said.stage === 'settings' ? 'settings' : 'awsCredentials', said);
  }
}

type Signing = (walk: CheckContext) => AsyncGenerator<CheckEvent, void>;

const signing: { readonly [A in Exclude<Authentication, 'gateway'>]: Signing } = {
  accessKeys: passSigned,
  profile: passSigned,
  async *apiKey(walk) {
    const probed = await probe(walk, { model: walk.request.target.model });
    const quirks = apiKeyLearned(probed);
    if (quirks) yield { type: 'quirksObserved', quirks };
    if (!isAccepted(probed.failure)) throw failed(probed);
    yield { type: 'passed', stage: 'signature', result: { by: 'apiKey' }, ...requestIdsOf(probed) };
  },
};

function apiKeyLearned({ failure: said, response }: Probed): GatewayQuirks | undefined {
  if (!response?.fromAws) return undefined;
  // AWS misses a key where one was sent.
  if (said.kind === 'signatureMissing') return { apiKey: 'removed' };
  return said.stage === 'signature' ? undefined : { apiKey: 'passed' };
}

/** Our own signature. Of what stands in its way, a colon and a clock can be signed for. */
async function* passSigned(walk: CheckContext): AsyncGenerator<CheckEvent, void> {
  const { request, ports } = walk;
  const model = request.target.model.includes(':') ? request.target.model : withColon;
  let warning: Warning | undefined;
  let probed = await probe(walk, { model });
  const { serverTime } = probed.failure.details;
  const offset = serverTime === undefined ? undefined : clockOffsetTo(serverTime, ports.clock.now());
  if (probed.failure.kind === 'clockSkewed' && offset !== undefined) {
    walk.clockOffset = offset;
    warning = { kind: 'clock', by: -offset };
    probed = await probe(walk, { model });
  }
  let colon: Plan['colon'] = 'encoded';
  if (mayBeTheColon(probed)) {
    const literal = await probe(walk, { model, colon: 'literal' });
    if (isAccepted(literal.failure)) {
      colon = 'literal';
      probed = literal;
      warning ??= { kind: 'colonRewritten' };
    }
  }
  if (!isAccepted(probed.failure)) throw failed(probed);
  yield { type: 'quirksObserved', quirks: { colon } };
  const further = await probe(walk, { model, colon, headers: signedHeaders });
  const kept = isAccepted(further.failure) ? 'kept' : wasRefused(further) ? 'changed' : undefined;
  if (kept) yield { type: 'quirksObserved', quirks: { signedHeaders: kept } };
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

const mayBeTheColon = ({ failure: { kind, details } }: Probed) =>
  kind === 'signatureRejected' || (kind === 'changedOnTheWay' && details.changed === 'path');

interface ProbeOptions {
  readonly model: string;
  readonly colon?: Plan['colon'];
  readonly headers?: Readonly<Record<string, string>>;
}

function probe(walk: CheckContext, { model, colon = 'encoded', headers }: ProbeOptions): Promise<Probed> {
  const { request, ports, signal, limits, clockOffset } = walk;
  const plan = { streams: false, colon, clockOffset };
  const authentication = request.authentication;
  return sendProbe(
    { request, authentication, model, plan, deadline: limits.probe, ...(headers && { headers }) },
    ports,
    signal,
  );
}

const failed = ({ failure: said }: Probed) => new StageFailed(failedStage(said, 'signature'), said);

const requestIdsOf = ({ response }: Probed) => (response ? { requestIds: response.requestIds } : {});
