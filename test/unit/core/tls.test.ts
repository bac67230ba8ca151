// TLS against an authority of one's own: refused unless the machine trusts it, each time for the reason that holds;
// and HTTP/1.1 on the wire, whatever else a server offers.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { openAsk } from '../../../src/engine/engine.chunk';
import type { FailureKind } from '../../../src/core/model/failure';
import { type Reply, fold, newReply } from '../../../src/core/model/reply';
import type { Gateway } from '../../gateway';
import {
  type CertificateName,
  type Signed,
  makeAuthority,
  makeCertificates,
} from '../../network/certificates';
import { type TlsFront, openTlsFront } from '../../network/tlsFront';
import { closeGatewaysAfterEach, kindOf, openGateway, prepared } from '../asking';

const run = promisify(execFile);
const program = path.join(__dirname, 'bedrock', 'askInChild.js');
const host = '127.0.0.1';

/** Where the machine trusts our authority, and where it trusts none of its kind. */
const kinds: { readonly [C in CertificateName]: { trusted: FailureKind | 'done'; otherwise: FailureKind } } =
  {
    good: { trusted: 'done', otherwise: 'certificateUntrusted' },
    unknownAuthority: { trusted: 'certificateUntrusted', otherwise: 'certificateUntrusted' },
    selfSigned: { trusted: 'certificateUntrusted', otherwise: 'certificateUntrusted' },
    // Of two things that are wrong OpenSSL tells the last that it found.
    expired: { trusted: 'certificateExpired', otherwise: 'certificateExpired' },
    notYetValid: { trusted: 'certificateNotYetValid', otherwise: 'certificateNotYetValid' },
    anotherName: { trusted: 'certificateForAnotherName', otherwise: 'certificateUntrusted' },
  };
const names = Object.keys(kinds) as CertificateName[];

/** With the agents of the product, not with those of the tests. */
async function askedAsShipped(url: string): Promise<Reply> {
  const { request, ports } = prepared({ url });
  let reply = newReply(Date.now());
  for await (const event of openAsk(ports).ask(request, new AbortController().signal))
    reply = fold(reply, event, Date.now());
  return reply;
}

describe('a certificate', () => {
  let authority: Signed;
  let certificates: Record<CertificateName, Signed>;
  before(async () => {
    authority = await makeAuthority();
    certificates = await makeCertificates(authority, host);
  });
  closeGatewaysAfterEach();

  const fronts: TlsFront[] = [];
  let gateway: Gateway;
  let folder: string;
  beforeEach(async () => {
    gateway = await openGateway();
    folder = mkdtempSync(path.join(os.tmpdir(), 'authority-'));
    for (const name of names)
      fronts.push(await openTlsFront(certificates[name], { host, port: gateway.port }));
  });
  afterEach(async () => {
    await Promise.all(fronts.splice(0).map((front) => front.close()));
    rmSync(folder, { recursive: true });
  });
  const urlOf = (front: TlsFront) => gateway.url.replace(gateway.root, `https://${host}:${front.port}`);

  it('of an authority that the machine does not trust is refused, and no prompt leaves', async () => {
    for (const [index, name] of names.entries()) {
      const reply = await askedAsShipped(urlOf(fronts[index]!));
      assert.equal(kindOf(reply), kinds[name].otherwise, name);
      assert.equal(reply.attempts, 1, 'it is not tried again');
    }
    assert.equal(gateway.log.length, 0);
  });

  it('of one that it trusts is accepted, and refused for what else is wrong with it', async () => {
    const file = path.join(folder, 'authority.pem');
    writeFileSync(file, authority.cert);
    const told = { urls: fronts.map(urlOf), askings: [{}, { stream: 'off' }] };
    const env = { PATH: process.env['PATH'], NODE_EXTRA_CA_CERTS: file };
    const { stdout } = await run(process.execPath, [program, JSON.stringify(told)], { env });
    const found = (JSON.parse(stdout) as Reply[]).map(kindOf);
    assert.deepEqual(
      found,
      names.flatMap((name) => [kinds[name].trusted, kinds[name].trusted]),
    );
    assert.equal(gateway.log.length, 2);
    assert.ok(gateway.log.every(({ signature }) => signature === 'accepted'));

    // The server would rather have spoken HTTP/2.
    const [good] = fronts;
    assert.equal(good!.lines.length, 2);
    for (const line of good!.lines) assert.match(line, /^POST \S+ HTTP\/1\.1$/);
    assert.ok(
      good!.chosen.every((protocol) => protocol !== 'h2'),
      String(good!.chosen),
    );
  });
});
