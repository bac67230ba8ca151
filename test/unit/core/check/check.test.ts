// Check Connection against the stand-in: what each stage finds, and at which it stops.
import assert from 'node:assert/strict';
import type { HttpRequest } from '@smithy/core/protocols';
import { maxPrompts } from '../../../../src/core/check/bounds';
import { type CheckStage, checkStages, reduceReport, newReport } from '../../../../src/core/check/report';
import { memoryQuirks, gatewayKey } from '../../../../src/core/gateway/quirks';
import type { Secrets } from '../../../../src/core/model/ports';
import {
  type Entry,
  type Gateway,
  awsError,
  standInApiKey,
  standInKeys,
  standInToken,
} from '../../../gateway';
import {
  type Asking,
  arn,
  asked,
  closeGatewaysAfterEach,
  kindOf,
  openGateway,
  prepared,
  sonnet,
  temporaryKeys,
  withColon,
} from '../../asking';
import { until } from '../../../limits';
import { manualClock } from '../../manualClock';
import { never } from '../closing';
import { openServer } from '../rawServer';
import { defaultLimits } from '../../../../src/core/check/context';
import { cautionAt, checked, counted, endOf } from './checking';

const ways: Readonly<Record<string, Asking>> = {
  'access keys': {},
  'temporary keys': { keys: temporaryKeys },
  'a Bedrock API key': { authentication: 'apiKey' },
  'keys stored in the gateway': { authentication: 'gateway' },
  'an ARN': { model: arn },
  InvokeModel: { api: 'invoke', model: withColon },
  'whole replies': { stream: 'off' },
};

