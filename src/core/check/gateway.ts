// Name, TLS, gateway and token: one request without anything of AWS's tells all of them.
import type { Walk } from './check';
import { HopFailed } from './place';
import { type Probed, sendProbe } from './probe';
import type { CheckEvent, CheckHop } from './report';

/** What the gateway passed on to AWS, and what AWS said of it. */
export type Answered = Probed & { readonly answered: NonNullable<Probed['answered']> };

export async function* passGateway(walk: Walk): AsyncGenerator<CheckEvent, Answered> {
  const { request, ports, signal, limits } = walk;
  yield { type: 'running', hop: 'connection' };
  const probed = await sendProbe(
    {
      request,
      by: 'gateway',
      model: request.target.model,
      plan: { streams: false, colon: 'encoded', clockOffset: 0 },
      deadline: limits.probe,
    },
    ports,
    signal,
  );
  const { failure, answered } = probed;
  if (!answered || failure.hop === 'proxy') throw new HopFailed('connection', failure);
  const { status, connection, trace } = answered;
  yield { type: 'passed', hop: 'connection', found: connection };

  yield { type: 'running', hop: 'gateway' };
  // The gateway's own word for a key that it does not hold: it knows us, and would sign.
  const knowsUs = answered.byAws || failure.kind === 'gatewayKeyNotStored';
  const failedAt: CheckHop = failure.hop === 'gatewayToken' ? 'gatewayToken' : 'gateway';
  if (!knowsUs && failedAt === 'gateway') throw new HopFailed('gateway', failure);
  yield { type: 'passed', hop: 'gateway', found: { status, code: failure.facts.code ?? '' }, trace };

  yield { type: 'running', hop: 'gatewayToken' };
  if (!knowsUs) throw new HopFailed('gatewayToken', failure);
  const sent = Boolean(await ports.secrets.gatewayToken());
  yield { type: 'passed', hop: 'gatewayToken', found: { sent } };
  return { ...probed, answered };
}
