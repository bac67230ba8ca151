// The stand-in that a soak asks, in a process of its own: prints its address. --seed N deals other faults.
import { parseArgs } from 'node:util';
import { standInApiKey, standInToken, startGateway } from '../gateway';
import { deck, share } from './causes';

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
  const gateway = await startGateway({
    pace: 0,
    token: standInToken,
    apiKeys: [standInApiKey],
    keep: 100,
    faults: { share, seed: Number(values.seed), deck: deck() },
  });
  console.log(gateway.url);
}

void main();
