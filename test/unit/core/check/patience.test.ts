// How long a check waits for each thing that it asks, and what it says of what did not come.
import assert from 'node:assert/strict';
import { nodeSockets } from '../../../../src/platform/node/sockets';
import { until } from '../../../limits';
import { closeGatewaysAfterEach, openGateway, prepared } from '../../asking';
import { type ManualClock, manualClock } from '../../manualClock';
import { never } from '../closing';
import { openServer } from '../rawServer';
import { defaultLimits } from '../../../../src/core/check/context';
import { checked, counted, endOf } from './checking';

const { probe, model } = defaultLimits;

/** All of a limit passes; before its last millisecond it has not been given up. */
function pass(clock: ManualClock, limit: number): void {
  clock.advance(limit - 1);
  assert.equal(clock.left(limit), 1);
  clock.advance(1);
}

describe('a check', () => {
  closeGatewaysAfterEach();

  it('names a gateway that takes a request and does not answer, and how long it waited', async () => {
    for (const sockets of [nodeSockets, undefined]) {
      const silent = await openServer('', 'stay');
      const clock = manualClock();
      const checking = checked(
        { url: `${silent.url}/v1/a/b` },
        { ports: { clock, ...(sockets && { sockets }) } },
      );
      await until(() => silent.received.some(Boolean), 'a request is here');
      pass(clock, probe);
      const told = await checking;
      assert.equal(endOf(told), 'gateway: noAnswer');
      const { host, elapsed, uncharged } = told.report.stages.gateway.failure!.details;
      assert.deepEqual([host, elapsed, uncharged], ['127.0.0.1', probe, true]);
      assert.equal((told.report.stages.connection.passed!.result as { hostname: string }).hostname, host);
      await silent.close();
    }
  });

  it('names a connection that never becomes secure, and the host', async () => {
    const deaf = await openServer('', 'stay');
    const clock = manualClock();
    const url = `${deaf.url.replace('http:', 'https:')}/v1/a/b`;
    const checking = checked({ url }, { ports: { clock, sockets: nodeSockets } });
    await until(() => deaf.received.some(Boolean), 'TLS is asked for');
    pass(clock, probe);
    const told = await checking;
    assert.equal(endOf(told), 'connection: connectionTimedOut');
    const { host, elapsed } = told.report.stages.connection.failure!.details;
    assert.deepEqual([host, elapsed], ['127.0.0.1', probe]);
    await deaf.close();
  });

  it('does not count the time that somebody takes to give a key', async () => {
    const clock = manualClock();
    const gateway = await openGateway({ clock: () => clock.now() });
    let asked = 0;
    const { secrets } = prepared(gateway).ports;
    // First who it is is asked, then the request is signed.
    const apiKey = () => {
      if ((asked += 1) === 2) clock.advance(2 * probe);
      return secrets.apiKey();
    };
    const ports = { clock, secrets: { ...secrets, apiKey } };
    const told = await checked(gateway, { authentication: 'apiKey', ports });
    assert.equal(endOf(told), 'passed');
    assert.ok(asked > 2);
  });

  it('names a model that does not answer, and how long it waited', async () => {
    const gateway = await openGateway();
    const clock = manualClock();
    gateway.script('slow', { deltas: ['a'], firstByte: Infinity });
    const checking = checked(gateway, { model: 'slow', ports: { clock } });
    await gateway.waitFor(() => counted(gateway).prompts === 1);
    pass(clock, model);
    const told = await checking;
    assert.equal(endOf(told), 'model: noAnswer');
    const { host, elapsed, uncharged } = told.report.stages.model.failure!.details;
    assert.deepEqual([host, elapsed, uncharged], ['127.0.0.1', model, undefined]);
    assert.equal(told.report.prompts, 1);
    await gateway.waitFor(({ closedByClientAt }) => closedByClientAt !== undefined);
  });

  it('names a stream that falls silent', async () => {
    const gateway = await openGateway();
    const clock = manualClock();
    gateway.script('stalls', { deltas: ['a', 'b'], hold: (index) => (index ? never : Promise.resolve()) });
    const told = await checked(gateway, {
      model: 'stalls',
      ports: { clock },
      onCheck: (event) => event.type === 'passed' && event.stage === 'model' && pass(clock, model),
    });
    assert.equal(endOf(told), 'stream: streamStalled');
    assert.equal(told.report.stages.stream.failure!.details.elapsed, model);
  });

  it('lets a stream be slow that goes on', async () => {
    const gateway = await openGateway();
    const clock = manualClock();
    const deltas = ['a', 'b', 'c', 'd', 'e', 'f'];
    const hold = async () => {
      await until(() => clock.left(model) === model, 'what was sent has come');
      clock.advance(model - 1);
    };
    gateway.script('steady', { deltas, hold });
    const told = await checked(gateway, { model: 'steady', ports: { clock } });
    assert.equal(endOf(told), 'passed');
  });

  it('waits no longer than it was told to', async () => {
    const gateway = await openGateway();
    const clock = manualClock();
    gateway.script('slow', { deltas: ['a'], firstByte: Infinity });
    const checking = checked(gateway, { model: 'slow', limits: { probe, model: 77 }, ports: { clock } });
    await gateway.waitFor(() => counted(gateway).prompts === 1);
    pass(clock, 77);
    assert.equal((await checking).report.stages.model.failure!.details.elapsed, 77);
  });
});
