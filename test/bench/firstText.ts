// From the call to the first piece of text: what ask() adds to a prompt before it has anything to show.
import assert from 'node:assert/strict';
import { ask } from '../../src/core/ask';
import { prepared, sonnet } from '../unit/asking';
import { openArticle } from './article';
import { type Finding, type Say, interleaved, summed } from './figure';
import { startGatewayProcess } from './gatewayProcess';

const prompt = 'function greet() { return "hello"; }\n'.repeat(50);

export async function firstText(say: Say, how = { rounds: 3000, warmUp: 100 }): Promise<Finding> {
  const gateway = await startGatewayProcess();
  try {
    const { request, ports } = prepared(gateway, { prompt });
    // One handler for both: Node's own, a new connection for each request, as VS Code gives.
    const converse = openArticle({ url: gateway.url, region: 'us-east-1', http: ports.http, headers: {} });

    const ours = async () => {
      const began = performance.now();
      let took: number | undefined;
      for await (const { type } of ask(request, ports, new AbortController().signal))
        if (type === 'text') took ??= performance.now() - began;
      return answered(took);
    };
    const baseline = async () => {
      const began = performance.now();
      let took: number | undefined;
      for await (const { contentBlockDelta } of await converse(sonnet, prompt))
        if (contentBlockDelta?.delta?.text) took ??= performance.now() - began;
      return answered(took);
    };
    return { figure: summed('first-text', 'ms', await interleaved({ ours, baseline }, how), say) };
  } finally {
    await gateway.close();
  }
}

function answered(took: number | undefined): number {
  assert.ok(took !== undefined, 'a reply came without text');
  return took;
}
