// From VS Code Chat's call of the provider to the first part of its reply, against ask() alone with the same prompt: what
// settings, messages and tools cost on the way. In the extension host of a real VS Code, whose classes the messages are.
import { type Finding, type Pair, type Say, summed } from './figure';
import { startGatewayProcess } from './gatewayProcess';
import { inHost } from './inHost';

export async function chatFirstText(say: Say, how = { rounds: 1000, warmUp: 50 }): Promise<Finding> {
  const gateway = await startGatewayProcess();
  try {
    const pairs = await inHost<readonly Pair[]>(
      'chatFirstTextInHost',
      { ...how, url: gateway.url },
      { settings: { 'bedrockGateway.gateway.url': gateway.url, 'bedrockGateway.aws.region': 'us-east-1' } },
    );
    return { figure: summed('chat-first-text', 'ms', pairs, say) };
  } finally {
    await gateway.close();
  }
}
