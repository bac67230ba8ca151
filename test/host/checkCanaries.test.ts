// Known secrets and known texts, over checks that end at every stage: none of them is in what the page is told, nor in
// the report that is copied. In VS Code, whose words both are made of.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import MarkdownIt from 'markdown-it';
import { type CheckEvent, reduceReport, newReport } from '../../src/core/check/report';
import { type Failure, type FailureKind, failure, stageOf } from '../../src/core/model/failure';
import type { Authentication } from '../../src/core/model/request';
import type { CheckView } from '../../src/protocol/check';
import { reportText } from '../../src/check/reportText';
import type { CheckState, CheckInputs } from '../../src/check/state';
import { checkView } from '../../src/check/view';
import type { Description } from '../../src/aws/profileStore';
import { standInKeys } from '../gateway';
import type { SettingProblem } from '../../src/core/model/failureDetails';
import { waitLimit } from '../limits';
import { type Asking, closeGatewaysAfterEach, openGateway, prepared } from '../unit/asking';
import { checked, endOf } from '../unit/core/check/checking';

const keys = {
  accessKeyId: 'ASIACANARYCANARY0000',
  secretAccessKey: 'canary/secret+key/k7Qz0pVbX2',
  sessionToken: 'canary+session/token/Zx81LmQ==',
};
const apiKey = 'bedrock-api-key-Y2FuYXJ5Oi8vazJXc1BxN0x4Oz0';
const token = 'canary-gateway-token-r3Wm';
const systemPrompt = 'canary system prompt x4Lp of nobody';
const replied = 'canary reply w5Tn9 of nobody';
const secrets = [...Object.values(keys), apiKey, token];
const canaries = [
  ...secrets.flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ]),
  // What an API key ends with is as secret as the rest of it.
  ...['Oz0', systemPrompt, replied, 'Connection check '],
];
const asking: Asking = { keys, apiKey, token, parameters: { systemPrompt, stopSequences: [systemPrompt] } };
/** ms; nobody waits long for those that say nothing, and a busy machine is waited for. */
const limitsFor = (model = '') => ({
  probe: waitLimit,
  model: /stall|silence/.test(model) ? 300 : waitLimit,
});

/** All that is told to the page as a check goes on, and what is copied in the end. */
async function told(
  gateway: { readonly url: string },
  asked: Asking,
  more: Partial<CheckState> = {},
): Promise<{ end: string; texts: readonly string[] }> {
  const inputs: CheckInputs = { config: prepared(gateway, asked).request };
  const state: CheckState = {
    ...{ shown: inputs, next: inputs, offer: 1, quirks: {}, report: undefined, profile: undefined },
    credentialsChanged: false,
    ...more,
  };
  let report = newReport(Date.now(), {});
  const views: CheckView[] = [];
  await checked(gateway, {
    ...{ ...asked, limits: limitsFor(asked.model) },
    onCheck: (event) => {
      report = reduceReport(report, event, Date.now());
      views.push(checkView({ ...state, report }));
    },
  });
  const ended = { ...state, report };
  return {
    end: endOf({ report, events: [] }),
    texts: [JSON.stringify(views), reportText(ended, checkView(ended), '1.2.3')],
  };
}

function assertNone(texts: readonly string[], what: string): void {
  for (const text of texts)
    for (const canary of canaries) assert.ok(!text.includes(canary), `${canary} of ${what} in:\n${text}`);
}