describe('a check of a connection that works', () => {
  closeGatewaysAfterEach();

  for (const [name, asking] of Object.entries(ways)) {
    it(`passes every stage with ${name}, and sends no more prompts than it said`, async () => {
      const gateway = await openGateway();
      const told = await checked(gateway, asking);
      assert.equal(endOf(told), 'passed');
      const { stages, prompts, usage } = told.report;
      assert.deepEqual(
        checkStages.map((stage) => [stage, stages[stage].state, stages[stage].passed?.warning]),
        checkStages.map((stage) => [stage, 'passed', undefined]),
      );
      const most = maxPrompts(prepared(gateway, asking).request);
      assert.equal(counted(gateway).prompts, most);
      assert.equal(prompts, most);
      assert.ok(usage!.input > 0 && usage!.output > 0);
      // What is not a prompt is refused before it runs.
      assert.ok(
        gateway.log
          .filter(({ body }) => !body.includes('Connection check '))
          .every(({ status }) => status! >= 400),
      );
    });
  }

  it('adds up the tokens of its prompts, bucket by bucket', () => {
    const usage = { input: 1, output: 2, cacheRead: 3, cacheWrite: 4, cacheWrite1h: 1 };
    const { cacheWrite1h, ...before } = usage;
    let report = newReport(0, {});
    for (const each of [before, usage, usage])
      report = reduceReport(report, { type: 'usage', usage: each }, 0);
    assert.deepEqual(report.usage, {
      input: 3,
      output: 6,
      cacheRead: 9,
      cacheWrite: 12,
      cacheWrite1h: 2 * cacheWrite1h,
    });
    report = reduceReport(newReport(0, {}), { type: 'usage', usage: before }, 0);
    assert.deepEqual(reduceReport(report, { type: 'usage', usage: before }, 0).usage, {
      input: 2,
      output: 4,
      cacheRead: 6,
      cacheWrite: 8,
    });
  });

  it('finds who and where, and no secret', async () => {
    const gateway = await openGateway();
    const { report, events } = await checked(gateway, { keys: temporaryKeys });
    const {
      connection,
      gateway: found,
      gatewayToken,
      awsCredentials,
      signature,
      model,
      stream,
      log,
    } = report.stages;
    const ofConnection = connection.passed!.result as { remote: string; proxy: boolean; http: string };
    assert.deepEqual(
      [ofConnection.remote, ofConnection.proxy, ofConnection.http],
      [`127.0.0.1:${gateway.port}`, false, '1.1'],
    );
    assert.deepEqual(found.passed!.result, { status: 400, code: 'ValidationException' });
    assert.deepEqual(gatewayToken.passed!.result, { sent: true });
    assert.deepEqual(awsCredentials.passed!.result, {
      authentication: 'accessKeys',
      keyEnd: 'LE00',
      temporary: true,
    });
    assert.deepEqual(signature.passed!.result, { by: 'accessKeys', colon: 'encoded' });
    assert.ok((model.passed!.result as { firstText: number }).firstText >= 0);
    assert.deepEqual(stream.passed!.result, { arrives: 'intact' });
    assert.match((log.passed!.result as { logId: string }).logId, /^01/);
    assert.match(signature.passed!.requestIds!.ray!, /-LHR$/);
    const all = JSON.stringify([report, events]);
    for (const secret of [...Object.values(temporaryKeys), standInToken, standInApiKey, 'Connection check'])
      assert.doesNotMatch(all, new RegExp(secret.replace(/[+/]/g, '.')));
  });

  it('tells a short-term API key from a lasting one', async () => {
    for (const [apiKey, temporary] of [
      ['bedrock-api-key-c3RhbmQtaW4', true],
      ['ABSKc3RhbmQtaW4', false],
    ] as const) {
      const { report } = await checked(await openGateway({ apiKeys: [apiKey] }), {
        ...{ authentication: 'apiKey', apiKey },
      });
      assert.deepEqual(report.stages.awsCredentials.passed!.result, { authentication: 'apiKey', temporary });
    }
  });

  it('asks a gateway without a token, and a model without a colon', async () => {
    const gateway = await openGateway({ token: undefined, storedKeys: undefined });
    const told = await checked(gateway, { token: undefined, model: sonnet });
    assert.equal(endOf(told), 'passed');
    assert.deepEqual(told.report.stages.gatewayToken.passed!.result, { sent: false });
    // Nothing was stored there that could sign.
    assert.equal(gateway.log[0]!.error, 'MissingAuthenticationTokenException');
  });

  it('sends the same headers of ours as prompts do, and none of AWS’s before it signs', async () => {
    const gateway = await openGateway();
    await checked(gateway, { gateway: { cacheTtl: 60, logs: 'metadataOnly', metadata: { team: 'x' } } });
    for (const { headers, body } of gateway.log) {
      // What is asked to be refused is no answer to keep.
      if (!body.includes('Connection check ')) assert.equal(headers['cf-aig-cache-ttl'], undefined);
      assert.equal(headers['user-agent'], 'bedrock-gateway/test');
      assert.equal(headers['cf-aig-collect-log-payload'], 'false');
      assert.equal(headers['cf-aig-metadata'], '{"team":"x"}');
    }
    assert.equal(gateway.log[0]!.headers['authorization'], undefined);
    assert.equal(gateway.log[0]!.headers['x-amz-date'], undefined);
  });
});

