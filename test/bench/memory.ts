// Whether an extension host that has seen many prompts is larger than one that has seen a few: what a window
// keeps of its conversations may weigh, what it forgets to let go of may not.
import { type Finding, type Say, figureOf } from './figure';
import { startGatewayProcess } from './gatewayProcess';
import { inHost } from './inHost';
import type { Heaps } from './memoryInHost';

export async function memory(say: Say, how = { few: 100, many: 1000 }): Promise<Finding> {
  const gateway = await startGatewayProcess();
  try {
    const { few, many } = await inHost<Heaps>(
      'memoryInHost',
      { ...how, url: gateway.url },
      { settings: { 'bedrockGateway.gateway.url': gateway.url, 'bedrockGateway.aws.region': 'us-east-1' } },
    );
    const each = (many - few) / (how.many - how.few);
    say(`each prompt between the two left ${(each * 1024).toFixed(2)} KB`);
    return { figure: figureOf('memory', 'MB', { ours: many, baseline: few }) };
  } finally {
    await gateway.close();
  }
}