describe('no secret and no prompt is in what a check shows and copies', () => {
  closeGatewaysAfterEach();

  const models = [
    'canary-model',
    ...['gateway-2003', 'gateway-2009', 'gateway-2040', 'edge-html-403', 'captive-portal'],
    ...['access-denied', 'invalid-model', 'throttling', 'cut', 'stall', 'silence'],
  ].map((name) => (name === 'canary-model' ? name : `stand-in.${name}`));

  for (const authentication of ['accessKeys', 'apiKey', 'gateway'] as const satisfies Authentication[])
    it(`wherever it ends (${authentication})`, async () => {
      const gateway = await openGateway({ credentials: [keys], apiKeys: [apiKey], token });
      gateway.script('canary-model', { deltas: [replied] });
      const ends = new Set<string>();
      for (const model of models) {
        const { end, texts } = await told(gateway, { ...asking, authentication, model });
        assertNone(texts, model);
        ends.add(end.split(':')[0]!);
      }
      for (const end of ['passed', 'connection', 'gateway', 'gatewayToken', 'model', 'stream'])
        assert.ok(ends.has(end), `${end} is not among ${[...ends].join()}`);
      assert.ok(gateway.log.every(({ body }) => !body.includes(systemPrompt)));
    });

  it('though AWS echoes the canonical request', async () => {
    const gateway = await openGateway({ credentials: [keys], token, switches: { rewriteBody: true } });
    const { end, texts } = await told(gateway, asking);
    assert.equal(end, 'signature: changedOnTheWay');
    assert.match(texts[1]!, /\| `body` \| `/);
    assertNone(texts, 'the canonical request');
  });

  it('though the other side quotes all that it was sent', async () => {
    const server = createServer(({ headers }, response) => {
      const said = Object.entries(headers).flatMap(([name, value]) => [
        `${name}: ${String(value)}`,
        String(value),
      ]);
      const named = headers.authorization === undefined ? 'MissingAuthenticationToken' : 'AccessDenied';
      response.writeHead(403, {
        'content-type': 'application/json',
        'x-amzn-errortype': `${named}Exception`,
        'x-amzn-requestid': token,
        'cf-aig-log-id': token,
      });
      response.end(JSON.stringify({ message: said.join(' ') }));
    }).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/a/b`;
    try {
      for (const authentication of ['accessKeys', 'apiKey', 'gateway'] as const) {
        const { texts } = await told({ url }, { ...asking, authentication });
        assertNone(texts, authentication);
      }
    } finally {
      server.close();
    }
  });
});

describe('the report of a check', () => {
  closeGatewaysAfterEach();

  it('says who a profile is at AWS, and neither its name nor where home is', async () => {
    const gateway = await openGateway({ token });
    const profile = 'a';
    const described: Description = {
      profile,
      kind: 'role',
      account: '111122223333',
      role: 'Developer',
      expiration: Date.UTC(2030, 0, 2),
    };
    const ports = {
      profiles: { credentials: () => Promise.resolve(standInKeys), forget: () => undefined },
    };
    const { end, texts } = await told(gateway, { token, profile, ports }, { profile: described });
    assert.equal(end, 'passed');
    assert.match(
      texts[0]!,
      /Profile a, access key …LE00 \(long-term\) · role Developer in account 111122223333 · until .*2030/,
    );
    assert.match(
      texts[1]!,
      /Profile …, access key …`LE00` \(long-term\) · role `Developer` in account `111122223333` · until .*2030/,
    );
    assert.ok(!texts[1]!.includes(homedir()));
  });

  it('names no profile that is not there', async () => {
    const gateway = await openGateway({ token });
    const { ProfileFailed } = await import('../../src/core/model/errors');
    const error = new ProfileFailed('profileNotFound', { profile: 'canary-ann', profiles: ['canary-bob'] });
    const ports = { profiles: { credentials: () => Promise.reject(error), forget: () => undefined } };
    const { end, texts } = await told(gateway, { token, profile: 'canary-ann', ports });
    assert.equal(end, 'awsCredentials: profileNotFound');
    assert.match(texts[0]!, /canary-ann.*canary-bob/s);
    assert.doesNotMatch(texts[1]!, /canary-/);
  });

  it('names nobody, whatever is wrong with a profile', () => {
    for (const [problem, subject] of Object.entries(subjects) as [SettingProblem, string][])
      for (const kind of ['profileIncomplete', 'webIdentityFailed', 'credentialProcessFailed'] as const) {
        const { report, shown } = reportOf(failure(kind, { ...names, problem, subject }));
        const what = `${kind} ${problem}`;
        assert.doesNotMatch(report, /canary/, what);
        if (subject.includes('canary')) assert.match(shown, /canary/, what);
        // What tells whoever runs the gateway what is missing, and names nobody, stays.
        else assert.ok(report.includes(subject), what);
      }
  });

  it('names nobody, whatever fails', () => {
    const role = 'arn:aws:iam::111122223333:role/Developer';
    const ofRole: readonly FailureKind[] = ['ssoRoleDenied', 'assumeRoleDenied', 'webIdentityFailed'];
    for (const kind of Object.keys(stageOf) as FailureKind[]) {
      const subject = ofRole.includes(kind) ? role : 'arn:aws:iam::111122223333:mfa/canary-ann';
      for (const profiles of [names.profiles, []]) {
        const { report } = reportOf(failure(kind, { ...names, profiles, subject }));
        assert.doesNotMatch(report, /canary/, kind);
        assert.match(report, new RegExp(`\\b${kind}\\b`));
        if (ofRole.includes(kind)) assert.ok(report.includes(role), kind);
      }
    }
  });
});

describe('what is not ours in the report of a check', () => {
  const texts = [
    '[click](https://evil.example) ![x](https://evil.example/p.png)',
    '<img src="https://evil.example/p.png"> <script>x</script>',
    'one\n\n# two\n\n| a | b |\n|---|---|\n| c | d |\n```\nthree',
    '`` ` ``` **bold** ~~gone~~ \\| a\\`',
    '\u202e@everyone\u2028#1 | &lt;b&gt;',
    `${'x'.repeat(5000)}](https://evil.example)`,
  ];
  /** What a Markdown reader makes of a report whose every fact is `text`, beside that of one whose facts are plain. */
  const readOf = (kind: FailureKind, text: string) => {
    const facts = { host: text, code: text, model: text, region: text, subject: text, message: text };
    const line = { name: text, signed: text, received: `${text}.`, differs: true };
    const { report } = reportOf(failure(kind, { ...facts, canonical: [line] }));
    const tokens = new MarkdownIt({ html: true, linkify: true }).parse(report, {});
    const shape = tokens.map(({ type, tag }) => `${type} ${tag}`);
    const inside = tokens.flatMap(({ children }) => children ?? []).map(({ type }) => type);
    return { report, shape, inside: new Set(inside) };
  };

  for (const text of texts)
    it(`is one bounded line of code: ${JSON.stringify(text.slice(0, 50))}`, () => {
      const usual = new Set(['text', 'text_special', 'code_inline', 'strong_open', 'strong_close']);
      for (const kind of Object.keys(stageOf) as FailureKind[]) {
        const { report, shape, inside } = readOf(kind, text);
        assert.deepEqual(shape, readOf(kind, 'plain-text').shape, kind);
        assert.deepEqual(
          [...inside].filter((type) => !usual.has(type)),
          [],
          `${kind}: ${report}`,
        );
        assert.ok(report.length < 8000, `${kind}: ${report.length}`);
        assert.doesNotMatch(report, /[\u202a-\u202e\u2028\u2029\u0085]/);
      }
    });
});

/** Facts as a profile's failure has them. */
const names = { authentication: 'profile', profile: 'canary-ann', profiles: ['canary-bob'] } as const;

/** What each problem is about, as it is told. */
const subjects: { readonly [P in SettingProblem]: string } = {
  empty: '',
  malformed: '/srv/canary/config:7',
  shellCommand: '/srv/canary/config:7',
  unreadable: '/srv/canary/config',
  settingMissing: 'sso_region',
  notPlain: 'aws_access_key_id',
  notNumber: 'duration_seconds',
  refused: 'arn:aws:iam::111122223333:role/Developer',
  roleWithoutSource: '',
  twoSources: '',
  sourceMissing: 'canary-bob',
  sourceUnknown: 'canary-bob',
  sourceEmpty: 'EcsContainer',
  cycle: 'canary-ann → canary-bob → canary-ann',
  sessionMissing: 'canary-session',
  tokenMissing: '/srv/canary/token',
  programMissing: '/srv/canary/program',
  programNotStarted: '/srv/canary/program',
  programFailed: '7',
  programEnded: 'SIGKILL',
  programTooSlow: '300',
  outputNotJson: '',
  outputIncomplete: 'AccessKeyId',
  outputExpired: '2026-01-01T00:00:00.000Z',
};

/** What is copied, and what is shown, after a check that ended with `failed`. */
function reportOf(failed: Failure): { readonly report: string; readonly shown: string } {
  const inputs: CheckInputs = {
    config: prepared({ url: 'http://127.0.0.1/v1/a/b' }, { profile: names.profile }).request,
  };
  const events: readonly CheckEvent[] = [
    { type: 'failed', stage: 'awsCredentials', failure: failed },
    { type: 'ended', outcome: 'failed' },
  ];
  const report = events.reduce((before, event) => reduceReport(before, event, 0), newReport(0, {}));
  const state: CheckState = {
    ...{ shown: inputs, next: inputs, offer: 1, quirks: {}, report, profile: undefined },
    credentialsChanged: false,
  };
  return { report: reportText(state, checkView(state), '1.2.3'), shown: JSON.stringify(checkView(state)) };
}
