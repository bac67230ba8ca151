// Every kind of failure, caused through the real HTTP stack: how the prompt ends, how often it was sent, that the
// text that was there stays, and that nobody is told less than whose it is.
import assert from 'node:assert/strict';
import { type FailureKind, hops } from '../../../src/core/model/failure';
import { type Asked, type Asking, asked, closeGatewaysAfterEach, openGateway, waits } from '../asking';
import { manualClock } from '../manualClock';
import { type Cause, causes } from './causes';
import { openServer } from './rawServer';

/** Asks in the way that `cause` says; also how often the other side was sent the prompt, where it can tell. */
async function played({ from, asking, late }: Cause): Promise<Asked & { readonly sent: number | undefined }> {
  if ('standIn' in from) {
    const gateway = await openGateway({ pace: 2, ...(from.switches && { switches: from.switches }) });
    const clock = manualClock();
    const patienceEnds = () => clock.advance(301_000);
    if (late === 'answer') void gateway.waitFor(({ body }) => body !== '').then(patienceEnds);
    const impatient: Asking = {
      ports: { clock },
      onEvent: ({ type }) => late === 'more' && type === 'text' && patienceEnds(),
    };
    const reply = await asked(gateway, { model: from.standIn, ...asking, ...(late && impatient) });
    return { ...reply, sent: gateway.log.length };
  }
  if ('url' in from) return { ...(await asked(from, asking)), sent: undefined };
  const server = await openServer(
    'bytes' in from ? from.bytes : '',
    'bytes' in from ? (from.then ?? 'end') : 'end',
  );
  if ('closedPort' in from) await server.close();
  const reply = await asked(server, asking);
  if ('closedPort' in from) return { ...reply, sent: undefined };
  const sent = server.received.length;
  await server.close();
  return { ...reply, sent };
}

describe('every kind of failure', () => {
  closeGatewaysAfterEach();
  beforeEach(() => void waits.splice(0));

  for (const [kind, cause] of Object.entries(causes) as [FailureKind, Cause | string][]) {
    if (typeof cause === 'string') continue;
    const { ends = 'failed', sent = 1, text } = cause;
    it(`${kind}: ${ends}, sent ${sent} ×${text ? ', its text kept' : ''}`, async () => {
      const { events, reply, sent: received } = await played(cause);
      const { outcome } = reply;
      assert.ok(outcome && 'failure' in outcome, `ended as ${outcome?.kind}`);
      assert.equal(outcome.failure.kind, kind);
      assert.equal(outcome.kind, ends);
      assert.equal(outcome.failure.hop, hops[kind]);
      assert.equal(events.filter(({ type }) => type === 'ended').length, 1);
      assert.equal(received ?? reply.attempts, sent);
      assert.equal(reply.text !== '', text === true);
      assert.doesNotMatch(JSON.stringify({ ...outcome.failure, cause: '' }), /secret@|stand-in\/secret/);
    });
  }
});
