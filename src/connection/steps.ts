// The steps of Set Up. Each writes down what it learned at once, so that the dialog can be left and resumed.
import { ConfigurationTarget, l10n } from 'vscode';
import { regionPattern, parseAddress } from '../core/gateway/address';
import type { Authentication } from '../core/request';
import { type Credentials, type SecretName, secretProblem } from '../credentials';
import { addressExpected, configuration, regionExpected } from '../settings';
import { type Answer, type Position, askChoice, askText } from './inputs';
import { pickModel, storeModel } from './pickModel';

/** A step: asks, stores. */
export type Step = (position: Position) => Promise<Answer<unknown>>;

async function set(setting: string, value: unknown): Promise<void> {
  await configuration().update(setting, value, ConfigurationTarget.Global);
}

export const addressStep: Step = async (position) => {
  const answer = await askText(position, {
    prompt: l10n.t(
      'Address of your gateway. In the Cloudflare dashboard: AI › AI Gateway › your gateway › API › API Endpoints › Amazon Bedrock. A custom domain works too.',
    ),
    placeHolder: 'https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/aws-bedrock',
    value: configuration().get<string>('gateway.url', ''),
    problem: (text) => {
      const address = parseAddress(text);
      return typeof address === 'string' ? addressExpected(address) : undefined;
    },
  });
  if (typeof answer === 'object') await set('gateway.url', answer.value.trim());
  return answer;
};

export const authenticationStep: Step = async (position) => {
  const answer = await askChoice<Authentication>(position, {
    placeHolder: l10n.t('Who authenticates to AWS?'),
    active: configuration().get<Authentication>('aws.authentication'),
    choices: [
      {
        value: 'accessKeys',
        label: l10n.t('AWS access keys, stored here'),
        detail: l10n.t(
          'This extension signs each prompt. The keys stay in VS Code’s secret storage on this machine.',
        ),
      },
      {
        value: 'gateway',
        label: l10n.t('AWS keys stored in the gateway'),
        detail: l10n.t(
          'The gateway signs (“bring your own keys”). This machine holds only the gateway’s token.',
        ),
      },
    ],
  });
  if (typeof answer === 'object') await set('aws.authentication', answer.value);
  return answer;
};

interface SecretQuestion {
  readonly name: SecretName;
  readonly prompt: () => string;
  readonly optional: boolean;
}

const accessKeyId: SecretQuestion = {
  name: 'accessKeyId',
  optional: false,
  prompt: () =>
    l10n.t('AWS access key ID. AWS console › IAM › Users › your user › Security credentials › Access keys.'),
};
const secretAccessKey: SecretQuestion = {
  name: 'secretAccessKey',
  optional: false,
  prompt: () => l10n.t('AWS secret access key. It was shown once, when the key was made.'),
};
const sessionToken: SecretQuestion = {
  name: 'sessionToken',
  optional: true,
  prompt: () =>
    l10n.t('AWS session token, for temporary keys (they begin with ASIA). Leave empty for lasting keys.'),
};
const gatewayToken: SecretQuestion = {
  name: 'gatewayToken',
  optional: true,
  prompt: () =>
    l10n.t(
      'Token of the gateway, if it asks for one. In the Cloudflare dashboard: your gateway › Settings › Authenticated Gateway › Create an authentication token.',
    ),
};

const secretsOf: { readonly [A in Authentication]: readonly SecretQuestion[] } = {
  accessKeys: [accessKeyId, secretAccessKey, sessionToken, gatewayToken],
  gateway: [gatewayToken],
};

/** One step for each secret that the chosen way of authenticating needs. */
export function secretSteps(credentials: Credentials): Step[] {
  const chosen = configuration().get<string>('aws.authentication', '');
  const authentication = Object.hasOwn(secretsOf, chosen) ? (chosen as Authentication) : 'accessKeys';
  return secretsOf[authentication].map((question) => secretStep(credentials, question));
}

function secretStep(credentials: Credentials, { name, prompt, optional }: SecretQuestion): Step {
  return async (position) => {
    const stored = (await credentials.get(name)) !== undefined;
    const answer = await askText(position, {
      prompt: prompt(),
      password: true,
      placeHolder: stored
        ? optional
          ? l10n.t('Stored. Enter keeps it; a hyphen (-) forgets it.')
          : l10n.t('Stored. Enter keeps it.')
        : optional
          ? l10n.t('Optional. Enter goes on without.')
          : '',
      problem: (text) => {
        if (!text.trim()) return stored || optional ? undefined : l10n.t('This is needed.');
        if (text.trim() === '-' && stored && optional) return undefined;
        const problem = secretProblem(name, text);
        return problem && secretProblems[problem]();
      },
    });
    if (typeof answer === 'object' && answer.value.trim()) {
      const forget = answer.value.trim() === '-' && optional;
      await credentials.store({ [name]: forget ? '' : answer.value });
    }
    return answer;
  };
}

const secretProblems = {
  accessKeyIdShape: () => l10n.t('An access key ID has 16 or more letters and digits, such as AKIA….'),
  notAscii: () => l10n.t('It holds blanks or characters that no such key has. Was more copied than the key?'),
};

/** Regions in which Bedrock is asked most; any other can be typed. */
const regions = [
  'us-east-1',
  'us-east-2',
  'us-west-2',
  'ca-central-1',
  'eu-central-1',
  'eu-west-1',
  'eu-west-3',
  'eu-north-1',
  'ap-northeast-1',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'sa-east-1',
];

export const regionStep: Step = async (position) => {
  const current = configuration().get<string>('aws.region', '');
  const answer = await askChoice<string>(position, {
    placeHolder: l10n.t('In which AWS region is Bedrock asked? It decides where your prompts are processed.'),
    active: current,
    choices: [...new Set([...(regionPattern.test(current) ? [current] : []), ...regions])].map((region) => ({
      label: region,
      value: region,
      ...(region === current && { description: l10n.t('in use') }),
    })),
    typed: (text) =>
      regions.includes(text)
        ? undefined
        : regionPattern.test(text)
          ? { label: text, value: text, alwaysShow: true }
          : { label: text, detail: regionExpected(), value: '', alwaysShow: true },
  });
  if (typeof answer !== 'object') return answer;
  if (!answer.value) return regionStep(position);
  await set('aws.region', answer.value);
  return answer;
};

export const modelStep: Step = async (position) => {
  const answer = await pickModel(position);
  if (typeof answer === 'object') await storeModel(answer.value);
  return answer;
};
