// The command that Details copies: what a shell makes of it, and what it calls. A curl that only says what it was
// given runs everywhere; where a real one is installed, it asks the stand-in.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import type { Request } from '../../../src/core/model/request';
import type { AttemptRecord } from '../../../src/core/model/attemptRecord';
import { type CurlTarget, type CurlComments, curl } from '../../../src/core/wire/curl';
import { pingBody } from '../../../src/core/wire/ping';
import { type Gateway, standInApiKey, standInKeys, standInToken } from '../../gateway';
import { expectedSignature } from '../../gateway/signature';
import {
  type Asking,
  arn,
  asked,
  closeGatewaysAfterEach,
  openGateway,
  prepared,
  sonnet,
  temporaryKeys,
  withColon,
} from '../asking';

const words: CurlComments = {
  about: "It's “ping” in place of the `prompt`; $(touch here) isn't run\nnor is this",
  variables: (names) => `Set ${names} first.`,
  gatewayTakesNoSignature: 'No signature for the gateway.',
  newCurl: 'A new curl.',
  stream: 'A stream.',
};

/** What a shell may take for something else, all in one. */
const hostile = `it's "$HOME" \`id\` $(id) !! \\ \\n %s * ~ # ; & | < > {a,b} [x] 日本語 🦊 'end'`;

const environment = {
  CF_AIG_TOKEN: standInToken,
  AWS_BEARER_TOKEN_BEDROCK: standInApiKey,
  AWS_ACCESS_KEY_ID: standInKeys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: standInKeys.secretAccessKey,
};

async function commandFor(gateway: Gateway, asking: Asking, to: CurlTarget) {
  const { reply } = await asked(gateway, asking);
  const { request } = prepared(gateway, asking);
  const wire: AttemptRecord = reply.records[0]!;
  const body = pingBody(request);
  return { request, wire, body, command: curl({ request, sent: wire.sent!, body }, to, words) };
}

