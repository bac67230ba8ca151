// A server that answers each request with the same short reply, as soon as it has all of it. It looks at nothing. A process
// of its own, as gatewayProcess.ts says.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eventFrame } from '../gateway/frames';

const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
const reply = Buffer.concat([
  eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'A picture.' } }),
  eventFrame('messageStop', { stopReason: 'end_turn' }),
  eventFrame('metadata', { usage }),
]);

const server = createServer((request, response) => {
  request.resume();
  request.once('end', () => {
    response.setHeader('content-type', 'application/vnd.amazon.eventstream');
    response.end(reply);
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  console.log(`http://127.0.0.1:${port}/v1/account/gateway/aws-bedrock/bedrock-runtime/us-east-1 `);
});
