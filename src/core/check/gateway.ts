// Name, TLS, gateway and token: one request without anything of AWS's tells all of them, but where the gateway takes
// none that is not signed.
import type { FailureKind } from '../model/failure';
import type { Authentication } from '../model/request';
import { StageFailed, failedStage } from './target';
import { type Probed, sendProbe, type AnsweredProbe } from './probe';
import type { CheckContext } from './walk';
import type { CheckEvent, CheckStage } from './report';
import { resolveIdentity } from './signature';

export async function* checkGateway(walk: CheckContext): AsyncGenerator<CheckEvent, AnsweredProbe> {
  yield { type: 'running', stage: 'connection' };
  const unsigned = await probe(walk, 'gateway');
  const connection = unsigned.idleConnection ?? unsigned.response?.connection;
  if (!connection || unsigned.failure.stage === 'proxy')
    throw new StageFailed(failedStage(unsigned.failure, 'connection'), unsigned.failure);
  yield { type: 'passed', stage: 'connection', result: connection };

  yield { type: 'running', stage: 'gateway' };
  const probed = await asPromptsAre(walk, unsigned);
  const { failure, response } = probed;
  if (!response) throw new StageFailed('gateway', failure);
  const { status, requestIds } = response;
  // The gateway's own words for a key that it does not hold: it knows us, and would sign.
  const knowsUs = response.fromAws || ofKeys.has(failure.kind);
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
  const sent = Boolean(await walk.ports.secrets.gatewayToken());
  yield { type: 'passed', stage: 'gatewayToken', result: { sent } };
  return { ...probed, response };
}

/** The gateway holds no key to sign with. */
const ofKeys: ReadonlySet<FailureKind> = new Set(['gatewayKeyNotStored', 'gatewayKeyMissing']);

/** What it says of a request that brings no credentials: it wants some, or would pay for it itself. */
const ofNoCredentials: ReadonlySet<FailureKind> = new Set(['gatewayKeyMissing', 'gatewayCreditUsedUp']);

/**
 * What no code that is known tells may be a gateway's word for a request without a signature, which no prompt is:
 * what came of one that has it, where that could be sent.
 */
async function asPromptsAre(walk: CheckContext, unsigned: Probed): Promise<Probed> {
  const { authentication } = walk.request;
  const { response, failure } = unsigned;
  const otherwise = response && (response.hasUnknownCode || ofNoCredentials.has(failure.kind));
  if (!otherwise || authentication === 'gateway') return unsigned;
  try {
    await resolveIdentity(walk);
  } catch (error) {
    if (error instanceof StageFailed && error.stage === 'settings') throw error;
    return unsigned;
  }
  const signed = await probe(walk, authentication);
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
