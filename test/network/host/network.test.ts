// The product's own chunk inside VS Code, whose proxy and certificate support stands in its way: what comes of a
// prompt behind each certificate and each proxy, and what is said of it.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { adviceFor } from '../../../src/advice/advice';
import type * as chunk from '../../../src/engine/engine.chunk';
import { type Connection, type Report, reduceReport, newReport } from '../../../src/core/check/report';
import type { Failure, FailureKind } from '../../../src/core/model/failure';
import { type Reply, type ReplyEvent, reduceReply, newReply } from '../../../src/core/model/reply';
import { type Asking, prepared } from '../../unit/asking';
import { endOf } from '../../unit/core/check/checking';
import { project } from '../../vscode/project';
import type { CertificateName } from '../certificates';
import type { Network } from '../network';
import { proxyCredentials } from '../proxies';

const network = JSON.parse(process.env['NETWORK'] ?? '{}') as Network;

/** The file that ships: what a test bundles is not loaded as an extension's code is. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- a path, known when the test runs
const { createEngine } = require(path.join(project, 'dist', 'engine.js')) as typeof chunk;

async function use(settings: { proxy?: string; proxyAuthorization?: string | null }): Promise<void> {
  for (const [name, value] of Object.entries({ proxy: '', proxyAuthorization: null, ...settings })) {
    await vscode.workspace.getConfiguration('http').update(name, value, vscode.ConfigurationTarget.Global);
    const holds = () => vscode.workspace.getConfiguration('http').get<unknown>(name) === value;
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function asked(
  url: string,
  asking: Asking & { when?: (event: ReplyEvent) => void } = {},
): Promise<Reply> {
  const { request, ports } = prepared({ url }, asking);
  let reply = newReply(Date.now());
  for await (const event of createEngine(ports).ask(request, asking.signal ?? new AbortController().signal)) {
    reply = reduceReply(reply, event, Date.now());
    asking.when?.(event);
  }
  return reply;
}

function failureOf({ outcome }: Reply): Failure {
  assert.ok(outcome && 'failure' in outcome, `it is ${outcome?.kind}`);
  return outcome.failure;
}

function assertDone({ outcome }: Reply): void {
  const failed = outcome && 'failure' in outcome ? outcome.failure : undefined;
  assert.equal(
    outcome?.kind,
    'done',
    `${failed?.kind} ${JSON.stringify(failed?.details)} ${String(failed?.cause)}`,
  );
}

/** What is said names the other side's code where that tells more, and never a password. */
function assertSaid(failure: Failure, words: RegExp): void {
  const { title, sentence } = adviceFor(failure);
  assert.match(`${title}. ${sentence}`, words);
  const { cause: _cause, ...told } = failure;
  assert.doesNotMatch(JSON.stringify([told, title, sentence]), new RegExp(proxyCredentials.password));
}

describe('a certificate, in VS Code,', () => {
  before(() => use({}));

  const kinds: { readonly [C in CertificateName]: FailureKind | 'done' } = {
    good: 'done',
    unknownAuthority: 'certificateUntrusted',
    selfSigned: 'certificateUntrusted',
    expired: 'certificateExpired',
    notYetValid: 'certificateNotYetValid',
    anotherName: 'certificateForAnotherName',
  };
  for (const [name, kind] of Object.entries(kinds)) {
    it(`${name}: ${kind}`, async () => {
      const reply = await asked(network.gateways[name as CertificateName]);
      if (kind === 'done') assertDone(reply);
      else {
        assert.equal(failureOf(reply).kind, kind);
        assertSaid(failureOf(reply), /certificate/i);
      }
      assert.equal(reply.attempts, 1);
    });
  }
});

/** Plain, and in a tunnel: two ways through a proxy. */
const ways = { tunnelled: network.tunnelled, plain: network.plain };

