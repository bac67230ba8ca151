import assert from 'node:assert/strict';
import { type Gateway, standInToken, startGateway } from '../../gateway/index.js';
import { sendUnsigned } from './clients.js';

describe('every answer of the stand-in gateway', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ pace: 0, token: standInToken, storedKeys: [''] });
  });
  after(() => gateway.close());
  const call = async (modelId: string, operation: string, more: Record<string, string> = {}) => {
    const headers = { 'cf-aig-authorization': `Bearer ${standInToken}`, ...more };
    return (await sendUnsigned(gateway, { modelId, operation, headers })).headers;
  };

  for (const modelId of ['any.model', 'stand-in.throttling', 'stand-in.gateway-2003']) {
    it(`carries the gateway's headers, for ${modelId}`, async () => {
      const headers = await call(modelId, 'converse-stream');
      assert.match(String(headers['cf-aig-log-id']), /^01[0-9A-Z]{24}$/);
      assert.match(String(headers['cf-aig-event-id']), /^[0-9a-f-]{36}$/);
      assert.equal(headers['cf-aig-step'], '0');
      assert.match(String(headers['cf-ray']), /^[0-9a-f]{16}-[A-Z]{3}$/);
      assert.ok(Math.abs(Date.parse(headers['date']!.toString()) - Date.now()) < 5000);
      assert.equal(headers['cf-aig-cache-status'], undefined);
    });
  }

  it("carries AWS's headers when AWS answered", async () => {
    assert.match(String((await call('any.model', 'converse'))['x-amzn-requestid']), /^[0-9a-f-]{36}$/);
    assert.equal((await call('stand-in.gateway-2003', 'converse'))['x-amzn-requestid'], undefined);
  });

  it('has the content type and length of its form', async () => {
    const stream = await call('any.model', 'converse-stream');
    assert.equal(stream['content-type'], 'application/vnd.amazon.eventstream');
    assert.equal(stream['content-length'], undefined);
    const whole = await call('any.model', 'converse');
    assert.equal(whole['content-type'], 'application/json');
    assert.ok(Number(whole['content-length']) > 100);
  });

  it('names an exception with and without a URI behind it', async () => {
    assert.equal((await call('stand-in.throttling', 'converse'))['x-amzn-errortype'], 'ThrottlingException');
    assert.match(
      String((await call('stand-in.validation', 'converse'))['x-amzn-errortype']),
      /^ValidationException:http:/,
    );
  });

  it("repeats the caller's event id, has no log id when nothing is logged, and carries a flagged finding", async () => {
    const headers = await call('stand-in.dlp-flag', 'converse', {
      'cf-aig-event-id': 'mine',
      'cf-aig-collect-log': 'false',
    });
    assert.equal(headers['cf-aig-event-id'], 'mine');
    assert.equal(headers['cf-aig-log-id'], undefined);
    assert.equal((JSON.parse(String(headers['cf-aig-dlp'])) as { action: string }).action, 'FLAG');
  });
});
