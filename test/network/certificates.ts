// A certificate authority of one's own, and what it signs: what a company has whose proxy looks into TLS.
import { generate } from 'selfsigned';

export interface Signed {
  readonly key: string;
  readonly cert: string;
}

const day = 86_400_000;
const from = (days: number) => new Date(Date.now() + days * day);
const named = (name: string) => [{ name: 'commonName', value: name }];
// Elliptic curves: an RSA key takes a second.
const common = { keyType: 'ec', algorithm: 'sha256' } as const;

export async function makeAuthority(name = 'Stand-in authority'): Promise<Signed> {
  const { private: key, cert } = await generate(named(name), {
    ...common,
    notBeforeDate: from(-30),
    notAfterDate: from(30),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  return { key, cert };
}

export interface Wanted {
  /** Host names and IPv4 addresses that it is for. */
  readonly hosts: readonly string[];
  /** Days from now. */
  readonly begins?: number;
  readonly ends?: number;
}

/** Without an authority it is signed by itself. */
export async function makeCertificate(
  authority: Signed | undefined,
  { hosts, begins = -1, ends = 1 }: Wanted,
): Promise<Signed> {
  const altNames = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? { type: 7 as const, ip: host } : { type: 2 as const, value: host },
  );
  const { private: key, cert } = await generate(named(hosts[0] ?? ''), {
    ...common,
    notBeforeDate: from(begins),
    notAfterDate: from(ends),
    ...(authority && { ca: authority }),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { key, cert };
}

/** One certificate for each thing that may be wrong with one, for `hosts`. */
export async function makeCertificates(authority: Signed, ...hosts: readonly string[]) {
  const stranger = await makeAuthority('Somebody else');
  return {
    good: await makeCertificate(authority, { hosts }),
    unknownAuthority: await makeCertificate(stranger, { hosts }),
    selfSigned: await makeCertificate(undefined, { hosts }),
    expired: await makeCertificate(authority, { hosts, begins: -10, ends: -1 }),
    notYetValid: await makeCertificate(authority, { hosts, begins: 1, ends: 10 }),
    anotherName: await makeCertificate(authority, { hosts: ['another.test', '127.0.0.9'] }),
  };
}

export type CertificateName = keyof Awaited<ReturnType<typeof makeCertificates>>;
