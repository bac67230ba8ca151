// What is said of a Bedrock API key that AWS does not take.
import assert from 'node:assert/strict';
import { standInApiKey } from '../../../gateway';
import { openServer } from '../rawServer';
import { asked, closeGatewaysAfterEach, kindOf, openGateway, withColon } from '../../asking';

const shortTerm = `bedrock-api-key-${'YmVkcm9jay5hbWF6b25hd3Mu'.repeat(80)}`;

describe('a Bedrock API key', () => {
  closeGatewaysAfterEach();

  it('may be as long as short-term ones are', async () => {
    const gateway = await openGateway({ apiKeys: [shortTerm] });
    const { reply } = await asked(gateway, { authentication: 'apiKey', apiKey: shortTerm });
    assert.equal(kindOf(reply), 'done');
  });

  const refused = {
    'that is not known': [{ apiKey: 'ABSKunknown' }, 'awsKeyUnknown'],
    'of another region': [{ region: 'us-west-2', apiKey: shortTerm }, 'awsKeyUnknown'],
    'that has expired': [{ apiKey: shortTerm, region: 'eu-west-1' }, 'awsSessionExpired'],
  } as const;
  for (const [what, [asking, kind]] of Object.entries(refused)) {
    it(`${what} is told apart from a lack of permission, and tried once`, async () => {
      const apiKeys = [standInApiKey, { key: shortTerm, region: 'eu-west-1', expiration: Date.now() - 1 }];
      const gateway = await openGateway({ apiKeys });
      const { reply } = await asked(gateway, { authentication: 'apiKey', model: withColon, ...asking });
      assert.ok(reply.outcome?.kind === 'failed');
      const { details, kind: said } = reply.outcome.failure;
      assert.deepEqual([said, details.authentication, details.status], [kind, 'apiKey', 403]);
      assert.equal(gateway.log.length, 1);
    });
  }

  it('without permission for the model is told so', async () => {
    const gateway = await openGateway();
    const { reply } = await asked(gateway, { authentication: 'apiKey', model: 'stand-in.access-denied' });
    assert.equal(kindOf(reply), 'modelAccessNotGranted');
  });

  it('is quoted by nothing that is told of a failure, whatever it looks like', async () => {
    const body = JSON.stringify({ Message: 'The key plain-looking is wrong.' });
    const server = await openServer(
      `HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
    const { reply } = await asked(server, { authentication: 'apiKey', apiKey: 'plain-looking' });
    await server.close();
    assert.ok(reply.outcome?.kind === 'failed');
    assert.equal(reply.outcome.failure.details.message, 'The key … is wrong.');
  });
});
