// A server that quotes each secret it was sent, in every field that it can fill and however it spells it: none is in
// what is shown, kept on disk or logged.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { recordLine } from '../../../src/core/activity/record';
import type { ReplyEvent } from '../../../src/core/model/reply';
import { endedLine } from '../../../src/engine/endedLine';
import { errorFrame, eventFrame, exceptionFrame, chunkFrame } from '../../gateway/frames';
import { type Asking, asked, claudeMessages, prepared } from '../asking';
import { MemoryLedger } from './activity/ledger';
import { spellings, tells } from './spellings';

const keys = {
  accessKeyId: 'ASIACANARYCANARY0000',
  secretAccessKey: 'canary/secret+key/k7Qz0pVbX2/8fJ1mNw5Tr9yUe3',
  sessionToken: 'canary+session/token/Zx81LmQ'.repeat(5) + '==',
};
const apiKey = 'bedrock-api-key-Y2FuYXJ5Oi8vazJXc1BxN0x4Oz0';
const token = 'canary-gateway-token-r3Wm';

interface Said {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}
type Field = (said: string) => Said;

/** A header holds one line of Latin-1. */
const inHeader = (said: string) => encodeURI(said.replace(/[\r\n]+/g, '')).replaceAll('%25', '%');
const json = { 'content-type': 'application/json' };
const stream = { 'content-type': 'application/vnd.amazon.eventstream' };
const aws = (body: unknown, headers: Readonly<Record<string, string>> = {}, status = 400): Said => ({
  status,
  headers: { ...json, 'x-amzn-requestid': '0c8e4b0e-0000-4000-8000-000000000000', ...headers },
  body: JSON.stringify(body),
});
const frames = (...bytes: readonly Buffer[]): Said => ({ headers: stream, body: Buffer.concat(bytes) });
const text = eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'hello' } });
const stop = (stopReason: string) => eventFrame('messageStop', { stopReason });
const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };
const success = (headers: Readonly<Record<string, string>>): Said => ({
  ...frames(text, stop('end_turn'), eventFrame('metadata', { usage })),
  headers: { ...stream, ...headers },
});

/** Together, but so few that Node reads them all. */
const headerNames = [
  ['cf-aig-log-id', 'cf-aig-event-id', 'cf-aig-request-id', 'cf-aig-step', 'cf-aig-cache-status', 'cf-ray'],
  ['x-amzn-requestid', 'x-amzn-errortype', 'retry-after', 'date', 'server', 'via'],
  ['location', 'x-echo', 'www-authenticate', 'cf-access-error', 'x-amzn-bedrock-note', 'cf-mitigated'],
];
const every = (names: readonly string[], said: string) =>
  Object.fromEntries(names.map((name) => [name, inHeader(said)]));
const finding = (said: string) =>
  inHeader(
    JSON.stringify({
      action: 'BLOCK',
      findings: [{ policy_ids: [said], profile: { profile_name: said, context: said }, check: 'REQUEST' }],
    }),
  );
const policies = (said: string) => ({
  trace: {
    guardrail: {
      inputAssessment: {
        [said]: { topicPolicy: { topics: [{ name: said, type: said, action: 'BLOCKED' }] } },
      },
    },
  },
});
const gatewayError = (said: string, code: unknown = 2999) => ({
  success: false,
  error: [{ code, message: said }],
  message: said,
});

