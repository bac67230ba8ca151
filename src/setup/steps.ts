// The steps of Set Up. Each saves its answer immediately, so that the dialog can be closed and resumed.
import { QuickPickItemKind, l10n } from 'vscode';
import { formatAddress, isAddress, parseAddress } from '../core/gateway/address';
import { unwrapped } from '../core/model/pasted';
import type { Authentication } from '../core/model/request';
import { addressExpected, configuration, regionProblem, writeSetting } from '../settings';
import { labelText } from '../util/plainText';
import { type StepResult, type Position, askChoice, askText } from '../ui/quickInput';
import { pickModel } from './pickModel';

/** Asks for a value and stores it. */
export type Step = (position: Position) => Promise<StepResult<unknown>>;

export const addressStep: Step = (position) =>
  askText(position, {
    prompt: l10n.t(
      'Address of your gateway. In the Cloudflare dashboard: AI › AI Gateway › your gateway › API › API Endpoints › Amazon Bedrock. A custom domain works too.',
    ),
    placeHolder: 'https://gateway.ai.cloudflare.com/v1/ACCOUNT/GATEWAY/aws-bedrock',
    value: configuration().get<string>('gateway.url', ''),
    problem: (text) => {
      const address = parseAddress(text);
      if (!isAddress(address)) return addressExpected(address);
      return address.region === undefined ? undefined : regionProblem(address.region);
    },
    store: storeAddress,
  });

/**
 * Stores a valid address, in its normal form if it was written differently. A region in it moves to the setting
 * aws.region, so that the two never differ.
 */
async function storeAddress(text: string): Promise<void> {
  const address = parseAddress(text);
  if (!isAddress(address)) return;
  const { region } = address;
  const typed = text.trim();
  const isNormal =
    region === undefined && typed === unwrapped(typed) && typed.startsWith(formatAddress(address));
  await writeSetting('gateway.url', isNormal ? typed : `${formatAddress(address)}/aws-bedrock`);
  if (region !== undefined) await writeSetting('aws.region', region);
}

export const authenticationStep: Step = (position) =>
  askChoice<Authentication>(position, {
    placeHolder: l10n.t('How do you want to authenticate to AWS?'),
    active: configuration().get<Authentication>('aws.authentication'),
    choices: [
      {
        value: 'accessKeys',
        label: l10n.t('AWS access keys, stored in VS Code'),
        detail: l10n.t('The extension signs. The keys stay in VS Code’s secret storage.'),
      },
      {
        value: 'apiKey',
        label: l10n.t('Bedrock API key, stored in VS Code'),
        detail: l10n.t(
          'The extension sends the key with each request and keeps it in VS Code’s secret storage.',
        ),
      },
      {
        value: 'profile',
        label: l10n.t('AWS profile (~/.aws)'),
        detail: l10n.t('SSO, roles, MFA, credential_process: as configured for the AWS CLI on this machine.'),
      },
      {
        value: 'gateway',
        label: l10n.t('AWS keys stored in the gateway'),
        detail: l10n.t('The gateway signs. VS Code stores only the gateway’s token.'),
      },
    ],
    store: (value) => writeSetting('aws.authentication', value),
  });

/** The most common regions of Bedrock. The user can type any other. */
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

const isRegion = (text: string) => regionProblem(text) === undefined;

export const regionStep: Step = (position) => {
  const current = configuration().get<string>('aws.region', '');
  return askChoice<string>(position, {
    placeHolder: l10n.t('Which AWS region do you want to use?'),
    active: current,
    choices: [
      // A placeholder has room for one sentence only.
      {
        label: l10n.t(
          'Model IDs that begin with us., eu. or global. may use other regions of that geography',
        ),
        kind: QuickPickItemKind.Separator,
      },
      ...[...new Set([...(isRegion(current) ? [current] : []), ...regions])].map((region) => ({
        label: region,
        value: region,
        ...(region === current && { description: l10n.t('in use') }),
      })),
    ],
    typed: (text) => {
      if (regions.some((region) => region.includes(text))) return undefined;
      const region = unwrapped(text);
      const detail = regionProblem(region);
      const label = labelText(text);
      return { label, alwaysShow: true, ...(detail === undefined ? { value: region } : { detail }) };
    },
    store: (value) => writeSetting('aws.region', value),
  });
};

/** A step that asks for the model. `store` saves it. */
export function modelStep(store: (id: string) => Promise<void>): Step {
  return (position) => pickModel(position, store);
}
