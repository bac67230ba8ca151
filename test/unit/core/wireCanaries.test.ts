// Known secrets and a known prompt, over every way of authenticating and every behaviour of the stand-in: none of
// them is in a record of the wire, nor in a command for curl.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Request } from '../../../src/core/model/request';
import type { Reply } from '../../../src/core/model/reply';
import { type CurlComments, curl } from '../../../src/core/wire/curl';
import { pingBody } from '../../../src/core/wire/ping';
import { behaviours } from '../../gateway/behaviours';
import { type Asking, asked, closeGatewaysAfterEach, openGateway, prepared } from '../asking';
import { openServer } from './rawServer';

const keys = {
  accessKeyId: 'ASIACANARYCANARY0000',
  secretAccessKey: 'canary/secret+key/k7Qz0pVbX2',
  sessionToken: 'canary+session/token/Zx81LmQ==',
};
const apiKey = 'bedrock-api-key-Y2FuYXJ5Oi8vazJXc1BxN0x4Oz0';
const token = 'canary-gateway-token-r3Wm';
const prompt = 'canary prompt q8Vd3 of nobody';
const systemPrompt = 'canary system prompt x4Lp of nobody';
const replied = 'canary reply w5Tn9 of nobody';

const secrets = [...Object.values(keys), apiKey, token];
const canaries = [
  ...secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ]),
  ...[prompt, systemPrompt, replied],
];
const words: CurlComments = {
  about: 'about',
  variables: (names) => names,
  gatewayTakesNoSignature: 'why',
  newCurl: 'new',
  stream: 'stream',
};

/** All that Details is made of, and all that it copies. */
function shownOf(reply: Reply, request: Request): string {
  const commands = reply.records.flatMap(({ sent }) =>
    sent
      ? (['gateway', 'aws'] as const).map((to) => curl({ request, sent, body: pingBody(request) }, to, words))
      : [],
  );
  return [
    inspect(reply.records, { depth: null, maxStringLength: null, maxArrayLength: null }),
    ...commands,
  ].join('\n');
}

function assertNone(shown: string): void {
  for (const canary of canaries) assert.ok(!shown.includes(canary), `${canary} in:\n${shown}`);
}

/** Where a number makes it so. */
const shorter: Readonly<Record<string, string>> = {
  slow: 'slow-1',
  long: 'long-50',
  'nested-quotes': 'nested-quotes-50',
};

/** What would never end is stopped; that is an outcome as well. */
const endless = new Set(['silence', 'stall']);

describe('no secret and no prompt is in the record of the wire', () => {
  closeGatewaysAfterEach();

  for (const authentication of ['accessKeys', 'apiKey', 'gateway'] as const) {
    it(`whatever comes of it (${authentication})`, async () => {
      const gateway = await openGateway({
        credentials: [keys],
        apiKeys: [apiKey],
        token,
        cacheStreams: true,
      });
      gateway.script('canary-model', { deltas: [replied] });
      const models = [
        'canary-model',
        ...Object.keys(behaviours).map((name) => `stand-in.${shorter[name] ?? name}`),
      ];
      const common: Asking = {
        ...{ authentication, keys, apiKey, token, prompt },
        gateway: { cacheTtl: 60, metadata: { team: 'ours' } },
        parameters: { systemPrompt, maxTokens: 9, additionalFields: { system: systemPrompt } },
      };
      const outcomes = new Set<string>();
      for (const model of models) {
        const stopping = new AbortController();
        const hangs = [...endless].some((name) => model.includes(name));
        const asking: Asking = {
          ...{ ...common, model, signal: stopping.signal },
          onEvent: ({ type }) => hangs && type === 'text' && stopping.abort(),
        };
        if (hangs) void gateway.waitFor((entry) => entry.model === model).then(() => stopping.abort());
        const { reply } = await asked(gateway, asking);
        outcomes.add(reply.outcome!.kind);
        assert.ok(reply.records.length > 0 && reply.records.every(({ sent }) => sent), model);
        assertNone(shownOf(reply, prepared(gateway, asking).request));
      }
      assert.deepEqual([...outcomes].sort(), ['blocked', 'cut', 'done', 'failed', 'stopped']);
    });
  }

  it('though data loss prevention repeats what it found', async () => {
    const found = 'canary-4111-1111';
    const finding = {
      profile: { context: { match: found, around: [found] }, entry_ids: [found], profile_id: '1234-abcd' },
      policy_ids: ['no-cards'],
      check: 'REQUEST',
      [found]: found,
    };
    for (const said of [{ findings: [finding], action: 'FLAG', match: found }, found]) {
      const dlp = typeof said === 'string' ? said : JSON.stringify(said);
      const server = await openServer(
        `HTTP/1.1 403 Forbidden\r\nCF-AIG-DLP: ${dlp}\r\ncontent-length: 0\r\n\r\n`,
      );
      try {
        const { reply } = await asked(server);
        const shown = shownOf(reply, prepared(server).request);
        assert.ok(!shown.includes(found), shown);
        const header = reply.records[0]!.response!.headers.find(([name]) => name === 'cf-aig-dlp')?.[1];
        const nothing = { policies: [], profiles: [], where: [] };
        assert.deepEqual(
          JSON.parse(header!),
          typeof said === 'string'
            ? nothing
            : { action: 'flag', policies: ['no-cards'], profiles: ['1234-abcd'], where: ['prompt'] },
        );
      } finally {
        await server.close();
      }
    }
  });

  it('though the other side says it all in its headers', async () => {
    const said = secrets.flatMap((secret) => [secret, encodeURIComponent(secret)]).join(' ');
    const names = ['server', 'via', 'cf-aig-dlp', 'cf-aig-log-id', 'x-amzn-errortype', 'x-amzn-bedrock-note'];
    const hidden = [
      'set-cookie',
      'x-echo',
      'x-amz-security-token',
      'location',
      'www-authenticate',
      'authorization',
    ];
    const head = [...names, ...hidden].map((name) => `${name}: ${said}\r\n`).join('');
    const server = await openServer(
      `HTTP/1.1 403 Forbidden\r\n${head}x-prompt: ${prompt}\r\ncontent-length: 0\r\n\r\n`,
    );
    try {
      for (const authentication of ['accessKeys', 'apiKey', 'gateway'] as const) {
        const asking: Asking = { authentication, keys, apiKey, token, prompt };
        const { reply } = await asked(server, asking);
        const used = { accessKeys: Object.values(keys), apiKey: [apiKey], gateway: [] }[authentication];
        const shown = shownOf(reply, prepared(server, asking).request) + JSON.stringify(reply.requestIds);
        assert.ok(reply.requestIds.logId !== undefined);
        // Of secrets that this attempt did not use, nobody could have told it.
        for (const secret of [...used, token])
          for (const spelling of [secret, encodeURIComponent(secret)])
            assert.ok(!shown.includes(spelling), `${spelling} in:\n${shown}`);
        assert.ok(!shown.includes(prompt));
      }
    } finally {
      await server.close();
    }
  });
});
