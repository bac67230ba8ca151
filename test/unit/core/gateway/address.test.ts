import assert from 'node:assert/strict';
import { formatAddress, isLoopback, parseAddress } from '../../../../src/core/gateway/address';
import { asked, closeGatewaysAfterEach, kindOf, openGateway } from '../../asking';

const base = 'https://gateway.ai.cloudflare.com/v1/0123456789abcdef/my-gateway';
const cloudflare = {
  protocol: 'https:',
  hostname: 'gateway.ai.cloudflare.com',
  path: '/v1/0123456789abcdef/my-gateway',
};
const inFrankfurt = { ...cloudflare, region: 'eu-central-1' };
const custom = { protocol: 'https:', hostname: 'ai.example.com', path: '' };
const local = { protocol: 'http:', hostname: '127.0.0.1', path: '/v1/a/g' };

const accepted: Readonly<Record<string, object>> = {
  [base]: cloudflare,
  [`${base}/`]: cloudflare,
  [`${base}///`]: cloudflare,
  [`  ${base}\n`]: cloudflare,
  [base.replace('gateway.ai', 'GATEWAY.AI')]: cloudflare,
  [base.replace('.com/', '.com:443/')]: cloudflare,
  [base.replace('.com/', '.com:8443/')]: { ...cloudflare, port: 8443 },
  [`${base}/aws-bedrock`]: cloudflare,
  [`${base}/aws-bedrock/`]: cloudflare,
  [`${base}/aws-bedrock/bedrock-runtime`]: cloudflare,
  [`${base}/aws-bedrock/bedrock-runtime/`]: cloudflare,
  [`${base}/aws-bedrock/bedrock-runtime/eu-central-1`]: inFrankfurt,
  [`${base}/aws-bedrock/bedrock-runtime/eu-central-1/`]: inFrankfurt,

  'https://ai.example.com': custom,
  'https://ai.example.com/': custom,
  'https://ai.example.com/aws-bedrock': custom,
  'https://ai.example.com/aws-bedrock/bedrock-runtime/us-east-1': { ...custom, region: 'us-east-1' },
  'https://ai.example.com/team/aws-bedrock/': { ...custom, path: '/team' },
  'https://bücher.example': { ...custom, hostname: 'xn--bcher-kva.example' },
  'https://ai.example.com:8443/aws-bedrock': { ...custom, port: 8443 },
  'https://[2001:db8::1]:8443': { ...custom, hostname: '2001:db8::1', port: 8443 },
  // A name that only looks like loopback is a custom domain, over https.
  'https://127.0.0.1.example.com': { ...custom, hostname: '127.0.0.1.example.com' },

  'http://127.0.0.1:8787/v1/a/g': { ...local, port: 8787 },
  'http://127.0.0.1/v1/a/g/aws-bedrock/bedrock-runtime/us-east-1': { ...local, region: 'us-east-1' },
  'http://127.255.255.254/v1/a/g': { ...local, hostname: '127.255.255.254' },
  'http://localhost:8787': { protocol: 'http:', hostname: 'localhost', port: 8787, path: '' },
  'http://LOCALHOST': { protocol: 'http:', hostname: 'localhost', path: '' },
  'http://[::1]:8787/v1/a/g': { ...local, hostname: '::1', port: 8787 },
  'http://[0:0:0:0:0:0:0:1]/v1/a/g': { ...local, hostname: '::1' },
  'https://[::1]/v1/a/g': { ...local, protocol: 'https:', hostname: '::1' },
  // Other spellings of 127.0.0.1, as every URL parser reads them.
  'http://2130706433/v1/a/g': local,
  'http://0x7f.1/v1/a/g': local,
  'http://127。0。0。1/v1/a/g': local,
};