describe('a check of a connection that does not work', () => {
  closeGatewaysAfterEach();

  const cases: Readonly<Record<string, [Parameters<typeof openGateway>[0], Asking, string, number]>> = {
    // What the gateway is, how it is asked, where that ends, how many prompts were sent.
    'no token': [{}, { token: undefined }, 'gatewayToken: gatewayTokenRejected', 0],
    'a wrong token': [{}, { token: 'wrong' }, 'gatewayToken: gatewayTokenRejected', 0],
    'no keys': [{}, { keys: undefined }, 'awsCredentials: credentialsMissing', 0],
    'no API key': [
      {},
      { authentication: 'apiKey', apiKey: undefined },
      'awsCredentials: credentialsMissing',
      0,
    ],
    'a key that AWS does not know': [
      {},
      { keys: { ...standInKeys, accessKeyId: 'AKIAUNKNOWN000000000' } },
      'awsCredentials: awsKeyUnknown',
      0,
    ],
    'an API key that AWS does not know': [
      {},
      { authentication: 'apiKey', apiKey: 'ABSKunknown' },
      'awsCredentials: awsKeyUnknown',
      0,
    ],
    'a wrong secret': [
      {},
      { keys: { ...standInKeys, secretAccessKey: 'wrong' } },
      'awsCredentials: awsSecretWrong',
      0,
    ],
    'a session that is over': [
      { credentials: [{ ...temporaryKeys, expiration: 0 }] },
      { keys: temporaryKeys },
      'awsCredentials: awsSessionExpired',
      0,
    ],
    'no key stored in the gateway': [
      { storedKeys: [] },
      { authentication: 'gateway' },
      'awsCredentials: signatureMissing',
      0,
    ],
    'no key of that alias': [
      {},
      { authentication: 'gateway', gateway: { keyAlias: 'another' } },
      'awsCredentials: gatewayKeyNotStored',
      0,
    ],
    'a changed body': [{ switches: { rewriteBody: true } }, {}, 'signature: changedOnTheWay', 0],
    'a changed date': [
      { switches: { rewriteSignedHeader: 'x-amz-date' } },
      {},
      'signature: changedOnTheWay',
      0,
    ],
    'slashes that are decoded': [
      { switches: { decodeSlash: true } },
      { model: arn },
      'signature: changedOnTheWay',
      0,
    ],
    'a page of the edge': [{}, { model: 'stand-in.edge-html-403' }, 'gateway: gatewayEdgeBlocked', 0],
    'a sign-in page of a network': [{}, { model: 'stand-in.captive-portal' }, 'connection: signInPage', 0],
    'a limit of the gateway': [{}, { model: 'stand-in.gateway-2003' }, 'gateway: gatewayRateLimited', 0],
    'another provider': [{}, { model: 'stand-in.gateway-2008' }, 'gateway: gatewayProviderUnknown', 0],
    'no such model': [{}, { model: 'stand-in.invalid-model' }, 'model: modelIdInvalid', 1],
    'a model that needs an inference profile': [
      {},
      { model: 'stand-in.on-demand' },
      'model: modelNeedsInferenceProfile',
      1,
    ],
    'no access to the model': [{}, { model: 'stand-in.access-denied' }, 'model: modelAccessNotGranted', 1],
    throttling: [{}, { model: 'stand-in.throttling' }, 'model: throttled', 1],
    'a stream that ends early': [{}, { model: 'stand-in.cut' }, 'stream: streamIncomplete', 1],
  };
  for (const [what, [options, asking, end, prompts]] of Object.entries(cases)) {
    it(`ends at ${end} with ${what}`, async () => {
      const gateway = await openGateway(options);
      const told = await checked(gateway, asking);
      assert.equal(endOf(told), end);
      assert.equal(counted(gateway).prompts, prompts);
      const { stages } = told.report;
      const failed = checkStages.findIndex((stage) => stages[stage].state === 'failed');
      assert.ok(checkStages.slice(0, failed).every((stage) => stages[stage].state === 'passed'));
      assert.ok(checkStages.slice(failed + 1).every((stage) => stages[stage].state === 'notReached'));
      assert.deepEqual(
        told.events.flatMap(({ type }, index) => (type === 'ended' ? [index] : [])),
        [told.events.length - 1],
      );
    });
  }

  it('names the lines of the canonical request that were changed', async () => {
    const gateway = await openGateway({ switches: { rewriteBody: true } });
    const { report } = await checked(gateway, { keys: temporaryKeys });
    const { details } = report.stages.signature.failure!;
    assert.deepEqual(
      details.canonical!.flatMap(({ name, differs }) => (differs ? [name] : [])),
      ['body'],
    );
    assert.doesNotMatch(JSON.stringify(report), /session\+token/);
  });

  const ends: Readonly<Record<string, string>> = {
    'edge-access-login': 'gateway: gatewayBehindAccess',
    'edge-access-denied': 'gateway: gatewayAccessDenied',
    'edge-access-oauth': 'gateway: gatewayBehindAccess',
    'edge-access-page': 'gateway: gatewayBehindAccess',
    'gateway-policy': 'gateway: gatewayPolicyDenied',
    'gateway-budget': 'gateway: gatewayBudgetUsedUp',
    'gateway-byok-only': 'awsCredentials: gatewayKeyMissing',
    'provider-denied': 'model: modelNotForAccount',
    'provider-overloaded': 'model: serviceUnavailable',
    'xml-unknown-operation': 'gateway: operationUnknown',
    'data-retention': 'model: dataRetentionUnsuitable',
    'unsupported-country': 'model: modelNotInCountry',
    'payment-instrument': 'model: paymentMethodInvalid',
    'prompt-caching': 'model: promptCachingNotAllowed',
    'first-throttling': 'model: throttled',
    'first-too-long': 'model: promptTooLong',
    compressed: 'model: answerCompressed',
  };
  for (const [name, end] of Object.entries(ends))
    it(`says the same of ${name} as a prompt: ${end}`, async () => {
      const gateway = await openGateway();
      assert.equal(endOf(await checked(gateway, { model: `stand-in.${name}` })), end);
    });

  it('ends at the gateway where there is none of that name', async () => {
    const gateway = await openGateway();
    const told = await checked({ url: gateway.url.replace('stand-in', 'another') });
    assert.equal(endOf(told), 'gateway: gatewayNotFound');
    assert.equal(gateway.log.length, 1);
  });

  const thrown: Readonly<Record<string, [string, string]>> = {
    'a port where nobody listens': ['http://127.0.0.1:1/v1/a/b', 'connection: connectionRefused'],
    'a name that nobody has': ['https://gateway.invalid/v1/a/b', 'connection: nameNotFound'],
  };
  for (const [what, [url, end]] of Object.entries(thrown))
    it(`ends at ${end} with ${what}`, async () => assert.equal(endOf(await checked({ url })), end));

  it('ends at the connection where another server, or none that speaks TLS, is there', async () => {
    const gateway = await openGateway();
    const url = gateway.url.replace('http:', 'https:');
    assert.equal(endOf(await checked({ url })), 'connection: notTls');
    const raw = await openServer('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
    assert.equal(endOf(await checked({ url: `${raw.url}/v1/a/b` })), 'connection: signInPage');
    await raw.close();
    const proxy = await openServer('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
    assert.equal(
      endOf(await checked({ url: `${proxy.url}/v1/a/b` })),
      'connection: proxyWantsAuthentication',
    );
    await proxy.close();
  });

  it('finds that an API key was removed on the way', async () => {
    const says = (head: string, body: string) =>
      `HTTP/1.1 403 Forbidden\r\n${head}content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const missing = await openServer(
      says(
        'x-amzn-errortype: MissingAuthenticationTokenException\r\n',
        '{"message":"Missing Authentication Token"}',
      ),
    );
    const told = await checked({ url: `${missing.url}/v1/a/b` }, { authentication: 'apiKey' });
    assert.match(endOf(told), /: signatureMissing$/);
    assert.deepEqual(told.report.quirks, { apiKey: 'removed' });
    await missing.close();
  });

  const kept: readonly (readonly [keyof Secrets, Asking['authentication'] & string, number])[] = [
    ['awsCredentials', 'accessKeys', 4],
    ['apiKey', 'apiKey', 3],
    ['gatewayToken', 'accessKeys', 5],
    ['gatewayToken', 'gateway', 3],
  ];
  for (const [secret, authentication, reads] of kept)
    it(`names a keychain that is locked whenever it is asked for ${secret} (${authentication})`, async () => {
      const gateway = await openGateway();
      const lockedFrom = async (locked: number) => {
        const { secrets } = prepared(gateway).ports;
        let asked = 0;
        const read = () => {
          asked += 1;
          return asked >= locked
            ? Promise.reject(new Error('locked'))
            : (secrets[secret]() as Promise<never>);
        };
        const ports = { secrets: { ...secrets, [secret]: read } };
        return { told: await checked(gateway, { authentication, ports, stream: 'off' }), asked };
      };
      const open = await lockedFrom(Infinity);
      assert.equal(endOf(open.told), 'passed');
      assert.equal(open.asked, reads);
      for (let read = 1; read <= reads; read += 1)
        assert.equal(endOf((await lockedFrom(read)).told), 'settings: secretsUnreadable', `read ${read}`);
    });

  it('names a keychain that is locked though the gateway says what nobody knows', async () => {
    const body = '{"success":false,"error":[{"code":2999,"message":"?"}]}';
    const server = await openServer(
      `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    const url = `${server.url}/v1/a/b`;
    const { secrets } = prepared({ url }).ports;
    assert.equal(endOf(await checked({ url })), 'gateway: gatewayError');
    const awsCredentials = () => Promise.reject(new Error('locked'));
    const told = await checked({ url }, { ports: { secrets: { ...secrets, awsCredentials } } });
    assert.equal(endOf(told), 'settings: secretsUnreadable');
    await server.close();
  });

  it('finds a failure of a probe that comes late where it belongs', async () => {
    // The keys end between the check of the signature and the prompt.
    const gateway = await openGateway();
    gateway.script('late', () => awsError('ExpiredTokenException', 'expired'));
    const told = await checked(gateway, { model: 'late' });
    assert.equal(endOf(told), 'awsCredentials: awsSessionExpired');
    assert.equal(told.report.stages.signature.state, 'notReached');
  });
});

describe('a check that is stopped', () => {
  closeGatewaysAfterEach();

  type Held = Parameters<typeof checked>[1] & object;
  /** What holds a check up at each stage, for good; `held` is to be called once it does. */
  const holds: { readonly [H in CheckStage]?: (gateway: Gateway, held: () => void) => Held } = {
    connection: (gateway, held) => silentTo(gateway, () => true, held),
    awsCredentials: (gateway, held) => {
      const awsCredentials = () => (held(), never);
      return { ports: { secrets: { ...prepared(gateway).ports.secrets, awsCredentials } } };
    },
    signature: (gateway, held) => silentTo(gateway, ({ headers }) => 'authorization' in headers, held),
    model: (gateway, held) => {
      gateway.script(sonnet, { deltas: ['a'], firstByte: Infinity });
      void gateway.waitFor(() => counted(gateway).prompts === 1).then(held);
      return {};
    },
    stream: (gateway, held) => {
      const hold = (index: number) => (index ? never : Promise.resolve());
      gateway.script(sonnet, { deltas: ['a', 'b'], hold });
      return { onCheck: (event) => event.type === 'running' && event.stage === 'stream' && held() };
    },
    // What the log tells is known in no time: there the second prompt is stopped.
    log: (gateway, held) => {
      const hold = () => (counted(gateway).prompts > 1 ? (held(), never) : Promise.resolve());
      gateway.script(sonnet, { deltas: ['a'], hold });
      return {};
    },
  };

  for (const [stage, hold] of Object.entries(holds))
    it(`while it is held at ${stage} ends, by nothing but Stop`, async () => {
      const gateway = await openGateway({ cacheStreams: false });
      const stopping = new AbortController();
      const held = hold(gateway, () => setImmediate(() => stopping.abort()));
      const ports = { clock: manualClock(), ...held.ports };
      const told = await checked(gateway, { ...held, ports, signal: stopping.signal });
      assert.equal(endOf(told), 'stopped');
      const running = told.events.flatMap((event) => (event.type === 'running' ? [event.stage] : []));
      assert.equal(running.at(-1), stage);
      assert.ok(
        checkStages.every((each) => ['passed', 'notReached'].includes(told.report.stages[each].state)),
      );
      const isOver = ({ closedByClientAt, finished }: Entry) => finished || closedByClientAt !== undefined;
      await until(() => gateway.log.every(isOver), 'no connection stays open');
    });

  /** A way to the gateway that does not answer to such requests. */
  function silentTo(gateway: Gateway, which: (request: HttpRequest) => boolean, held: () => void): Asking {
    const { http } = prepared(gateway).ports;
    const handle: typeof http.handle = (request, options) =>
      which(request) ? (held(), never) : http.handle(request, options);
    return { ports: { http: Object.assign(Object.create(http) as typeof http, { handle }) } };
  }

  it('while a key is asked for counts no prompt that did not leave', async () => {
    const gateway = await openGateway();
    const stopping = new AbortController();
    const { secrets } = prepared(gateway).ports;
    let stops = false;
    const awsCredentials = () => {
      if (stops) stopping.abort();
      return secrets.awsCredentials();
    };
    const told = await checked(gateway, {
      ports: { secrets: { ...secrets, awsCredentials } },
      signal: stopping.signal,
      onCheck: (event) => (stops ||= event.type === 'running' && event.stage === 'model'),
    });
    assert.equal(endOf(told), 'stopped');
    assert.deepEqual([told.report.prompts, counted(gateway).prompts], [0, 0]);
  });

  it('at the first word counts the prompt', async () => {
    const stopping = new AbortController();
    const told = await checked(await openGateway(), {
      signal: stopping.signal,
      onCheck: (event) => event.type === 'passed' && event.stage === 'model' && stopping.abort(),
    });
    assert.deepEqual([endOf(told), told.report.prompts], ['stopped', 1]);
  });

  it('before the second prompt counts one', async () => {
    const gateway = await openGateway();
    const stopping = new AbortController();
    const { clock } = prepared(gateway).ports;
    const wait = () => {
      stopping.abort();
      return Promise.resolve();
    };
    const told = await checked(gateway, { ports: { clock: { ...clock, wait } }, signal: stopping.signal });
    assert.equal(endOf(told), 'stopped');
    assert.deepEqual([told.report.prompts, counted(gateway).prompts], [1, 1]);
  });

  it('while the model is asked counts that prompt, whose reply never began', async () => {
    const gateway = await openGateway();
    gateway.script('slow', { deltas: ['a'], firstByte: Infinity });
    const stopping = new AbortController();
    void gateway.waitFor(({ body }) => body.includes('Connection check ')).then(() => stopping.abort());
    const told = await checked(gateway, { model: 'slow', signal: stopping.signal });
    assert.equal(endOf(told), 'stopped');
    assert.equal(told.report.prompts, 1);
  });

  it('in the body of an answer to what costs nothing ends, by nothing but Stop', async () => {
    const server = await openServer('HTTP/1.1 400 Bad Request\r\ncontent-length: 9\r\n\r\n{', 'stay');
    const stopping = new AbortController();
    const clock = manualClock();
    const asking = { signal: stopping.signal, ports: { clock } };
    const checking = checked({ url: `${server.url}/v1/a/b` }, asking);
    await until(() => clock.left(10_000) !== undefined, 'the body is read');
    stopping.abort();
    assert.equal(endOf(await checking), 'stopped');
    await server.close();
  });
});

describe('what a check remembers', () => {
  closeGatewaysAfterEach();
  const away = { decodeColon: true, mangleFrames: true };

  it('makes later prompts go right at the first attempt', async () => {
    const gateway = await openGateway({ switches: away });
    const quirks = memoryQuirks();
    await checked(gateway, { quirks });
    const { reply } = await asked(gateway, { model: withColon, quirks });
    assert.deepEqual([kindOf(reply), reply.attempts, reply.operation], ['done', 1, 'converse']);
    // The other way of authenticating has its own.
    const other = await asked(gateway, { model: withColon, quirks, authentication: 'apiKey' });
    assert.equal(other.reply.attempts, 2);
  });

  it('is found out anew, once the gateway was mended', async () => {
    const gateway = await openGateway({ switches: away });
    const quirks = memoryQuirks();
    await checked(gateway, { quirks });
    Object.assign(gateway.switches, { decodeColon: false, mangleFrames: false });
    const { report } = await checked(gateway, { quirks });
    assert.deepEqual([report.quirks.colon, report.quirks.stream], ['encoded', 'intact']);
    const { reply } = await asked(gateway, { model: withColon, quirks });
    assert.deepEqual([kindOf(reply), reply.attempts, reply.operation], ['done', 1, 'converse-stream']);
  });

  it('is what was settled before the stage that failed, too', async () => {
    const gateway = await openGateway({ switches: away });
    const quirks = memoryQuirks();
    const told = await checked(gateway, { quirks, model: 'stand-in.access-denied' });
    assert.equal(endOf(told), 'model: modelAccessNotGranted');
    const { request } = prepared(gateway);
    assert.deepEqual(quirks.get(gatewayKey(request.gateway.address, 'accessKeys')), {
      colon: 'literal',
      signedHeaders: 'kept',
    });
  });

  it('of the cache costs no prompt a second time', async () => {
    const gateway = await openGateway();
    const quirks = memoryQuirks();
    await checked(gateway, { quirks });
    const { report } = await checked(gateway, { quirks });
    assert.equal(report.prompts, 1);
    assert.equal(counted(gateway).prompts, 3);
  });
});

describe('what a check settles', () => {
  closeGatewaysAfterEach();

  it('is all of it for a gateway that leaves everything alone', async () => {
    const { report } = await checked(await openGateway());
    assert.deepEqual(report.quirks, {
      colon: 'encoded',
      signedHeaders: 'kept',
      stream: 'intact',
      streamCache: 'kept',
    });
  });

  const cases: Readonly<Record<string, [Parameters<typeof openGateway>[0], Asking, object, string?]>> = {
    'a colon that is decoded': [
      { switches: { decodeColon: true } },
      { model: withColon },
      { colon: 'literal', signedHeaders: 'kept', stream: 'intact', streamCache: 'kept' },
      'signature colonRewritten',
    ],
    'a colon that is decoded, asking a model that has none': [
      { switches: { decodeColon: true } },
      { model: sonnet },
      { colon: 'literal', signedHeaders: 'kept', stream: 'intact', streamCache: 'kept' },
      'signature colonRewritten',
    ],
    'frames that are mangled': [
      { switches: { mangleFrames: true } },
      {},
      { colon: 'encoded', signedHeaders: 'kept', stream: 'damaged' },
      'stream streamDamaged',
    ],
    'a stream that comes as JSON': [
      { switches: { streamAsJson: true } },
      {},
      { colon: 'encoded', signedHeaders: 'kept', stream: 'whole', streamCache: 'kept' },
    ],
    'headers that are dropped or rewritten': [
      { switches: { dropHeaders: true, rewriteHeaders: true } },
      {},
      { colon: 'encoded', signedHeaders: 'kept', stream: 'intact', streamCache: 'kept' },
    ],
    'a signed header that is rewritten': [
      { switches: { rewriteSignedHeader: 'x-amzn-bedrock-guardrailidentifier' } },
      {},
      { colon: 'encoded', signedHeaders: 'changed', stream: 'intact', streamCache: 'kept' },
    ],
    'streams that are not cached': [
      { cacheStreams: false },
      {},
      { colon: 'encoded', signedHeaders: 'kept', stream: 'intact', streamCache: 'notKept' },
    ],
    'an API key that is passed on': [
      {},
      { authentication: 'apiKey' },
      { apiKey: 'passed', stream: 'intact', streamCache: 'kept' },
    ],
    'keys in the gateway, which sign themselves': [
      {},
      { authentication: 'gateway' },
      { stream: 'intact', streamCache: 'kept' },
    ],
    'a clock that is wrong': [
      { clock: () => Date.now() + 600_000 },
      {},
      { colon: 'encoded', signedHeaders: 'kept', stream: 'intact', streamCache: 'kept' },
      'signature clock',
    ],
    'a clock that is wrong and a colon that is decoded': [
      { clock: () => Date.now() + 600_000, switches: { decodeColon: true } },
      {},
      { colon: 'literal', signedHeaders: 'kept', stream: 'intact', streamCache: 'kept' },
      'signature clock',
    ],
  };
  for (const [what, [options, asking, observed, caution]] of Object.entries(cases)) {
    it(`of ${what}, with ${caution ?? 'nothing to warn of'}`, async () => {
      const gateway = await openGateway(options);
      const quirks = memoryQuirks();
      const told = await checked(gateway, { ...asking, quirks });
      assert.equal(endOf(told), 'passed');
      assert.deepEqual(told.report.quirks, observed);
      assert.deepEqual(
        checkStages.flatMap((stage) =>
          cautionAt(told, stage) ? [`${stage} ${cautionAt(told, stage) ?? ''}`] : [],
        ),
        caution ? [caution] : [],
      );
      assert.ok(counted(gateway).prompts <= maxPrompts(prepared(gateway, asking).request));
    });
  }

  it('of a cache that goes by the signature, which no two prompts share', async () => {
    const gateway = await openGateway({ switches: { cacheKeyIsAuthorization: true } });
    const { report } = await checked(gateway, { ports: { clock: manualClock() } });
    assert.equal(report.quirks.streamCache, 'notKept');
  });

  it('names no missing log ID where none was wanted', async () => {
    const gateway = await openGateway();
    const none = await checked(gateway, { gateway: { logs: 'none' } });
    assert.equal(cautionAt(none, 'log'), undefined);
    assert.deepEqual(none.report.stages.log.passed!.result, { logs: 'none' });
  });

  /** The way to the gateway, on which `lost` becomes of requests with such a header. */
  function losing(name: string, value: RegExp, lost: (signal: AbortSignal) => Promise<never>): Asking {
    const { http } = prepared({ url: 'http://127.0.0.1' }).ports;
    const handle: typeof http.handle = (request, options) =>
      value.test(request.headers[name] ?? '')
        ? lost(options?.abortSignal as AbortSignal)
        : http.handle(request, options);
    return { ports: { http: Object.assign(Object.create(http) as typeof http, { handle }) } };
  }
  const reset = () => Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));

  it('leaves open what a request without an answer was to tell', async () => {
    const gateway = await openGateway();
    const told = await checked(gateway, losing('x-amzn-bedrock-guardrailidentifier', /./, reset));
    assert.equal(endOf(told), 'passed');
    assert.deepEqual(told.report.quirks, { colon: 'encoded', stream: 'intact', streamCache: 'kept' });
  });

  it('is not that an API key is passed on, where nobody said so', async () => {
    const gateway = await openGateway();
    const told = await checked(gateway, {
      ...losing('authorization', /^Bearer/, reset),
      authentication: 'apiKey',
    });
    assert.match(endOf(told), /^signature: connectionLost$/);
    assert.deepEqual(told.report.quirks, {});
  });

  it('is no signature that AWS did not answer to', async () => {
    const clock = manualClock();
    const silent = (signal: AbortSignal) => {
      setImmediate(() => clock.advance(defaultLimits.probe));
      return new Promise<never>((_, reject) =>
        signal.addEventListener('abort', () => reject(new Error('late'))),
      );
    };
    const { ports } = losing('authorization', /./, silent);
    const told = await checked(await openGateway(), { ports: { ...ports, clock } });
    assert.equal(endOf(told), 'signature: noAnswer');
  });

  it('of the cache asks once only, though that stream arrives damaged', async () => {
    const gateway = await openGateway({ cacheStreams: false });
    const told = await checked(gateway, {
      onCheck: ({ type }) => {
        if (type === 'runningExtra') gateway.switches.mangleFrames = true;
      },
    });
    assert.equal(endOf(told), 'passed');
    assert.deepEqual([told.report.prompts, counted(gateway).prompts], [2, 2]);
    assert.equal(told.report.quirks.streamCache, undefined);
  });

  it('counts no prompt twice that was refused before it was run', async () => {
    const gateway = await openGateway();
    const told = await checked(gateway, {
      model: withColon,
      stream: 'off',
      onCheck: (event) => {
        if (event.type === 'running' && event.stage === 'model') gateway.switches.decodeColon = true;
      },
    });
    assert.equal(endOf(told), 'passed');
    assert.deepEqual([told.report.prompts, counted(gateway).prompts], [1, 2]);
  });
});
