// Records as a week of work leaves them.
import type { RecordFiles } from '../../../src/activity/files';
import type { ActivityRecord } from '../../../src/core/activity/record';

const models = [
  'global.anthropic.claude-sonnet-4-6',
  'us.anthropic.claude-haiku-4-5-20251001-v1:0',
  'amazon.nova-pro-v1:0',
];

/** A whole record, each of its own `number`. `at`: ms since the epoch. */
export function recordNumber(number: number, at: number, writer = 'writer'): ActivityRecord {
  const digits = String(number).padStart(12, '0');
  return {
    at,
    id: `${writer}-${number}`,
    conversation: `6d1f5a3c-8a70-4b1e-9c55-${digits}`,
    surface: 'selection',
    model: models[number % models.length]!,
    region: 'us-east-1',
    operation: 'converse-stream',
    gateway: 'https://gateway.ai.cloudflare.com/v1/0123456789abcdef0123456789abcdef/stand-in',
    authentication: 'accessKeys',
    outcome: number % 20 === 0 ? 'failed' : 'done',
    ...(number % 20 === 0 ? { failure: 'throttled' } : { stopReason: 'end_turn' }),
    attempts: 1,
    cache: number % 5 === 0 ? 'HIT' : 'MISS',
    ttl: 3600,
    input: 1200 + (number % 700),
    output: 300 + (number % 90),
    cacheRead: 0,
    cacheWrite: 0,
    usd: 0.0081 + (number % 90) / 1e5,
    priceSource: 'list',
    priceDate: '2026-09-23',
    firstText: 400 + (number % 1100),
    total: 2000 + (number % 5000),
    sent: 5300 + (number % 1000),
    received: 9100 + (number % 1000),
    logId: `01K${digits.padStart(23, 'A')}`,
    eventId: `7a1b2c3d-8a70-4b1e-9c55-${digits}`,
    ray: '9a1b2c3d4e5f6071-LHR',
    awsRequestId: `5f3e2d1c-8a70-4b1e-9c55-${digits}`,
    prompt: `kTq7${digits}aaaaaa`,
  };
}

/** As a window does that is told of it on the day when it was sent. */
export function appendTo(files: RecordFiles, record: ActivityRecord): Promise<void> {
  return files.append(record, record.at);
}
