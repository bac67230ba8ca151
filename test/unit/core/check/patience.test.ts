// How long a check waits for each thing that it asks, and what it says of what did not come.
import assert from 'node:assert/strict';
import type { check } from '../../../../src/core/check/check';
import { nodeSockets } from '../../../../src/platform/node/sockets';
import { closeGatewaysAfterEach, openGateway, prepared } from '../../asking';
import { openServer } from '../rawServer';
import { checked, endOf } from './checking';

type Limits = Parameters<typeof check>[3];

/** Nothing but what is named is waited for long. */
const waiting = (short: Partial<NonNullable<Limits>>): NonNullable<Limits> => ({
  probe: 10_000,
  model: 10_000,
  ...short,
});

describe('a check', () => {
  closeGatewaysAfterEach();

  it('names a gateway that takes a request and does not answer, and how long it waited', async () => {
    for (const sockets of [nodeSockets, undefined]) {
      const silent = await openServer('', 'stay');
      const ports = sockets ? { sockets } : {};
      const told = await checked({ url: `${silent.url}/v1/a/b` }, { limits: waiting({ probe: 50 }), ports });
      assert.equal(endOf(told), 'gateway: noAnswer');
      const { host, waited, uncharged } = told.report.stages.gateway.failure!.facts;
      assert.deepEqual([host, waited, uncharged], ['127.0.0.1', 50, true]);
      assert.equal((told.report.stages.connection.passed!.found as { hostname: string }).hostname, host);
      await silent.close();
    }
  });

  it('names a connection that never becomes secure, and the host', async () => {
    const deaf = await openServer('', 'stay');
    const url = `${deaf.url.replace('http:', 'https:')}/v1/a/b`;
    const told = await checked({ url }, { limits: waiting({ probe: 50 }), ports: { sockets: nodeSockets } });
    assert.equal(endOf(told), 'connection: connectionTimedOut');
    const { host, waited } = told.report.stages.connection.failure!.facts;
    assert.deepEqual([host, waited], ['127.0.0.1', 50]);
    await deaf.close();
  });

  it('does not count the time that somebody takes to give a key', async () => {
    const gateway = await openGateway();
    const late = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
    let asked = 0;
    const { secrets } = prepared(gateway).ports;
    // First who it is is asked, then the request is signed.
    const apiKey = async () => {
      if ((asked += 1) === 2) await late(400);
      return secrets.apiKey();
    };
    const told = await checked(gateway, {
      authentication: 'apiKey',
      limits: waiting({ probe: 300 }),
      ports: { secrets: { ...secrets, apiKey } },
    });
    assert.equal(endOf(told), 'passed');
    assert.ok(asked > 2);
  });

  it('names a model that does not answer, and how long it waited', async () => {
    const gateway = await openGateway();
    gateway.script('slow', { deltas: ['a'], firstByte: Infinity });
    const told = await checked(gateway, { model: 'slow', limits: waiting({ model: 100 }) });
    assert.equal(endOf(told), 'model: noAnswer');
    const { host, waited, uncharged } = told.report.stages.model.failure!.facts;
    assert.deepEqual([host, waited, uncharged], ['127.0.0.1', 100, undefined]);
    assert.equal(told.report.prompts, 1);
    await gateway.waitFor(({ closedByClientAt }) => closedByClientAt !== undefined);
  });

  it('names a stream that falls silent', async () => {
    const gateway = await openGateway();
    const never = new Promise<never>(() => undefined);
    gateway.script('stalls', { deltas: ['a', 'b'], hold: (index) => (index ? never : Promise.resolve()) });
    const told = await checked(gateway, { model: 'stalls', limits: waiting({ model: 100 }) });
    assert.equal(endOf(told), 'stream: streamStalled');
    assert.equal(told.report.stages.stream.failure!.facts.waited, 100);
  });

  it('lets a stream be slow that goes on', async () => {
    const gateway = await openGateway();
    const deltas = ['a', 'b', 'c', 'd', 'e', 'f'];
    const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 100));
    gateway.script('steady', { deltas, hold: soon });
    const told = await checked(gateway, { model: 'steady', limits: waiting({ model: 400 }) });
    assert.equal(endOf(told), 'passed');
  });
});
