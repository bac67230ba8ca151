// A home, AWS's services and a gateway, and prompts through all three: nothing in between is made up.
import { type Aws, type Options, someIssued, startAws } from '../../aws/aws';
import { type Home, openHome } from '../../aws/home';
import { type Gateway, type StartOptions, standInKeys } from '../../gateway';
import type { MfaRequest } from '../../../src/aws/resolveContext';
import { type ProfileStore, openProfileStore } from '../../../src/aws/profileStore';
import { type Asked, type Asking, asked, openGateway } from '../asking';

export const keysOfAnn = {
  accessKeyId: 'AKIAANNSKEYEXAMPLE00',
  secretAccessKey: 'anns/secret+key/of/no/use/elsewhere000',
};

/** The keys of standInKeys in the credentials file, in a profile of this name. */
export const keysIn = (name: string, { accessKeyId, secretAccessKey } = keysOfAnn) =>
  `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;

export interface Scene {
  readonly home: Home;
  readonly aws: Aws;
  readonly gateway: Gateway;
  readonly profiles: ProfileStore;
  /** Whose codes were asked for, and the signals that close the box. */
  readonly codes: (MfaRequest & { readonly signal: AbortSignal })[];
  /** What is answered to the next one who asks for a code. */
  answer: () => Promise<string | undefined>;
  readonly log: string[];
  ask(profile: string, asking?: Asking): Promise<Asked>;
}

const opened: Scene[] = [];

export function closeScenesAfterEach(): void {
  afterEach(async () => {
    for (const { home, aws } of opened.splice(0)) {
      await aws.close();
      await home.close();
    }
  });
}

/** `config` may say AWS where its services are to be found: `services = local`. */
export async function openScene({
  config = '',
  credentials = '',
  aws: awsOptions = {},
  gateway: gatewayOptions = {},
  programTimeout,
}: {
  readonly config?: string;
  readonly credentials?: string;
  readonly aws?: Options;
  readonly gateway?: StartOptions;
  readonly programTimeout?: number;
} = {}): Promise<Scene> {
  const aws = await startAws({ users: [keysOfAnn], ...awsOptions });
  const local = ['sts', 'sso', 'sso_oidc', 'signin'].map(
    (name) => `${name} =\n  endpoint_url = ${aws.url}\n`,
  );
  const home = await openHome({ config: `${config}\n[services local]\n${local.join('')}`, credentials });
  const known = [standInKeys, keysOfAnn, ...someIssued];
  const gateway = await openGateway({ credentials: known, ...gatewayOptions });
  const codes: Scene['codes'] = [];
  const log: string[] = [];
  const profiles = openProfileStore({
    askCode: (wanted, signal) => {
      codes.push({ ...wanted, signal });
      return scene.answer();
    },
    log: { info: (line) => log.push(line), warn: (line) => log.push(line) },
    ...(programTimeout !== undefined && { programTimeout }),
  });
  const scene: Scene = {
    home,
    aws,
    gateway,
    profiles,
    codes,
    answer: () => Promise.resolve('123456'),
    log,
    ask: (profile, asking) => asked(gateway, { profile, ...asking, ports: { profiles, ...asking?.ports } }),
  };
  opened.push(scene);
  return scene;
}

/** The access key that a prompt was signed with, as the gateway saw it. */
export function signerOf({
  headers,
}: {
  readonly headers: Readonly<Record<string, string>>;
}): string | undefined {
  return /Credential=([^/]+)/.exec(headers['authorization'] ?? '')?.[1];
}
