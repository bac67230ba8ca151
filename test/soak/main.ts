// `npm run soak -- 1000000`: as many prompts as are named, 20 at a time, against a stand-in gateway that
// fails a fifth of them at random; without a number, as many as it takes to cause every kind of failure often
// enough. --seed N deals other faults. Standard output is the tally, one line of JSON.
// Machine code is on the heap too, and is improved for minutes. It is made at once here, and once: then what grows is ours.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { startProcess } from '../bench/gatewayProcess';
import { project } from '../vscode/project';
import { endOnInterrupt } from '../vscode/interrupt';
import { deck, kindsOfServers, least, share } from './causes';
import { type Tally, soak } from './soak';
for (const flag of ['--no-opt', '--no-maglev', '--always-sparkplug']) setFlagsFromString(flag);
// Made when first used, and then kept: not what is looked for among what a run leaves behind.
process.stdout.write('');
process.stderr.write('');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { seed: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  // So many that the whole deck is dealt.
  const prompts = Number(positionals[0] ?? Math.max(1000, Math.ceil((deck().length / share) * 1.05)));
  const seed = Number(values.seed);
  if (!(prompts > 0) || !Number.isInteger(seed))
    throw new Error('soak takes a number of prompts, and --seed N');
  const program = path.join(project, 'out', 'test', 'soak', 'gateway.js');
  const gateway = await startProcess(program, [`--seed=${seed}`]);
  try {
    const began = performance.now();
    const tally = await soak(gateway.url, prompts, seed);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const faults = broken(tally);
    console.error(told(tally, seconds));
    faults.forEach((fault) => console.error(`BROKEN: ${fault}`));
    console.log(JSON.stringify({ ...tally, seconds, broken: faults }));
    process.exitCode = faults.length > 0 ? 1 : 0;
  } finally {
    await gateway.close();
  }
}

function told(tally: Tally, seconds: number): string {
  const { prompts, outcomes, kinds, heapAfterFirst, heapAfter } = tally;
  const rows = (counts: Record<string, number>) =>
    Object.entries(counts)
      .sort(([, one], [, other]) => other - one)
      .map(([name, count]) => `  ${String(count).padStart(8)}  ${name}`)
      .join('\n');
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    `${prompts} prompts in ${seconds} s`,
    rows(outcomes),
    'failures',
    rows(kinds),
    `heap ${megabytes(heapAfterFirst)} after the first 100, ${megabytes(heapAfter)} at the end (${(heapAfter / heapAfterFirst).toFixed(3)})`,
  ].join('\n');
}

/** What must hold and does not, a sentence each. */
function broken({ prompts, outcomes, kinds, wrong, heapAfterFirst, heapAfter, left }: Tally): string[] {
  const ended = Object.values(outcomes).reduce((sum, count) => sum + count, 0);
  return [
    ...wrong,
    ...(ended === prompts ? [] : [`${prompts} prompts, ${ended} outcomes`]),
    ...kindsOfServers
      .filter((kind) => (kinds[kind] ?? 0) < least)
      .map((kind) => `${kind} occurred ${kinds[kind] ?? 0} times`),
    ...(left.length > 0 ? [`left behind: ${left.join(', ')}`] : []),
    ...(heapAfter > heapAfterFirst * 1.1 ? ['the heap grew by more than a tenth'] : []),
  ];
}

endOnInterrupt();
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
