import assert from 'node:assert/strict';
import { formatAddress, isAddress, isLoopback, parseAddress } from '../../../../src/core/gateway/address';
import { asked, closeGatewaysAfterEach, kindOf, openGateway } from '../../asking';

const base = 'https://gateway.ai.cloudflare.com/v1/0123456789abcdef/my-gateway';
const cloudflare = {
  protocol: 'https:',
  hostname: 'gateway.ai.cloudflare.com',
  path: '/v1/0123456789abcdef/my-gateway',
};
const account = '0123456789abcdef0123456789abcdef';
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

  [`https://${base}`]: cloudflare,
  [`http://${base}/aws-bedrock`]: cloudflare,
  // Hosts that are called like a placeholder, or stand at AWS without being AWS's API.
  ...Object.fromEntries(
    [
      'domain-name.com',
      'hostname.example.com',
      'model-id.example.com',
      'bedrock-gw.abc.us-east-1.elb.amazonaws.com',
      'gw-1.elb.cn-north-1.amazonaws.com.cn',
      'a1b2.execute-api.eu-west-1.amazonaws.com',
      'bedrock.example.com',
      'ec2-3-80-1-2.compute-1.amazonaws.com',
      'ec2-1-2-3-4.us-west-2.compute.amazonaws.com',
      'vpce-0a-b.vpce-svc-0c.us-east-1.vpce.amazonaws.com',
    ].map((hostname) => [`https://${hostname}/aws-bedrock`, { ...custom, hostname }]),
  ),
  // Put right: nothing else can be meant.
  [base.replace('https://', '')]: cloudflare,
  [base.replace('https:', '')]: cloudflare,
  [base.replace('https', 'HTTPS')]: cloudflare,
  [base.replace('.com/', '.com./')]: { ...cloudflare, hostname: 'gateway.ai.cloudflare.com.' },
  [base.replace('/v1/', '//v1//')]: cloudflare,
  [`${base}//aws-bedrock//bedrock-runtime`]: cloudflare,
  [encodeURIComponent(`${base}/aws-bedrock`)]: cloudflare,
  [encodeURIComponent(encodeURIComponent(base))]: cloudflare,
  [`"${base}",`]: cloudflare,
  [`<${base}>`]: cloudflare,
  [`「${base}」`]: cloudflare,
  [`${base}。`]: cloudflare,
  [`\u200b${base}\u200b`]: cloudflare,
  [`\ufeff${base}/\u2060`]: cloudflare,
  [`\u00a0${base}\u3000`]: cloudflare,
  [`\u202a${base}\u202c`]: cloudflare,
  // An example request, as Cloudflare's pages have it.
  [`${base}/aws-bedrock/bedrock-runtime/eu-central-1/model/amazon.nova-lite-v1%3A0/invoke`]: inFrankfurt,
  'ai.example.com': custom,
  'ai.example.com:8443/aws-bedrock': { ...custom, port: 8443 },

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

