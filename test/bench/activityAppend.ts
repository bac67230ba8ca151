// What keeping the record of a request takes while a long reply streams: its cost, its fingerprint, its line, and the
// append; beside a bare appendFile of the same line.
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { RecordFiles } from '../../src/activity/files';
import { nodeHash } from '../../src/platform/node/hash';
import { ask } from '../../src/core/ask';
import { fingerprint } from '../../src/core/activity/fingerprint';
import { recordLine } from '../../src/core/activity/record';
import { RequestProgress, recordOf } from '../../src/core/activity/requestProgress';
import { costOfReply } from '../../src/prices/prices.chunk';
import { prepared } from '../unit/asking';
import { type Finding, type Say, interleaved, summed } from './figure';
import { type GatewayProcess, startGatewayProcess } from './gatewayProcess';

const long = 'stand-in.long-20000';

export async function activityAppend(
  say: Say,
  how = { rounds: 40, warmUp: 5, records: 50 },
): Promise<Finding> {
  const gateway = await startGatewayProcess();
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  const stopping = new AbortController();
  try {
    const files = new RecordFiles(directory);
    const progress = await finishedProgress(gateway);
    const { request, reply } = progress;
    const record = () =>
      recordOf(progress, {
        cost: costOfReply(reply, request.target, undefined),
        prompt: fingerprint(request, 'a key', nodeHash),
      });
    const line = recordLine(record());
    const bare = path.join(directory, 'baseline');
    const streaming = await stream(gateway, stopping.signal);
    const each = (append: () => Promise<void>) => async () => {
      const began = performance.now();
      for (let count = 0; count < how.records; count += 1) await append();
      return ((performance.now() - began) * 1000) / how.records;
    };
    const ours = each(() => files.append(record()));
    const baseline = each(() => appendFile(bare, line));
    const before = streaming.pieces();
    const figure = summed('activity-append', 'µs', await interleaved({ ours, baseline }, how), say);
    const pieces = streaming.pieces() - before;
    say(`${pieces} pieces of replies came meanwhile`);
    stopping.abort();
    await streaming.ended;
    return { figure, ...(pieces === 0 && { broken: ['no reply streamed meanwhile'] }) };
  } finally {
    stopping.abort();
    await gateway.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** A reply that has ended. */
async function finishedProgress(gateway: GatewayProcess): Promise<RequestProgress> {
  const { request, ports } = prepared(gateway);
  const progress = new RequestProgress(request, Date.now());
  for await (const event of ask(request, ports, new AbortController().signal))
    progress.apply(event, Date.now());
  return progress;
}

/** Long replies, one after the other, until it is stopped. Resolves when the first has begun. */
async function stream(gateway: GatewayProcess, signal: AbortSignal) {
  let pieces = 0;
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const read = async () => {
    while (!signal.aborted) {
      const { request, ports } = prepared(gateway, { model: long });
      for await (const { type } of ask(request, ports, signal)) {
        if (type !== 'text') continue;
        pieces += 1;
        begin();
      }
    }
  };
  const ended = read();
  await Promise.race([begun, ended]);
  return { pieces: () => pieces, ended };
}
