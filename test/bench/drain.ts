// A long reply that lies ready at the gateway, from the call to its end: what ask() costs each piece of text.
import assert from 'node:assert/strict';
import { ask } from '../../src/core/ask';
import { prepared } from '../unit/asking';
import { openArticle } from './article';
import { type Finding, type Say, interleaved, summed } from './figure';
import { collectGarbage } from './garbage';
import { startGatewayProcess } from './gatewayProcess';

export async function drain(say: Say, how = { deltas: 20_000, rounds: 100, warmUp: 10 }): Promise<Finding> {
  const gateway = await startGatewayProcess();
  try {
    const model = `stand-in.long-${how.deltas}`;
    const prompt = 'Tell me everything.';
    const { request, ports } = prepared(gateway, { model, prompt, gateway: { cacheTtl: 3600 } });
    const converse = openArticle({
      url: gateway.url,
      region: 'us-east-1',
      http: ports.http,
      // From the second time on the gateway has the whole stream in its cache, and sends it in one piece.
      headers: { 'cf-aig-cache-ttl': '3600', 'cf-aig-cache-key': 'article' },
    });

    const askAll = async () => {
      let text = '';
      for await (const event of ask(request, ports, new AbortController().signal))
        if (event.type === 'text') text += event.text;
      return text;
    };
    const loopAll = async () => {
      let text = '';
      for await (const { contentBlockDelta } of await converse(model, prompt))
        if (contentBlockDelta?.delta?.text) text += contentBlockDelta.delta.text;
      return text;
    };
    const whole = await loopAll();
    const measured = (read: () => Promise<string>) => async () => {
      collectGarbage();
      const used = process.cpuUsage();
      const began = performance.now();
      const text = await read();
      const wall = performance.now() - began;
      const { user, system } = process.cpuUsage(used);
      assert.equal(text.length, whole.length, 'a reply came incomplete');
      return { wall, processor: (user + system) / 1000 };
    };
    const pairs = await interleaved({ ours: measured(askAll), baseline: measured(loopAll) }, how);
    const of = (time: 'wall' | 'processor') =>
      pairs.map(({ ours, baseline }) => ({ ours: ours[time], baseline: baseline[time] }));
    const figure = summed('drain', 'ms', of('wall'), say);
    // On a machine that has other things to do, this tells more.
    say('the same in processor time:');
    const processor = summed('drain', 'ms', of('processor'), say);
    return {
      figure: {
        ...figure,
        processorRatio: processor.ratio,
        processorLow: processor['ratioLow'] ?? NaN,
        processorHigh: processor['ratioHigh'] ?? NaN,
      },
    };
  } finally {
    await gateway.close();
  }
}
