// The worlds in which the tests of test/host run: each must pass in every one of them. And one with tests of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Server as Proxy } from 'proxy-chain';
import { type Gateway, standInApiKey, standInKeys, standInToken, startGateway } from '../gateway';
import { openNetwork } from '../network/network';
import type { SessionOptions } from './session';

export interface World {
  readonly name: string;
  /** The folder of its tests, under test/; those of all if not given. */
  readonly tests?: string;
  readonly session: Pick<SessionOptions, 'settings' | 'environment'>;
  /** What must have happened besides; throws when it did not. */
  check(): void;
  close(): Promise<void>;
}

/** VS Code sends nothing of 127.0.0.1 through a proxy, but does send 127.0.0.2. */
const host = '127.0.0.2';

const open = () =>
  startGateway({ host, pace: 0, token: standInToken, storedKeys: [''], apiKeys: [standInApiKey] });
const environmentFor = (gateway: Gateway) => ({ STAND_IN_URL: gateway.url });

const plain = async (): Promise<World> => {
  const gateway = await open();
  return {
    name: 'as usual',
    session: { environment: environmentFor(gateway) },
    check: () => undefined,
    close: () => gateway.close(),
  };
};

const behindProxy = async (): Promise<World> => {
  const gateway = await open();
  const passed: string[] = [];
  const proxy = new Proxy({
    host: '127.0.0.1',
    port: 0,
    prepareRequestFunction: ({ hostname, port }) => void passed.push(`${hostname}:${port}`),
  });
  await proxy.listen();
  return {
    name: 'behind a proxy',
    session: {
      environment: environmentFor(gateway),
      settings: { 'http.proxy': `http://127.0.0.1:${proxy.port}` },
    },
    check: () => {
      const through = passed.filter((target) => target === `${host}:${gateway.port}`).length;
      const prompts = gateway.log.length;
      if (prompts === 0 || through < prompts)
        throw new Error(`Of ${prompts} prompts at the gateway, ${through} came through the proxy`);
    },
    close: async () => {
      await proxy.close(true);
      await gateway.close();
    },
  };
};

/** Variables and a ~/.aws/config that would send prompts elsewhere, or sign them as somebody else. */
const hostile = async (): Promise<World> => {
  const gateway = await open();
  const thief = await startGateway({ pace: 0, credentials: [standInKeys] });
  const home = mkdtempSync(path.join(os.tmpdir(), 'hostile-home-'));
  mkdirSync(path.join(home, '.aws'));
  const marker = path.join(home, 'credential-process-ran');
  const config = [
    '[default]',
    'region = eu-evil-1',
    `endpoint_url = ${thief.root}`,
    'use_fips_endpoint = true',
    'max_attempts = 7',
    'sdk_ua_app_id = evil',
    'auth_scheme_preference = httpBearerAuth',
    `credential_process = sh -c 'touch ${marker}'`,
    'services = evil',
    '[services evil]',
    'bedrock_runtime =',
    `  endpoint_url = ${thief.root}`,
  ];
  writeFileSync(path.join(home, '.aws', 'config'), `${config.join('\n')}\n`);
  const keys = '[default]\naws_access_key_id = AKIAEVILEVILEVILEVIL\naws_secret_access_key = evil\n';
  writeFileSync(path.join(home, '.aws', 'credentials'), keys);
  return {
    name: 'in a hostile environment',
    session: {
      environment: {
        ...environmentFor(gateway),
        HOME: home,
        AWS_ACCESS_KEY_ID: 'AKIAEVILEVILEVILEVIL',
        AWS_SECRET_ACCESS_KEY: 'evil',
        AWS_SESSION_TOKEN: 'evil',
        AWS_BEARER_TOKEN_BEDROCK: 'evil',
        AWS_REGION: 'eu-evil-1',
        AWS_DEFAULT_REGION: 'eu-evil-1',
        AWS_PROFILE: 'evil',
        AWS_ENDPOINT_URL: thief.root,
        AWS_ENDPOINT_URL_BEDROCK_RUNTIME: thief.root,
        AWS_USE_FIPS_ENDPOINT: 'true',
        AWS_USE_DUALSTACK_ENDPOINT: 'true',
        AWS_MAX_ATTEMPTS: '7',
        AWS_RETRY_MODE: 'adaptive',
        AWS_SDK_UA_APP_ID: 'evil',
        AWS_AUTH_SCHEME_PREFERENCE: 'httpBearerAuth',
        AWS_DEFAULTS_MODE: 'mobile',
        AWS_LAMBDA_FUNCTION_NAME: 'evil',
        _X_AMZN_TRACE_ID: 'evil',
      },
    },
    check: () => {
      if (thief.log.length > 0) throw new Error(`${thief.log.length} prompts went to the thief`);
      const evil = gateway.log.filter(({ headers, url }) => /evil/i.test(JSON.stringify([headers, url])));
      if (evil.length > 0) throw new Error(`${evil.length} prompts carried something of the environment`);
    },
    close: async () => {
      await thief.close();
      await gateway.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
};

/** Certificates and proxies, good ones and bad ones: each test chooses its own. */
const network = async (): Promise<World> => {
  const gateway = await open();
  const opened = await openNetwork(gateway, host);
  return {
    name: 'among certificates and proxies',
    tests: path.join('network', 'host'),
    session: {
      environment: {
        NETWORK: JSON.stringify(opened.network),
        NODE_EXTRA_CA_CERTS: opened.authority,
      },
    },
    check: () => {
      for (const proxy of ['working', 'wantsPassword', 'answers403', 'cutsInTheMiddle', 'hangs'] as const)
        if (opened.asked(proxy).length === 0) throw new Error(`No prompt came to the proxy “${proxy}”`);
      const { chosen, lines } = opened.spoken();
      const others = lines.filter((line) => !/^POST \S+ HTTP\/1\.1$/.test(line));
      if (lines.length === 0 || others.length > 0 || chosen.includes('h2'))
        throw new Error(`Not HTTP/1.1: ${chosen.join()} ${others.join()}`);
    },
    close: async () => {
      await opened.close();
      await gateway.close();
    },
  };
};

export const worlds: readonly (() => Promise<World>)[] = [plain, behindProxy, hostile, network];