/** Of each the problem and, where it names one, the part. */
const refused: Readonly<Record<string, string>> = {
  '': 'empty',
  ' \t\n ': 'empty',
  garbage: 'notUrl',
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
  'http://localhost./': 'notHttps',
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

  [`${base}%E2%80%8B`]: 'unseen U+200B',
  'https://ai.example.com%C2%AD': 'unseen U+00AD',
  'https://gateway.ai.cloudflare.com/v1/1234…/gw': 'placeholder 1234…',
  'https://gateway.ai.cloudflare.com/v1/1234.../gw': 'placeholder 1234...',
  'https://sts.amazonaws.com': 'awsHost sts.amazonaws.com',
  'https://runtime.sagemaker.us-east-1.amazonaws.com': 'awsHost runtime.sagemaker.us-east-1.amazonaws.com',
  'https://eu-west-1.console.aws.amazon.com/bedrock': 'awsHost eu-west-1.console.aws.amazon.com',

  'https://gateway.ai.cloudflare.com': 'incomplete',
  'https://gateway.ai.cloudflare.com/': 'incomplete',
  'https://gateway.ai.cloudflare.com/v1': 'incomplete',
  'https://gateway.ai.cloudflare.com/v1/account': 'incomplete',
  'https://gateway.ai.cloudflare.com/v1//gateway': 'incomplete',
  'https://gateway.ai.cloudflare.com/v2/a/g': 'incomplete',
  'https://gateway.ai.cloudflare.com/v1/account/aws-bedrock': 'incomplete',
  'https://gateway.ai.cloudflare.com/aws-bedrock': 'incomplete',

  'https://gateway.ai.cloudflare.com/v1/<account_id>/g': 'placeholder <account_id>',
  'https://gateway.ai.cloudflare.com/v1/{account}/{gateway}/aws-bedrock': 'placeholder {account}',
  'https://gateway.ai.cloudflare.com/v1/{{account_id}}/g': 'placeholder {{account_id}}',
  'https://gateway.ai.cloudflare.com/v1/$CLOUDFLARE_ACCOUNT_ID/g': 'placeholder $CLOUDFLARE_ACCOUNT_ID',
  'https://gateway.ai.cloudflare.com/v1/${ACCOUNT_ID}/g': 'placeholder ${ACCOUNT_ID}',
  'https://gateway.ai.cloudflare.com/v1/%ACCOUNT_ID%/g': 'placeholder %ACCOUNT_ID%',
  'https://gateway.ai.cloudflare.com/v1/%3Caccount_id%3E/g': 'placeholder <account_id>',
  'https://gateway.ai.cloudflare.com/v1/:account/:gateway': 'placeholder :account',
  'https://gateway.ai.cloudflare.com/v1/[account]/g': 'placeholder [account]',
  'https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/aws-bedrock': 'placeholder ACCOUNT',
  'https://gateway.ai.cloudflare.com/v1/ACCOUNT_TAG/g': 'placeholder ACCOUNT_TAG',
  'https://gateway.ai.cloudflare.com/v1/CF_ACCOUNT_ID/g': 'placeholder CF_ACCOUNT_ID',
  'https://gateway.ai.cloudflare.com/v1/account_id/g': 'placeholder account_id',
  'https://gateway.ai.cloudflare.com/v1/accountId/g': 'placeholder accountId',
  'gateway.ai.cloudflare.com/v1/YOUR_ACCOUNT_ID/g': 'placeholder YOUR_ACCOUNT_ID',
  'https://gateway.ai.cloudflare.com/v1/a/your-gateway': 'placeholder your-gateway',
  'https://gateway.ai.cloudflare.com/v1/a/GATEWAY_NAME': 'placeholder GATEWAY_NAME',
  'https://gateway.ai.cloudflare.com/v1/a/xxxxxxxx': 'placeholder xxxxxxxx',
  'https://<your-domain>/aws-bedrock': 'placeholder <your-domain>',
  'https://$DOMAIN.example.com/aws-bedrock': 'placeholder $DOMAIN',
  [`${base}/aws-bedrock/bedrock-runtime/{region}`]: 'placeholder {region}',
  [`${base}/aws-bedrock/bedrock-runtime/$AWS_REGION/model`]: 'placeholder $AWS_REGION',

  'https://gateway.ai.cloud\u200bflare.com/v1/a/g': 'unseen U+200B',
  'https://gateway.ai.cloudflare.com/v1/a\u00ad/g': 'unseen U+00AD',
  'https://gateway.ai.cloudflare.com/v1/a/\ufeffg': 'unseen U+FEFF',
  'https://gateway.ai.cloudflare.com/v1/a/\u2060g': 'unseen U+2060',
  'https://gateway.ai.cloudflare.com/v1/a/\u00a0g': 'unseen U+00A0',
  'https://gateway.ai.cloudflare.com/v1/\u200ea/g': 'unseen U+200E',
  'https://gateway.ai.cloudflare.com/v1/a\n/g': 'unseen U+000A',

  'https://bedrock-runtime.us-east-1.amazonaws.com': 'awsHost bedrock-runtime.us-east-1.amazonaws.com',
  'https://bedrock-runtime.us-east-1.amazonaws.com/model/x/converse':
    'awsHost bedrock-runtime.us-east-1.amazonaws.com',
  'http://bedrock-runtime.us-east-1.amazonaws.com': 'awsHost bedrock-runtime.us-east-1.amazonaws.com',
  'bedrock.us-east-1.amazonaws.com': 'awsHost bedrock.us-east-1.amazonaws.com',
  'https://BEDROCK-RUNTIME-FIPS.us-gov-west-1.amazonaws.com':
    'awsHost bedrock-runtime-fips.us-gov-west-1.amazonaws.com',
  'https://bedrock-agent-runtime.eu-west-1.amazonaws.com':
    'awsHost bedrock-agent-runtime.eu-west-1.amazonaws.com',
  'https://bedrock-runtime.us-east-1.api.aws': 'awsHost bedrock-runtime.us-east-1.api.aws',
  'https://bedrock-mantle.us-east-1.api.aws/v1': 'awsHost bedrock-mantle.us-east-1.api.aws',
  'https://bedrock-runtime.eusc-de-east-1.amazonaws.eu':
    'awsHost bedrock-runtime.eusc-de-east-1.amazonaws.eu',
  'https://bedrock-runtime.cn-north-1.amazonaws.com.cn':
    'awsHost bedrock-runtime.cn-north-1.amazonaws.com.cn',
  'https://vpce-0abc-12.bedrock-runtime.us-east-1.vpce.amazonaws.com':
    'awsHost vpce-0abc-12.bedrock-runtime.us-east-1.vpce.amazonaws.com',
  'https://us-east-1.console.aws.amazon.com/bedrock/home': 'awsHost us-east-1.console.aws.amazon.com',

  [`https://api.cloudflare.com/client/v4/accounts/${account}/ai-gateway/gateways/my-gateway`]: `cloudflareApi https://gateway.ai.cloudflare.com/v1/${account}/my-gateway/aws-bedrock`,
  [`https://api.cloudflare.com/client/v4/accounts/${account}/ai-gateway/gateways`]: 'cloudflareApi',
  [`https://dash.cloudflare.com/${account}/ai/ai-gateway/gateways/my-gateway/overview?x=1`]: `cloudflarePage https://gateway.ai.cloudflare.com/v1/${account}/my-gateway/aws-bedrock`,
  'https://dash.cloudflare.com/?to=/:account/ai/ai-gateway': 'cloudflarePage',
  'https://developers.cloudflare.com/ai-gateway/usage/providers/bedrock/': 'cloudflarePage',

  [`${base}/openai`]: 'otherProvider openai',
  [`${base}/anthropic/v1/messages`]: 'otherProvider anthropic',
  [`${base}/workers-ai`]: 'otherProvider workers-ai',
  [`${base}/google-ai-studio/v1`]: 'otherProvider google-ai-studio',
  [`${base}/aws-bedrocks`]: 'otherProvider aws-bedrocks',
  [`${base}/compat`]: 'otherEndpoint compat',
  [`${base}/compat/chat/completions`]: 'otherEndpoint compat',
  [`${base}/universal`]: 'otherEndpoint universal',
  'https://ai.example.com/compat': 'otherEndpoint compat',
  'https://ai.example.com/team/compat/chat/completions': 'otherEndpoint compat',
  'ai.example.com/openai/chat/completions': 'otherProvider openai',
  'https://ai.example.com/azure-openai': 'otherProvider azure-openai',
  [`${base}/aws-bedrock/bedrock-mantle/us-east-1`]: 'otherService bedrock-mantle',
  [`${base}/aws-bedrock/bedrock-agent-runtime/us-east-1/x`]: 'otherService bedrock-agent-runtime',
  'https://ai.example.com/aws-bedrock/bedrock': 'otherService bedrock',

  [`${base}/aws-bedrock/bedrock-runtime/us_east_1`]: 'notRegion us_east_1',
  [`${base}/aws-bedrock/bedrock-runtime/evil.com%2F`]: 'notRegion evil.com%2F',
  [`${base}/aws-bedrock/bedrock-runtime/US-EAST-1`]: 'notRegion US-EAST-1',
  [`${base}/aws-bedrock/bedrock-runtime/-`]: 'notRegion -',
};

