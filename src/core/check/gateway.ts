// Checks DNS, TLS, the gateway and its token with one request without AWS credentials, unless the gateway accepts only
// signed requests.
import type { FailureKind } from '../model/failure';
import type { Authentication } from '../model/request';
import { StageFailed, failedStage } from './target';
import { type Probed, sendProbe, type AnsweredProbe } from './probe';
import type { CheckContext } from './context';
import type { CheckEvent, CheckStage } from './report';
import { resolveIdentity } from './signature';

export async function* checkGateway(context: CheckContext): AsyncGenerator<CheckEvent, AnsweredProbe> {
  yield { type: 'running', stage: 'connection' };
  const unsigned = await probe(context, 'gateway');
  const connection = unsigned.idleConnection ?? unsigned.response?.connection;
  if (!connection || unsigned.failure.stage === 'proxy')
    throw new StageFailed(failedStage(unsigned.failure, 'connection'), unsigned.failure);
  yield { type: 'passed', stage: 'connection', result: connection };

  yield { type: 'running', stage: 'gateway' };
  const probed = await retryWithAuthentication(context, unsigned);
  const { failure, response } = probed;
  if (!response) throw new StageFailed('gateway', failure);
  const { status, requestIds } = response;
  // An error about a key that the gateway does not hold proves that it accepted our token.
  const knowsUs = response.fromAws || keyFailures.has(failure.kind);
  const failedAt: CheckStage = failure.stage === 'gatewayToken' ? 'gatewayToken' : 'gateway';
  if (!knowsUs && failedAt === 'gateway') throw new StageFailed('gateway', failure);
  yield {
    type: 'passed',
    stage: 'gateway',
    result: { status, code: failure.details.code ?? '' },
    requestIds,
  };

  yield { type: 'running', stage: 'gatewayToken' };
  if (!knowsUs) throw new StageFailed('gatewayToken', failure);
  const sent = Boolean(await context.ports.secrets.gatewayToken());
  yield { type: 'passed', stage: 'gatewayToken', result: { sent } };
  return { ...probed, response };
}

/** The gateway has no key to sign with. */
const keyFailures: ReadonlySet<FailureKind> = new Set(['gatewayKeyNotStored', 'gatewayKeyMissing']);

/** Errors for a request without credentials: the gateway wants some, or would pay for the request itself. */
const noCredentialsFailures: ReadonlySet<FailureKind> = new Set(['gatewayKeyMissing', 'gatewayCreditUsedUp']);

/**
 * If the gateway's error code is unknown, the error may be about the missing signature, which prompts do have. Then
 * sends a signed probe, and returns its result if it got a response.
 */
async function retryWithAuthentication(context: CheckContext, unsigned: Probed): Promise<Probed> {
  const { authentication } = context.request;
  const { response, failure } = unsigned;
  const mayNeedAuthentication =
    response && (response.hasUnknownCode || noCredentialsFailures.has(failure.kind));
  if (!mayNeedAuthentication || authentication === 'gateway') return unsigned;
  try {
    await resolveIdentity(context);
  } catch (error) {
    if (error instanceof StageFailed && error.stage === 'settings') throw error;
    return unsigned;
  }
  const signed = await probe(context, authentication);
  return signed.response ? signed : unsigned;
}

function probe(
  { request, ports, signal, limits }: CheckContext,
  authentication: Authentication,
): Promise<Probed> {
  const { model } = request.target;
  const plan = { streams: false, colon: 'encoded', clockOffset: 0 } as const;
  return sendProbe({ request, authentication, model, plan, deadline: limits.probe }, ports, signal);
}
