// A record of each request, whoever asked and however it ended; facts alone.
import assert from 'node:assert/strict';
import { type ActivityRecord, recordLine, readLines } from '../../../../src/core/activity/record';
import { RequestProgress, recordOf } from '../../../../src/core/activity/requestProgress';
import { ask } from '../../../../src/core/ask';
import { asked, closeGatewaysAfterEach, openGateway, prepared, sonnet } from '../../asking';
import { MemoryLedger } from './ledger';

describe('the record of a request', () => {
  closeGatewaysAfterEach();

  it('has its facts, and not a word of the prompt or the reply', async () => {
    const gateway = await openGateway();
    gateway.script(sonnet, { deltas: ['CANARY-REPLY ', 'more'] });
    const ledger = new MemoryLedger();
    const { reply } = await asked(gateway, { prompt: 'CANARY-PROMPT', ports: { ledger } });
    const [record, ...others] = ledger.records;
    assert.equal(others.length, 0);
    const [entry] = gateway.log;
    assert.equal(record!.outcome, 'done');
    assert.equal(record!.stopReason, 'end_turn');
    assert.equal(record!.model, sonnet);
    assert.equal(record!.region, 'us-east-1');
    assert.equal(record!.operation, 'converse-stream');
    assert.equal(record!.surface, 'ask');
    assert.equal(record!.attempts, 1);
    assert.equal(record!.logId, reply.requestIds.logId);
    assert.equal(record!.gateway, gateway.url.replace(/\/aws-bedrock.*/, ''));
    assert.deepEqual(
      [record!.input, record!.output, record!.cacheRead, record!.cacheWrite],
      [reply.usage!.input, reply.usage!.output, 0, 0],
    );
    assert.ok(record!.usd! > 0 && record!.priceSource === 'list' && record!.priceDate);
    assert.ok(record!.firstText! >= 0 && record!.total >= record!.firstText!);
    assert.equal(record!.sent, Buffer.byteLength(entry!.body));
    assert.ok(record!.received! > 0);
    assert.doesNotMatch(JSON.stringify(record), /CANARY/);
  });

  it('is kept of one that fails, is stopped, or that nobody listens to any more', async () => {
    const gateway = await openGateway();
    gateway.script('slow', { deltas: ['one ', 'two '], ending: 'cut' });
    const ledger = new MemoryLedger();
    await asked(gateway, { model: 'stand-in.throttling', ports: { ledger } });
    await asked(gateway, { model: 'slow', ports: { ledger } });
    const stopping = new AbortController();
    await asked(gateway, {
      ports: { ledger },
      signal: stopping.signal,
      onEvent: ({ type }) => type === 'text' && stopping.abort(),
    });
    const { request, ports } = prepared(gateway, { ports: { ledger } });
    for await (const event of ask(request, ports, new AbortController().signal))
      if (event.type === 'text') break;
    assert.deepEqual(
      ledger.records.map(({ outcome, failure }) => [outcome, failure]),
      [
        ['failed', 'throttled'],
        ['cut', 'streamIncomplete'],
        ['stopped', undefined],
        ['stopped', undefined],
      ],
    );
    // Their tokens were never told, and they may have cost something.
    assert.deepEqual(
      ledger.records.map(({ usd, costUnknown }) => usd ?? costUnknown),
      [undefined, 'noUsage', 'noUsage', 'noUsage'],
    );
    assert.ok(ledger.records[0]!.attempts > 1);
  });

  it('is kept of one that was stopped before a word, without calling it free', async () => {
    const gateway = await openGateway();
    gateway.script('slow', { deltas: ['one'], hold: () => new Promise(() => undefined) });
    const ledger = new MemoryLedger();
    const stopping = new AbortController();
    await asked(gateway, {
      model: 'slow',
      ports: { ledger },
      signal: stopping.signal,
      onEvent: ({ type }) => type === 'response' && stopping.abort(),
    });
    const [{ outcome, usd, costUnknown, attempts }] = ledger.records as [ActivityRecord];
    assert.deepEqual([outcome, usd, costUnknown, attempts], ['stopped', undefined, 'noUsage', 1]);
  });

  it('of one that was never sent counts no request, and no cost', async () => {
    const gateway = await openGateway();
    const ledger = new MemoryLedger();
    await asked(gateway, { keys: undefined, ports: { ledger } });
    const [{ failure, attempts, usd, costUnknown }] = ledger.records as [ActivityRecord];
    assert.deepEqual([failure, attempts, usd, costUnknown], ['credentialsMissing', 0, undefined, undefined]);
  });

  it('says where its price may not be the region’s, and where another answer was wanted', () => {
    const { request } = prepared({ url: 'http://127.0.0.1:9/v1/a/g' });
    const bypassCache = {
      ...request,
      gateway: { ...request.gateway, cacheTtl: 0, bypassCache: true as const },
    };
    const cost = { kind: 'sum', source: 'list', usd: 1, parts: [], asOf: '2026-01-02' } as const;
    const record = recordOf(new RequestProgress(bypassCache, 0), { cost: { ...cost, approximate: true } });
    assert.deepEqual([record.approximate, record.anew, record.ttl], [true, true, undefined]);
    const usual = recordOf(new RequestProgress(request, 0), { cost: { ...cost, approximate: false } });
    assert.deepEqual([usual.approximate, usual.anew, usual.borrowedFrom], [undefined, undefined, undefined]);
    const borrowed = { ...cost, approximate: false, borrowedFrom: 'Claude Sonnet 5' };
    assert.equal(
      recordOf(new RequestProgress(request, 0), { cost: borrowed }).borrowedFrom,
      'Claude Sonnet 5',
    );
  });

  it('has what the prompt cache keeps for an hour, at its price', async () => {
    const gateway = await openGateway();
    const model = 'global.anthropic.claude-sonnet-4-6';
    const cacheDetails = [{ ttl: '1h', inputTokens: 1000 }];
    gateway.script(model, {
      deltas: ['x'],
      usage: { inputTokens: 0, outputTokens: 0, cacheWriteInputTokens: 1500, cacheDetails },
    });
    const ledger = new MemoryLedger();
    await asked(gateway, { model, ports: { ledger } });
    const [record] = readLines(recordLine(ledger.records[0]!)).records;
    assert.deepEqual([record!.cacheWrite, record!.cacheWrite1h], [1500, 1000]);
    // 1000 × 6 + 500 × 3.75 millionths of a dollar.
    assert.ok(Math.abs(record!.usd! - 0.007875) < 1e-9, String(record!.usd));
  });

  it('has no text that the other side puts in the place of a name', () => {
    const request = prepared({ url: 'http://127.0.0.1:9/v1/a/g' }).request;
    const progress = new RequestProgress(request, 0);
    const said = 'CANARY a word of the prompt';
    const ids = { logId: said, eventId: said, ray: said, awsRequestId: said };
    const dataLoss = { policies: ['Block PII', `${said}: "…"`], profiles: [], where: [] };
    progress.apply({ type: 'response', status: 200, requestIds: { ...ids, dataLoss } }, 1);
    progress.apply({ type: 'ended', outcome: { kind: 'done', stopReason: said } }, 2);
    const record = recordOf(progress, { cost: undefined });
    assert.doesNotMatch(JSON.stringify(record), /CANARY/);
    assert.deepEqual(record.dataLossPolicies, ['Block PII']);
  });

  it('counts the attempt that arrived damaged, and says that the sum is the least', async () => {
    const gateway = await openGateway({ switches: { mangleFrames: true } });
    const ledger = new MemoryLedger();
    await asked(gateway, { ports: { ledger } });
    const [{ attempts, atLeast, operation }] = ledger.records as [ActivityRecord];
    assert.deepEqual([attempts, atLeast, operation], [2, true, 'converse']);
    assert.equal(gateway.log.length, 2);
  });

  it('of a hit costs nothing, and says what that saved', async () => {
    const gateway = await openGateway();
    const ledger = new MemoryLedger();
    const cached = { gateway: { cacheTtl: 60 }, ports: { ledger } };
    await asked(gateway, cached);
    const { reply } = await asked(gateway, cached);
    const [miss, hit] = ledger.records;
    assert.deepEqual([miss!.cache, hit!.cache], ['MISS', 'HIT']);
    assert.deepEqual([hit!.usd, hit!.savedUsd], [0, miss!.usd]);
    assert.equal(miss!.prompt, hit!.prompt);
    assert.equal(reply.firstSeenAt, miss!.at);
  });

  it('looks up when a prompt was first asked while its reply arrives, not after it', async () => {
    const gateway = await openGateway();
    const ledger = new MemoryLedger();
    const cached = { gateway: { cacheTtl: 60 }, ports: { ledger } };
    await asked(gateway, cached);
    const order: string[] = [];
    const { firstSeenAt } = ledger;
    ledger.firstSeenAt = (request) => {
      order.push('looked up');
      return firstSeenAt(request);
    };
    await asked(gateway, { ...cached, onEvent: ({ type }) => void order.push(type) });
    assert.ok(order.indexOf('looked up') < order.indexOf('text'), order.join(', '));
    assert.ok(order.indexOf('text') < order.indexOf('cacheHit'), order.join(', '));
  });
});