const fields: Readonly<Record<string, Field>> = {
  ...Object.fromEntries(
    headerNames.flatMap((names) => [
      [`${names.join(', ')} of a refusal`, (said: string) => aws({ message: 'no' }, every(names, said))],
      [`${names.join(', ')} of a reply`, (said: string) => success(every(names, said))],
    ]),
  ),
  'the name of a header': (said) => success({ [`x-${said.replace(/[^\w-]/g, '')}`]: 'y' }),
  'a finding of data loss prevention': (said) => success({ 'cf-aig-dlp': finding(said) }),
  'a finding of data loss prevention that blocks': (said) =>
    aws(gatewayError('no', 2029), { 'cf-aig-dlp': finding(said) }),
  'a message of AWS’s': (said) => aws({ message: `no ${said} here` }),
  'the type of an error': (said) => aws({ __type: `x#${said}`, message: 'no' }),
  'a denied action': (said) =>
    aws(
      { message: `not authorized to perform: bedrock:${said}` },
      { 'x-amzn-errortype': 'AccessDeniedException' },
    ),
  'a header’s name in the canonical request': (said) => echo(`POST\n/x\n\nhost:y\n${said}:z\n\nhost\nabc`),
  'a header’s value in the canonical request': (said) =>
    echo(`POST\n/x\n\nhost:${said}\nx-amz-date:${said}\n\nhost\nabc`),
  'the path of the canonical request': (said) => echo(`POST\n/${said}\n${said}\nhost:y\n\n${said}\n${said}`),
  'a message of the gateway’s': (said) => aws(gatewayError(said), {}, 403),
  'a code of the gateway’s': (said) => aws(gatewayError('no', said), {}, 403),
  'a budget of the gateway’s': (said) =>
    aws(
      {
        success: false,
        error: { message: 'Spending limit exceeded', bucket: said, spent: said, limit: said },
      },
      {},
      429,
    ),
  'a policy of the gateway’s': (said) =>
    aws({ success: false, error: { message: `Access denied by policy ${said}` } }, {}, 403),
  'an error of the provider’s': (said) =>
    aws({ type: 'error', error: { type: said, message: said } }, {}, 403),
  'an error in OpenAI’s shape': (said) => aws({ error: { message: said, type: said, code: said } }, {}, 429),
  'an error in XML': (said) => ({
    status: 404,
    headers: { 'content-type': 'application/xml' },
    body: `<${said}/>`,
  }),
  'a page': (said) => ({
    status: 403,
    headers: { 'content-type': 'text/html' },
    body: `<h1>error code: ${said}</h1>`,
  }),
  'a line of text': (said) => ({ status: 502, headers: { 'content-type': 'text/plain' }, body: said }),
  'a stop reason': (said) => frames(text, stop(said), eventFrame('metadata', { usage })),
  'a policy of a guardrail': (said) =>
    frames(text, stop('guardrail_intervened'), eventFrame('metadata', { usage, ...policies(said) })),
  'the message of an exception': (said) => frames(exceptionFrame('validationException', { message: said })),
  'the message of an exception in the middle': (said) =>
    frames(text, exceptionFrame('throttlingException', { message: said })),
  'the name of an exception': (said) => frames(text, exceptionFrame(said.slice(0, 200), { message: said })),
  'an exception that is no JSON': (said) =>
    frames(exceptionFrame('modelNotReadyException', { originalMessage: said, [said]: said })),
  'an error frame': (said) => frames(errorFrame(said.slice(0, 200), said)),
  'an error event of Claude’s': (said) =>
    frames(chunkFrame({ type: 'error', error: { type: said, message: said } })),
  'a stop reason of Claude’s': (said) =>
    frames(
      chunkFrame({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'hello' } }),
      chunkFrame({ type: 'message_delta', delta: { stop_reason: said } }),
      chunkFrame({ type: 'message_stop' }),
    ),
  'a whole answer that is an error': (said) => ({
    headers: json,
    body: JSON.stringify({ message: said, type: said }),
  }),
};

function echo(canonical: string): Said {
  return aws(
    {
      message: `No match.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'x'\n`,
    },
    { 'x-amzn-errortype': 'InvalidSignatureException' },
    403,
  );
}

const ways: readonly (Asking & { readonly secrets: readonly string[] })[] = [
  { authentication: 'accessKeys', secrets: [...Object.values(keys), token] },
  { authentication: 'apiKey', secrets: [apiKey] },
];

describe('no secret that a server quotes is told on', () => {
  let server: Server;
  let said: Said = {};
  before(async () => {
    server = createServer((request, response) => {
      request.resume().once('end', () => {
        response.writeHead(said.status ?? 200, said.headers);
        response.end(said.body);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(() => server.close());

  // Each place meets each secret and each spelling, and each secret each spelling: a third of all three together.
  const isMet = (...at: readonly number[]) => at.reduce((sum, each) => sum + each) % 3 === 0;

  for (const [fieldAt, [where, field]] of Object.entries(fields).entries())
    it(`in ${where}`, async () => {
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      for (const { secrets, ...way } of ways)
        for (const [secretAt, secret] of secrets.entries())
          for (const [spellingAt, [how, spell]] of Object.entries(spellings).entries()) {
            if (!isMet(fieldAt, secretAt, spellingAt)) continue;
            said = field(spell(secret));
            const ledger = new MemoryLedger();
            const logged: string[] = [];
            const log = {
              info: (line: string) => logged.push(line),
              warn: (line: string) => logged.push(line),
            };
            const ofClaude = where.includes('Claude');
            const asking: Asking = {
              ...{ ...way, keys, apiKey, token, ports: { ledger, log } },
              ...(ofClaude && { api: 'invoke', model: claudeMessages }),
            };
            const { reply, events } = await asked({ url }, asking);
            assert.ok(reply.outcome);
            const { request } = prepared({ url }, asking);
            logged.push(endedLine({ request, reply }, reply.outcome));
            const told = {
              disk: ledger.records.map(recordLine).join(''),
              log: logged.join('\n'),
              shown: JSON.stringify(events.map(withoutCause)),
            };
            for (const [place, text] of Object.entries(told))
              assert.ok(!tells(text, secret), `${secret} ${how}, in the ${place}: ${text}`);
          }
    });
});

/** What a debugger alone sees is not told. */
function withoutCause(event: ReplyEvent): unknown {
  return JSON.parse(JSON.stringify(event, (key, value: unknown) => (key === 'cause' ? undefined : value)));
}
