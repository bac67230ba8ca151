import assert from 'node:assert/strict';
import { gatewayError, parseJson, parseResponse } from '../../../../src/core/gateway/response';
import { awsError, gatewayError as playedError } from '../../../gateway';

const now = Date.UTC(2026, 8, 1, 12, 0, 0);
const after = (retryAfter: string) => parseResponse(429, { 'Retry-After': retryAfter }, now).retryAfter;
const sent = ({ body }: { body: unknown }) => parseJson(String(body));

describe("an answer's head", () => {
  it('is read whatever the case of its headers', () => {
    const head = {
      'Content-Type': 'Application/JSON; charset=utf-8',
      'CF-AIG-Log-Id': 'log',
      'cf-aig-event-id': 'event',
      'Cf-Aig-Cache-Status': 'hit',
      'CF-AIG-DLP': '{"action":"FLAG"}',
      'CF-Ray': 'ray',
      'X-Amzn-RequestId': 'request',
      'X-AMZN-ErrorType': 'ValidationException:http://internal.amazon.com/coral/',
      DATE: new Date(now).toUTCString(),
      'Retry-After': '7',
    };
    const read = {
      status: 400,
      contentType: 'application/json',
      requestIds: {
        logId: 'log',
        eventId: 'event',
        cache: 'HIT',
        dataLoss: { action: 'flag', policies: [], profiles: [], where: [] },
        ray: 'ray',
        awsRequestId: 'request',
      },
      awsException: 'ValidationException',
      retryAfter: 7000,
      date: now,
      body: 'x',
    };
    assert.deepEqual(parseResponse(400, head, now, 'x'), read);
    const lower = Object.fromEntries(
      Object.entries(head).map(([name, value]) => [name.toLowerCase(), value]),
    );
    assert.deepEqual(parseResponse(400, lower, now, 'x'), read);
  });

  it('of nothing holds nothing', () => {
    assert.deepEqual(parseResponse(200, {}, now), { status: 200, contentType: '', requestIds: {} });
    const strange = { 'cf-aig-cache-status': 'BYPASS', 'cf-aig-log-id': '', date: 'yesterday-ish' };
    assert.deepEqual(parseResponse(200, strange, now), { status: 200, contentType: '', requestIds: {} });
  });

  it('has the ID of its log in the first of the headers that is there', () => {
    const idIn = (headers: Record<string, string>) => parseResponse(200, headers, now).requestIds.logId;
    const all = { 'CF-AIG-Request-Id': 'request', 'cf-aig-log-id': 'log', 'cf-aig-event-id': 'event' };
    assert.equal(idIn(all), 'request');
    assert.equal(idIn({ ...all, 'CF-AIG-Request-Id': '' }), 'log');
    assert.equal(idIn({ 'cf-aig-event-id': 'event' }), 'event');
    assert.equal(idIn({ 'cf-aig-otel-trace-id': '0af7651916cd43dd8448eb211c80319c' }), undefined);
  });

  it('tells how its body is compressed', () => {
    const encodingIn = (value: string) => parseResponse(200, { 'Content-Encoding': value }, now).encoding;
    assert.equal(encodingIn('GZIP'), 'gzip');
    assert.equal(encodingIn('identity, br'), 'br');
    for (const none of ['', 'identity', 'aws-chunked']) assert.equal(encodingIn(none), undefined);
  });

  it('names an exception with or without a URI', () => {
    for (const value of ['ThrottlingException', 'ThrottlingException:', 'ThrottlingException:http://x/y:z'])
      assert.equal(
        parseResponse(429, { 'x-amzn-errortype': value }, now).awsException,
        'ThrottlingException',
      );
  });

  it('counts tokens, and no more than there can be', () => {
    const usageOf = (input: string) =>
      parseResponse(
        200,
        { 'x-amzn-bedrock-input-token-count': input, 'x-amzn-bedrock-output-token-count': '7' },
        now,
      ).usage;
    assert.deepEqual(usageOf('12'), { input: 12, output: 7, cacheRead: 0, cacheWrite: 0 });
    for (const none of ['9'.repeat(400), '9'.repeat(16), '-1', '1e3', '0x10', ''])
      assert.equal(usageOf(none), undefined);
  });

  it('takes a wait of more than a month for a mistake', () => {
    assert.equal(after(String(31 * 24 * 3600)), 31 * 24 * 3_600_000);
    for (const none of [
      '9'.repeat(30),
      '1'.padEnd(400, '0'),
      String(40 * 24 * 3600),
      'Wed, 21 Oct 2099 07:28:00 GMT',
    ])
      assert.equal(after(none), undefined);
  });

  it('tells a wait in seconds', () => {
    assert.equal(after('0'), 0);
    assert.equal(after('30'), 30_000);
    assert.equal(after(' 5 '), 5000);
  });

  it('tells a wait until a date', () => {
    assert.equal(after(new Date(now + 20_000).toUTCString()), 20_000);
    assert.equal(after('Tuesday, 01-Sep-26 12:00:09 GMT'), 9000);
    assert.equal(after(new Date(now - 20_000).toUTCString()), 0);
  });

  for (const garbage of ['', 'soon', '-1', '1.5', '5s', '1e3', 'NaN', 'in 3', '0x10', '1, 2']) {
    it(`tells no wait for ${JSON.stringify(garbage)}`, () => assert.equal(after(garbage), undefined));
  }
});

describe("the gateway's envelope", () => {
  it('is known, as it is and as it was', () => {
    const told = { code: 2009, message: 'Unauthorized' };
    assert.deepEqual(gatewayError(sent(playedError(2009))), told);
    assert.deepEqual(gatewayError(sent(playedError(2009, '', true))), told);
  });

  it("is known by Cloudflare's usual key too", () => {
    const body = { success: false, errors: [{ code: 10000, message: 'Authentication error' }] };
    assert.deepEqual(gatewayError(body), { code: 10000, message: 'Authentication error' });
  });

  it('is known where it holds one error, as with Policies', () => {
    const body = { success: false, error: { message: 'Spending limit exceeded', spent: 2, limit: 1 } };
    assert.deepEqual(gatewayError(body), {
      code: 0,
      message: 'Spending limit exceeded',
      single: true,
      budget: { spent: 2, limit: 1 },
      isBudget: true,
    });
  });

  it('is read as far as it goes', () => {
    const body = { success: false, error: [{}], internalCode: 2003, message: 'Rate limited' };
    assert.deepEqual(gatewayError(body), { code: 2003, message: 'Rate limited' });
    assert.deepEqual(gatewayError({ success: false, error: [{}] }), { code: 0, message: '' });
    assert.deepEqual(gatewayError({ success: false, error: [{ code: 1, message: 2 }] }), {
      code: 1,
      message: '',
    });
  });

  it("is never AWS's error, nor anything else", () => {
    const others: unknown[] = [
      sent(awsError('ThrottlingException', 'Too many requests')),
      { message: 'x', success: false },
      { success: true, error: [{ code: 2009, message: 'x' }] },
      { error: [{ code: 2009, message: 'x' }] },
      { success: false, error: 'Unauthorized' },
      { success: false, error: [] },
      { success: false, error: ['Unauthorized'] },
      [{ success: false }],
      'text',
      null,
      undefined,
      3,
    ];
    for (const other of others) assert.equal(gatewayError(other), undefined, JSON.stringify(other));
  });
});
