// A check before TLS, with the agents of the product: what is wrong with a certificate is found at the connection.
// (A certificate that is trusted, and proxies: test/network.)
import assert from 'node:assert/strict';
import { openAsk } from '../../../../src/engine/engine.chunk';
import type { FailureKind } from '../../../../src/core/model/failure';
import { type Report, foldReport, newReport } from '../../../../src/core/check/report';
import {
  type CertificateName,
  type Signed,
  makeAuthority,
  makeCertificates,
} from '../../../network/certificates';
import { type TlsFront, openTlsFront } from '../../../network/tlsFront';
import { closeGatewaysAfterEach, openGateway, prepared } from '../../asking';
import { endOf } from './checking';

const host = '127.0.0.1';

async function checkedAsShipped(url: string): Promise<Report> {
  const { request, ports } = prepared({ url });
  let report = newReport(Date.now(), {});
  for await (const event of openAsk(ports).check(request, new AbortController().signal))
    report = foldReport(report, event, Date.now());
  return report;
}

describe('a check through TLS', () => {
  let certificates: Record<CertificateName, Signed>;
  before(async () => {
    certificates = await makeCertificates(await makeAuthority(), host);
  });
  closeGatewaysAfterEach();
  const fronts: TlsFront[] = [];
  afterEach(async () => {
    await Promise.all(fronts.splice(0).map((front) => front.close()));
  });

  const kinds: { readonly [C in CertificateName]?: FailureKind } = {
    unknownAuthority: 'certificateUntrusted',
    selfSigned: 'certificateUntrusted',
    expired: 'certificateExpired',
    notYetValid: 'certificateNotYetValid',
  };
  for (const [name, kind] of Object.entries(kinds))
    it(`ends at the connection with a certificate that is ${name}, and nothing was asked`, async () => {
      const gateway = await openGateway();
      const front = await openTlsFront(certificates[name as CertificateName], { host, port: gateway.port });
      fronts.push(front);
      const report = await checkedAsShipped(
        gateway.url.replace(gateway.root, `https://${host}:${front.port}`),
      );
      assert.equal(endOf({ report, events: [] }), `connection: ${kind}`);
      assert.equal(gateway.log.length, 0);
    });
});