describe('the command for curl', () => {
  closeGatewaysAfterEach();
  let directory: string;
  before(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'curl-'));
    const script = `#!${process.execPath}\nrequire('fs').writeFileSync(process.env.SAID, JSON.stringify(process.argv.slice(2)));`;
    writeFileSync(path.join(directory, 'curl'), script);
    chmodSync(path.join(directory, 'curl'), 0o755);
  });
  after(() => rmSync(directory, { recursive: true }));

  /** The words that `shell` gives to curl. */
  function given(command: string, more: NodeJS.ProcessEnv = {}, shell = 'bash'): string[] {
    const said = path.join(directory, 'said');
    execFileSync(shell, [...(shell === 'bash' ? ['--norc'] : []), '-c', command], {
      cwd: directory,
      env: { PATH: `${directory}:${process.env['PATH']}`, SAID: said, ...environment, ...more },
    });
    return JSON.parse(readFileSync(said, 'utf8')) as string[];
  }

  /** The values of an option that may be given more than once. */
  const valuesOf = (argv: readonly string[], option: string) =>
    argv.flatMap((word, index) => (argv[index - 1] === option ? [word] : []));

  const parameters: Request['parameters'] = {
    systemPrompt: 'canary system prompt',
    maxTokens: 7,
    stopSequences: [hostile, '\n\n', "'"],
    additionalFields: { note: hostile, system: 'canary system field' },
  };
  const metadata = { [hostile.slice(0, 20)]: hostile, line: 'one\ntwo' };

  for (const shell of ['bash', 'sh'] as const) {
    it(`is taken by ${shell} word for word, whatever is in it`, async () => {
      const gateway = await openGateway();
      const asking: Asking = {
        ...{ authentication: 'apiKey', parameters, gateway: { metadata }, prompt: 'canary prompt' },
        model: `anthropic.${hostile}`,
      };
      const { request, wire, body, command } = await commandFor(gateway, asking, 'gateway');
      const argv = given(command, {}, shell);
      assert.equal(argv[0], `${new URL(gateway.url).origin}${wire.sent!.path}`);
      assert.deepEqual(valuesOf(argv, '--data-raw'), [body]);
      const { stopSequences } = (JSON.parse(body) as { inferenceConfig: { stopSequences: string[] } })
        .inferenceConfig;
      assert.deepEqual(stopSequences, request.parameters.stopSequences);
      const sentMetadata = wire.sent!.headers.find(([name]) => name === 'cf-aig-metadata')![1];
      assert.deepEqual(JSON.parse(sentMetadata), metadata);
      assert.deepEqual(valuesOf(argv, '--header'), [
        `authorization: Bearer ${standInApiKey}`,
        `cf-aig-authorization: Bearer ${standInToken}`,
        'content-type: application/json',
        'user-agent: bedrock-gateway/test',
        `cf-aig-metadata: ${sentMetadata}`,
      ]);
      assert.doesNotMatch(command, /canary/);
      for (const secret of Object.values(environment)) assert.ok(!command.includes(secret), secret);
    });
  }

  it('runs nothing in its comments, even where a shell takes them for commands', async () => {
    const { command } = await commandFor(await openGateway(), { authentication: 'apiKey' }, 'gateway');
    const comments = command.split('\n').filter((line) => line.startsWith('#'));
    assert.equal(comments.length, 3);
    assert.match(comments[0]!, /^# It s “ping” in place of the prompt/);
    // As an interactive zsh would: a command whose name is “#”.
    const taken = execFileSync(
      'bash',
      ['--norc', '-c', comments.map((line) => line.replace('#', ':')).join('\n')],
      {
        cwd: directory,
      },
    );
    assert.equal(String(taken), '');
  });

  it('puts a variable’s value in one word, whatever it holds', async () => {
    const { command } = await commandFor(await openGateway(), {}, 'aws');
    const argv = given(command, { AWS_SESSION_TOKEN: 'a b*"$(id)', AWS_SECRET_ACCESS_KEY: 's p/+`x`' });
    assert.ok(argv.includes('-Hx-amz-security-token: a b*"$(id)'));
    assert.deepEqual(valuesOf(argv, '--user'), [`${standInKeys.accessKeyId}:s p/+\`x\``]);
    assert.ok(!given(command).some((word) => word === '' || word.includes('security-token')));
  });

  it('keeps no key of the cache, under which the answer to “ping” would be that of the prompt', async () => {
    const gateway = await openGateway();
    const { command } = await commandFor(
      gateway,
      { authentication: 'gateway', gateway: { cacheTtl: 60 } },
      'gateway',
    );
    assert.doesNotMatch(command, /cache-key|cache-ttl/);
    assert.ok(valuesOf(given(command), '--header').includes('cf-aig-skip-cache: true'));
  });

  it('says why it cannot sign for the gateway, and calls it with an API key instead', async () => {
    const { command } = await commandFor(await openGateway(), { keys: temporaryKeys }, 'gateway');
    assert.match(command, /^# No signature for the gateway\.$/m);
    assert.doesNotMatch(command, /sigv4|x-amz/i);
  });

  it('writes a “:” as it is for AWS, which more versions of curl sign as AWS does, and a “/” never', async () => {
    const gateway = await openGateway();
    const { command } = await commandFor(gateway, { model: arn, stream: 'off' }, 'aws');
    const [address] = given(command);
    const model = arn.replaceAll('/', '%2F');
    assert.equal(address, `https://bedrock-runtime.us-east-1.amazonaws.com/model/${model}/converse`);
  });

  describe('by a real curl', () => {
    const version = /^curl (\d+)\.(\d+)/
      .exec(versionOf('curl') ?? '')
      ?.slice(1)
      .map(Number);
    const run = promisify(execFile);
    const runs = (command: string, env: NodeJS.ProcessEnv) =>
      run('bash', ['--norc', '-o', 'pipefail', '-c', command], {
        cwd: directory,
        env: { PATH: process.env['PATH'], CURL_HOME: directory, ...environment, ...env },
      });

    if (!version) {
      it('is not tried: none is installed here', () => assert.equal(versionOf('curl'), undefined));
      return;
    }
    const [major = 0, minor = 0] = version;

    for (const authentication of ['apiKey', 'gateway', 'accessKeys'] as const) {
      for (const stream of ['auto', 'off'] as const) {
        it(`is answered by the gateway (${authentication}, stream ${stream})`, async () => {
          const gateway = await openGateway();
          const asking: Asking = { authentication, stream, model: withColon, keys: temporaryKeys };
          const { command } = await commandFor(gateway, asking, 'gateway');
          const { stdout } = await runs(command, {});
          const [ours, theirs] = gateway.log;
          assert.match(stdout, /^HTTP\/1\.1 200 OK/);
          assert.match(stdout, /cf-aig-log-id: /);
          assert.match(stdout, stream === 'auto' ? /messageStop/ : /"stopReason"/);
          assert.equal(theirs!.url, ours!.url);
          assert.equal(theirs!.authentication, authentication === 'gateway' ? 'storedKeys' : 'apiKey');
          assert.match(theirs!.body, /"ping"/);
        });
      }
    }

    /** Stands where AWS does, for a curl that trusts its certificate. */
    async function aws(): Promise<{ port: number; verdicts: boolean[]; close: () => void }> {
      const name = 'bedrock-runtime.us-east-1.amazonaws.com';
      const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
        extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
      });
      writeFileSync(path.join(directory, 'ca.pem'), cert);
      const verdicts: boolean[] = [];
      const server = createServer({ key, cert }, (request, response) => {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          const headers = request.headers as Record<string, string>;
          const [, list = '', signature] =
            /SignedHeaders=([^,]+), Signature=(\w+)/.exec(headers['authorization'] ?? '') ?? [];
          const seen = { method: 'POST', path: request.url!, headers, body: Buffer.concat(parts) };
          const scope = { datetime: headers['x-amz-date']!, region: 'us-east-1', service: 'bedrock' };
          const expected = expectedSignature(seen, list.split(';'), scope, temporaryKeys);
          verdicts.push(
            expected.signature === signature &&
              headers['x-amz-security-token'] === temporaryKeys.sessionToken,
          );
          response.end('{}');
        });
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      const { port } = server.address() as AddressInfo;
      writeFileSync(path.join(directory, '.curlrc'), `connect-to = "::127.0.0.1:${port}"\n`);
      return { port, verdicts, close: () => server.close() };
    }

    // Before 8.15 curl signs a path as it stands, where AWS encodes it once more; the comment says so.
    for (const [what, model, plain] of [
      ['a plain ID', sonnet, true],
      ['an ID with “:”', withColon, false],
      ['an ARN', arn, false],
    ] as const) {
      const good = plain || major > 8 || (major === 8 && minor >= 15);
      it(`has ${what} ${good ? 'signed as AWS does' : 'sent to AWS, by a curl that is too old for it'}`, async () => {
        const gateway = await openGateway();
        const { command } = await commandFor(gateway, { model, stream: 'off' }, 'aws');
        const server = await aws();
        try {
          await runs(command, {
            CURL_CA_BUNDLE: path.join(directory, 'ca.pem'),
            AWS_ACCESS_KEY_ID: temporaryKeys.accessKeyId,
            AWS_SESSION_TOKEN: temporaryKeys.sessionToken,
          });
          assert.equal(server.verdicts.length, 1);
          if (good) assert.deepEqual(server.verdicts, [true]);
          assert.equal(/^# A new curl\.$/m.test(command), !plain);
        } finally {
          server.close();
        }
      });
    }
  });
});

function versionOf(program: string): string | undefined {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return undefined;
  }
}