for (const [way, url] of Object.entries(ways)) {
  describe(`behind a proxy, ${way}, in VS Code`, () => {
    const withPassword = (password: string) => {
      const proxy = new URL(network.proxies.wantsPassword);
      Object.assign(proxy, { ...proxyCredentials, password });
      return proxy.href;
    };

    it('that works, a prompt is answered', async () => {
      await use({ proxy: network.proxies.working });
      assertDone(await asked(url));
    });

    it('that wants a password, it says where that is put', async () => {
      await use({ proxy: network.proxies.wantsPassword });
      const failure = failureOf(await asked(url));
      assert.equal(failure.kind, 'proxyWantsAuthentication');
      assertSaid(failure, /http\.proxy .*name:password@/);
    });

    it('that is given a wrong one, it says the same', async () => {
      await use({ proxy: withPassword(`wrong-${proxyCredentials.password}`) });
      const failure = failureOf(await asked(url));
      assert.equal(failure.kind, 'proxyWantsAuthentication');
      assertSaid(failure, /http\.proxy .*name:password@/);
    });

    it('that is given its password, a prompt is answered', async () => {
      await use({ proxy: withPassword(proxyCredentials.password) });
      assertDone(await asked(url));
    });

    // VS Code sends it with its own requests, but not with those of extensions.
    it('that is given its password in http.proxyAuthorization, it says where else that is put', async () => {
      const { username, password } = proxyCredentials;
      const proxyAuthorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
      await use({ proxy: network.proxies.wantsPassword, proxyAuthorization });
      const failure = failureOf(await asked(url));
      assert.equal(failure.kind, 'proxyWantsAuthentication');
      assertSaid(failure, /http\.proxy .*name:password@/);
    });

    it('that is dead, it names the proxy', async () => {
      await use({ proxy: network.proxies.dead });
      const failure = failureOf(await asked(url));
      assert.equal(failure.kind, 'proxyUnreachable');
      assertSaid(failure, /http\.proxy/);
    });

    for (const [proxy, kind] of [
      ['answers403', 'proxyRefused'],
      ['answers502', 'proxyFailed'],
    ] as const) {
      it(`that ${proxy}, it is not taken for the gateway's word`, async () => {
        await use({ proxy: network.proxies[proxy] });
        const reply = await asked(url);
        assert.equal(failureOf(reply).kind, kind);
        assertSaid(failureOf(reply), /proxy/);
      });
    }
  });
}

describe('behind a proxy that cuts, in VS Code,', () => {
  const url = network.tunnelled;

  it('a prompt is never taken for answered', async () => {
    for (const proxy of ['cutsAtOnce', 'cutsBeforeAnAnswer'] as const) {
      await use({ proxy: network.proxies[proxy] });
      const reply = await asked(url);
      const failure = failureOf(reply);
      assert.equal(reply.outcome?.kind, 'failed', proxy);
      assert.ok(['proxyUnreachable', 'tlsCut', 'connectionLost'].includes(failure.kind), failure.kind);
      assertSaid(failure, /proxy/);
    }
  });

  it('in the middle of a reply, what came is kept, and not asked for again', async () => {
    await use({ proxy: network.proxies.cutsInTheMiddle });
    const reply = await asked(url, { model: 'stand-in.long-2000' });
    assert.equal(reply.outcome?.kind, 'cut');
    assert.equal(failureOf(reply).kind, 'connectionLost');
    assert.match(reply.text, /word1 /);
    assert.doesNotMatch(reply.text, /word1999/);
    assert.equal(reply.attempts, 1);
  });

  for (const at of Object.keys(ways) as (keyof typeof ways)[]) {
    it(`or hangs, Stop ends it at once (${at})`, async () => {
      await use({ proxy: network.proxies.hangs });
      const stopping = new AbortController();
      // It hangs for good, and longer than this test may take: nothing but Stop ends it.
      setTimeout(() => stopping.abort(), 300);
      const reply = await asked(ways[at], { signal: stopping.signal });
      assert.deepEqual(reply.outcome, { kind: 'stopped' });
    });
  }

  after(() => use({}));
});

describe('a check of the connection, in VS Code,', () => {
  async function checked(url: string): Promise<Report> {
    const { request, ports } = prepared({ url });
    let report = newReport(Date.now(), {});
    for await (const event of createEngine(ports).check(request, new AbortController().signal))
      report = reduceReport(report, event, Date.now());
    return report;
  }
  const connectionOf = ({ stages }: Report) => stages.connection.passed!.result as Connection;

  it('tells what carried it', async () => {
    await use({});
    const report = await checked(network.gateways.good);
    assert.equal(endOf({ report, events: [] }), 'passed');
    const { hostname, remote, proxy, tls, http, connected = 0 } = connectionOf(report);
    const { host, hostname: asked } = new URL(network.gateways.good);
    assert.deepEqual([hostname, remote, proxy, tls, http], [asked, host, false, 'TLSv1.3', '1.1']);
    assert.ok(connected > 0);
  });

  it('ends at the connection with a certificate of nobody’s', async () => {
    const report = await checked(network.gateways.unknownAuthority);
    assert.equal(endOf({ report, events: [] }), 'connection: certificateUntrusted');
  });

  for (const [way, url] of Object.entries(ways)) {
    it(`tells of the proxy that it went through (${way})`, async () => {
      await use({ proxy: network.proxies.working });
      const report = await checked(url);
      assert.equal(endOf({ report, events: [] }), 'passed');
      assert.deepEqual(
        [connectionOf(report).proxy, connectionOf(report).remote],
        [true, new URL(network.proxies.working).host],
      );
    });

    for (const [proxy, kind] of [
      ['wantsPassword', 'proxyWantsAuthentication'],
      ['dead', 'proxyUnreachable'],
      ['answers403', 'proxyRefused'],
      ['answers502', 'proxyFailed'],
    ] as const)
      it(`ends at the connection with a proxy that is ${proxy} (${way})`, async () => {
        await use({ proxy: network.proxies[proxy] });
        assert.equal(endOf({ report: await checked(url), events: [] }), `connection: ${kind}`);
      });
  }

  after(() => use({}));
});
