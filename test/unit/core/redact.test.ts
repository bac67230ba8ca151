// Other sides quote what they were sent. Whatever they quote of a signature or a key is not told on.
import assert from 'node:assert/strict';
import { redact } from '../../../src/core/failures/redact';
import { asked, temporaryKeys } from '../asking';
import { openServer } from './rawServer';

const authorization =
  `AWS4-HMAC-SHA256 Credential=${temporaryKeys.accessKeyId}/20261122/us-east-1/bedrock/aws4_request, ` +
  'SignedHeaders=host;x-amz-date, Signature=0123456789abcdef0123456789abcdef';

const lasting = `ABSK${'QmVkcm9ja0FQSUtleS1hYmNk'.repeat(4)}==`;
const shortTerm = `bedrock-api-key-${'YmVkcm9jay5hbWF6b25hd3M+/'.repeat(4)}=`;

const quotes: Record<string, string> = {
  'the whole Authorization header': `Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=${authorization}`,
  'the canonical request on one line': `The signature does not match. The Canonical String should be x-amz-security-token:${temporaryKeys.sessionToken} and so on`,
  'the session token alone': `Bad token ${temporaryKeys.sessionToken}`,
  'the secret itself': `Bad ${temporaryKeys.secretAccessKey}!`,
  'a lasting Bedrock API key': `The key ${lasting} is not known`,
  'a short-term Bedrock API key': `The key ${shortTerm}, is not known`,
  'a bearer token': 'Authorization: Bearer stand-in-gateway-token',
};

describe('a failure tells no secret on', () => {
  for (const [what, message] of Object.entries(quotes)) {
    for (const exception of ['IncompleteSignatureException', 'ValidationException', 'SomethingNewException'])
      it(`when ${exception} quotes ${what}`, async () => {
        const body = JSON.stringify({ message });
        const server = await openServer(
          `HTTP/1.1 403 Forbidden\r\ncontent-type: application/json\r\nx-amzn-errortype: ${exception}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
        );
        const { reply } = await asked(server, { keys: temporaryKeys });
        await server.close();
        assert.ok(reply.outcome?.kind === 'failed');
        const told = JSON.stringify(reply.outcome.failure.details);
        for (const secret of [
          ...Object.values(temporaryKeys),
          'stand-in-gateway-token',
          '0123456789abcdef',
          'QmVkcm9j',
          'YmVkcm9j',
        ])
          assert.ok(!told.includes(secret), told);
      });
  }

  const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
  const session = 'IQoJb3JpZ2luX2VjEHMaCXVzLWVhc3QtMSJHMEUCIQ==';
  for (const [said, told] of [
    [`aws_secret_access_key = ${secret}`, 'aws_secret_access_key = …'],
    [`"SessionToken": "${session}", "x": 1`, '"SessionToken": "…", "x": 1'],
    [String.raw`{\"secretAccessKey\":\"no\\such\",\"x\":1}`, String.raw`{\"secretAccessKey\":\"…\",\"x\":1}`],
    [String.raw`password: "a \"b\" c", next`, 'password: "…", next'],
    ['export AWS_SESSION_TOKEN=hunter2', 'export AWS_SESSION_TOKEN=…'],
    ['+ saml2aws login --password=hunter2 --force', '+ saml2aws login --password=… --force'],
    ['+ okta --client-secret hunter2 --db-passwd "a b" x', '+ okta --client-secret … --db-passwd … x'],
    ['Passphrase:hunter2', 'Passphrase:…'],
    [`the token ${session} has expired`, 'the token … has expired'],
    [`read AKIAIOSFODNN7EXAMPLE ${secret}`, 'read … …'],
    [`${secret}:ASIAIOSFODNN7EXAMPLE`, '…:…'],
    ['no answer of PROXY user:p/ss@10.0.0.1:8080', 'no answer of PROXY …10.0.0.1:8080'],
    ['no answer of PROXY user:p@ss@10.0.0.1:8080', 'no answer of PROXY …10.0.0.1:8080'],
    ['at http://user:p/s@s@proxy.corp/ now', 'at http://…proxy.corp/ now'],
  ] as const)
    it(`nor is it in “${said}”`, () => assert.equal(redact(said, []), told));

  it('and leaves all else as it was said', () => {
    for (const sentence of [
      'The security token included in the request is expired',
      'The security token included in the request is invalid.',
      'Too many tokens, please wait before trying again.',
      'The maximum tokens: 4096. A password is needed.',
      'Commit 1234567890123456789012345678901234567890 is none.',
      'See https://docs.aws.amazon.com/bedrock/latest/userguide/ at once',
      "You don't have access to the model with the specified model ID.",
      'Bearer Token has expired',
    ])
      assert.equal(redact(sentence, ['secret']), sentence);
  });
});
