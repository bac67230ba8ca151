// What the tests of test/network/host meet: a gateway behind certificates and proxies of every kind. It is opened
// outside of VS Code, and told inside by an environment variable.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Gateway } from '../gateway';
import { type CertificateName, makeAuthority, makeCertificates } from './certificates';
import {
  type Proxy,
  deadPort,
  openProxy,
  proxiedHost,
  proxyThatAnswers,
  proxyThatCuts,
  proxyWithPassword,
} from './proxies';
import { openTlsFront } from './tlsFront';

const openProxies = {
  working: openProxy,
  wantsPassword: proxyWithPassword,
  answers403: () => proxyThatAnswers(403),
  answers502: () => proxyThatAnswers(502),
  cutsAtOnce: () => proxyThatCuts('atOnce'),
  cutsBeforeAnAnswer: () => proxyThatCuts('beforeAnAnswer'),
  // Enough for several records of TLS, and less than the reply of the test has.
  cutsInTheMiddle: () => proxyThatCuts({ afterBytes: 60_000 }),
  hangs: () => proxyThatCuts('never'),
};
type ProxyName = keyof typeof openProxies | 'dead';

/** As JSON in the environment of the tests. */
export interface Network {
  /** The gateway without TLS. */
  readonly plain: string;
  /** With the good certificate, under a name that is known to the proxies alone. */
  readonly tunnelled: string;
  readonly gateways: { readonly [C in CertificateName]: string };
  readonly proxies: { readonly [P in ProxyName]: string };
}

export interface OpenNetwork {
  readonly network: Network;
  /** A file with the certificate of the authority that signed the good one. */
  readonly authority: string;
  /** What each proxy was asked for. */
  readonly asked: (name: keyof typeof openProxies) => readonly string[];
  /** By which protocol the gateway with the good certificate was asked, for each connection. */
  readonly spoken: () => { chosen: readonly unknown[]; lines: readonly string[] };
  close(): Promise<void>;
}

/** `host`: one that VS Code sends through a proxy. */
export async function openNetwork(gateway: Gateway, host: string): Promise<OpenNetwork> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'authority-'));
  const file = path.join(folder, 'authority.pem');
  const authority = await makeAuthority();
  writeFileSync(file, authority.cert);
  const fronts = await mapped(await makeCertificates(authority, host, proxiedHost.name), (signed) =>
    openTlsFront(signed, { host, port: gateway.port }),
  );
  const proxies = await mapped(openProxies, (open: () => Promise<Proxy>) => open());
  const tlsUrl = (name: string, { port }: { port: number }) =>
    gateway.url.replace(gateway.root, `https://${name}:${port}`);
  const urlOf = ({ port }: { port: number }) => `http://127.0.0.1:${port}`;
  return {
    network: {
      plain: gateway.url,
      tunnelled: tlsUrl(proxiedHost.name, fronts.good),
      gateways: await mapped(fronts, (front) => tlsUrl(host, front)),
      proxies: { ...(await mapped(proxies, urlOf)), dead: urlOf({ port: await deadPort() }) },
    },
    authority: file,
    asked: (name) => proxies[name].asked,
    spoken: () => fronts.good,
    close: async () => {
      await Promise.all([...Object.values(fronts), ...Object.values(proxies)].map((one) => one.close()));
      rmSync(folder, { recursive: true });
    },
  };
}

/** The same keys, other values. */
async function mapped<K extends string, V, W>(
  values: { readonly [N in K]: V },
  change: (value: V) => W | Promise<W>,
): Promise<{ [N in K]: W }> {
  const entries = Object.entries<V>(values).map(
    async ([name, value]) => [name, await change(value)] as const,
  );
  return Object.fromEntries(await Promise.all(entries)) as { [N in K]: W };
}