describe('the address of a gateway', () => {
  for (const [text, address] of Object.entries(accepted)) {
    it(`accepts ${JSON.stringify(text)}`, () => assert.deepEqual(parseAddress(text), address));
  }
  for (const [text, expected] of Object.entries(refused)) {
    it(`refuses ${JSON.stringify(text)}: ${expected}`, () => {
      const address = parseAddress(text);
      assert.ok(!isAddress(address));
      assert.equal(`${address.problem} ${address.part}`.trim(), expected);
    });
  }

  it('may hold names that only resemble placeholders, providers and hosts of others', () => {
    for (const text of [
      'https://gateway.ai.cloudflare.com/v1/a/gateway',
      'https://gateway.ai.cloudflare.com/v1/a/my-gateway',
      'https://gateway.ai.cloudflare.com/v1/a/openai/aws-bedrock',
      'https://gateway.ai.cloudflare.com/v1/a/compat',
      'https://gateway.ai.cloudflare.com/v1/a/your',
      'https://gateway.ai.cloudflare.com/v1/a/model-team',
      'https://openai.example.com',
      'https://bedrock.example.com/aws-bedrock',
      'https://ai.example.com/compat/aws-bedrock',
      'https://ai.example.com/compatible',
      'https://amazonaws.com.example.com',
    ])
      assert.ok(isAddress(parseAddress(text)), text);
  });

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