describe('lines of records', () => {
  const record: ActivityRecord = {
    at: 1,
    id: 'a',
    conversation: 'c',
    surface: 'ask',
    model: 'm',
    region: 'r',
    gateway: 'g',
    authentication: 'accessKeys',
    outcome: 'done',
    attempts: 1,
    total: 2,
  };

  /** A line like the others, but for one field. */
  const otherwise = (field: object) => `\n${JSON.stringify({ ...record, ...field })}\n`;

  it('are read as they were written', () => {
    const lines = [1, 2, 3].map((at) => ({ ...record, at }));
    assert.deepEqual(readLines(lines.map(recordLine).join('')), { records: lines, damaged: 0 });
  });

  for (const [what, damage] of Object.entries({
    'cut off': recordLine(record).slice(0, 40),
    'no JSON': '\n{"at":1,,}\n',
    'no record': '\n{"at":"1"}\n',
    'no object': '\n17\n',
    'a figure that is none': otherwise({ usd: '1' }),
    'a text that is none': otherwise({ logId: 5 }),
    'a name that is none': otherwise({ borrowedFrom: 5 }),
    'a count that is none': otherwise({ cacheWrite1h: '1' }),
    'a time that is none': otherwise({ at: 1e17 }),
    'a list that is none': otherwise({ dataLossPolicies: 'p' }),
    'without its region': otherwise({ region: undefined }),
    'a closing bracket': '\n1],[2\n',
    'NUL bytes of a file system that lost power': `\n${'\0'.repeat(50)}\n`,
  }))
    it(`${what}: spoils itself alone, and is counted`, () => {
      const text = recordLine(record) + damage + recordLine({ ...record, at: 2 });
      assert.deepEqual(readLines(text), { records: [record, { ...record, at: 2 }], damaged: 1 });
    });

  it('of a later version, with fields that are unknown here, are taken', () => {
    const later = { ...record, news: [1, 2] };
    assert.deepEqual(readLines(recordLine(later)).records, [later]);
  });
});