const refused: Readonly<Record<string, string>> = {
  '': 'empty',
  ' \t\n ': 'empty',
  garbage: 'notUrl',
  'gateway.ai.cloudflare.com/v1/a/g': 'notUrl',
  '//gateway.ai.cloudflare.com/v1/a/g': 'notUrl',
  'https://': 'notUrl',
  'https:// /v1/a/g': 'notUrl',
  'https://ai example.com': 'notUrl',
  'https://ai.example.com:99999': 'notUrl',
  'http://[::1': 'notUrl',
  'http://127.0.0.256': 'notUrl',
  'javascript:alert(1)': 'notUrl',
  'javascript://127.0.0.1/%0aalert(1)': 'notUrl',
  'file:///etc/passwd': 'notUrl',
  'data:text/html,x': 'notUrl',
  'ftp://ai.example.com': 'notUrl',
  'wss://ai.example.com': 'notUrl',
  'vscode://ai.example.com': 'notUrl',

  'http://gateway.ai.cloudflare.com/v1/a/g': 'notHttps',
  'http://ai.example.com': 'notHttps',
  'http://127.0.0.1.evil.com': 'notHttps',
  'http://localhost.evil.com': 'notHttps',
  'http://localhost.': 'notHttps',
  'http://my.localhost': 'notHttps',
  'http://127.evil.com': 'notHttps',
  'http://x127.0.0.1.evil.com': 'notHttps',
  'http://128.0.0.1': 'notHttps',
  'http://0.0.0.0': 'notHttps',
  'http://[::]': 'notHttps',
  'http://[::2]': 'notHttps',
  'http://[::ffff:127.0.0.1]': 'notHttps',
  'http://[::1.evil.com]': 'notUrl',
  'http://evil.com#@127.0.0.1': 'notHttps',
  'http://evil.com\\@127.0.0.1': 'notHttps',
  'http://evil.com/127.0.0.1': 'notHttps',
  'http://lоcalhost': 'notHttps', // a Cyrillic o

  'https://user@ai.example.com': 'hasCredentials',
  'https://user:secret@ai.example.com': 'hasCredentials',
  'https://:secret@ai.example.com': 'hasCredentials',
  'https://gateway.ai.cloudflare.com@evil.com/v1/a/g': 'hasCredentials',
  'https://gateway.ai.cloudflare.com%2Fv1@evil.com': 'hasCredentials',
  'http://127.0.0.1@evil.com': 'hasCredentials',
  'http://localhost:8787@evil.com': 'hasCredentials',

  [`${base}?x=1`]: 'hasQuery',
  [`${base}?`]: 'hasQuery',
  [`${base}#x`]: 'hasQuery',
  [`${base}#`]: 'hasQuery',
  'https://ai.example.com/?key=secret': 'hasQuery',

  'https://gateway.ai.cloudflare.com': 'incomplete',
  'https://gateway.ai.cloudflare.com/': 'incomplete',
  'https://gateway.ai.cloudflare.com/v1': 'incomplete',
  'https://gateway.ai.cloudflare.com/v1/account': 'incomplete',
  'https://gateway.ai.cloudflare.com/v1//gateway': 'incomplete',
  'https://gateway.ai.cloudflare.com/v2/a/g': 'incomplete',
  'https://gateway.ai.cloudflare.com/v1/account/aws-bedrock': 'incomplete',
  'https://gateway.ai.cloudflare.com/aws-bedrock': 'incomplete',
  'https://gateway.ai.cloudflare.com//v1/a/g': 'incomplete',

  [`${base}/openai`]: 'otherProvider',
  [`${base}/anthropic/v1/messages`]: 'otherProvider',
  [`${base}/workers-ai`]: 'otherProvider',
  [`${base}/compat`]: 'otherProvider',
  [`${base}/aws-bedrock/bedrock-mantle/us-east-1`]: 'otherProvider',
  [`${base}/aws-bedrocks`]: 'otherProvider',

  [`${base}/aws-bedrock/bedrock-runtime/us_east_1`]: 'notUrl',
  [`${base}/aws-bedrock/bedrock-runtime/evil.com%2F`]: 'notUrl',
  [`${base}/aws-bedrock/bedrock-runtime/US-EAST-1`]: 'notUrl',
  [`${base}/aws-bedrock/bedrock-runtime/-`]: 'notUrl',
};

describe('the address of a gateway', () => {
  for (const [text, address] of Object.entries(accepted)) {
    it(`accepts ${JSON.stringify(text)}`, () => assert.deepEqual(parseAddress(text), address));
  }
  for (const [text, problem] of Object.entries(refused)) {
    it(`refuses ${JSON.stringify(text)}: ${problem}`, () => assert.equal(parseAddress(text), problem));
  }

  it('is accepted again as it is formatted', () => {
    for (const text of Object.keys(accepted)) {
      const { region, ...address } = { region: undefined, ...(parseAddress(text) as object) };
      assert.deepEqual(parseAddress(formatAddress(address as never)), address, text);
    }
  });

  it("may name a gateway with the provider's name, when the provider follows", () => {
    const text = 'https://gateway.ai.cloudflare.com/v1/a/aws-bedrock/aws-bedrock';
    assert.deepEqual(parseAddress(text), { ...cloudflare, path: '/v1/a/aws-bedrock' });
  });

  it('counts as loopback only where nothing can leave the machine', () => {
    for (const host of ['localhost', '[::1]', '127.0.0.1', '127.9.9.9']) assert.ok(isLoopback(host), host);
    for (const host of ['128.0.0.1', '127.0.0.1.evil.com', 'a127.0.0.1', '[::2]', 'localhost.evil.com', ''])
      assert.ok(!isLoopback(host), host);
  });
});

describe('a gateway at', () => {
  closeGatewaysAfterEach();

  for (const host of ['127.0.0.1', '127.0.0.2', '::1']) {
    it(`${host} is reached`, async () => {
      const gateway = await openGateway({ host });
      assert.equal(kindOf((await asked(gateway)).reply), 'done');
    });
  }

  it('a custom domain is reached without an account', async () => {
    const gateway = await openGateway();
    const { reply } = await asked({ url: `${gateway.root}/aws-bedrock` });
    assert.equal(kindOf(reply), 'done');
    assert.match(gateway.log[0]!.url, /^\/aws-bedrock\/bedrock-runtime\/us-east-1\/model\//);
  });
});
