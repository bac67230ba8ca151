// What is read from the settings of the address, the region and the models, in VS Code; and what reaches the wire.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';
import type { BedrockGatewayApi } from '../../src/api';
import { isAddress, parseAddress } from '../../src/core/gateway/address';
import {
  SettingInvalid,
  addressExpected,
  isSetByWorkspace,
  normalizeModelId,
  modelProblem,
  ownCapabilities,
  readAddress,
  readApi,
  readModelId,
  readModels,
  readRegion,
  regionProblem,
} from '../../src/settings';
import { readRequestConfig } from '../../src/prompt/requestBuilder';
import { type Entry, standInKeys, standInToken } from '../gateway';
import { storeConverse, storeRegionOf } from '../../src/settings/modelEntry';
import { until } from '../limits';

const url = process.env['STAND_IN_URL'] ?? '';

const names = ['gateway.url', 'aws.region', 'model', 'models'] as const;

function configuration(): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration('bedrockGateway');
}

/** A setting that is so already is left alone: each update is written to a file, and read again. */
async function set(setting: (typeof names)[number], value: unknown): Promise<void> {
  if (isDeepStrictEqual(configuration().inspect(setting)?.globalValue, value)) return;
  await configuration().update(setting, value, vscode.ConfigurationTarget.Global);
}

/** Reads, and gives what was wrong with a setting: its name and the sentence. */
function invalid(read: () => unknown): SettingInvalid {
  try {
    read();
  } catch (error) {
    assert.ok(error instanceof SettingInvalid);
    return error;
  }
  assert.fail('nothing was wrong');
}

const inIreland = 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const encoded = encodeURIComponent(inIreland);

describe('the settings', () => {
  const previous = new Map<(typeof names)[number], unknown>();
  before(() => {
    for (const name of names) previous.set(name, configuration().inspect(name)?.globalValue);
  });
  beforeEach(async () => {
    await set('gateway.url', 'https://gateway.ai.cloudflare.com/v1/a/g');
    await set('aws.region', 'us-east-1');
    await set('model', undefined);
    await set('models', undefined);
  });
  after(async () => {
    for (const [name, value] of previous) await set(name, value);
  });

  it('model: what was pasted is the ARN in it, asked in its own region', async () => {
    for (const text of [
      encoded,
      encodeURIComponent(encoded),
      ` "${inIreland}", `,
      `<${encoded}>`,
      `\u200b${inIreland}`,
      `https://bedrock-runtime.eu-west-1.amazonaws.com/model/${encoded}/converse-stream`,
    ])
      assert.equal(normalizeModelId(text), inIreland, text);
    await set('model', `"${encoded}"`);
    assert.equal(readModelId(), inIreland);
    assert.equal(readRegion(inIreland), 'eu-west-1');
  });

  it('model: an ID that can be used stays as it is', () => {
    for (const id of ['us.amazon.nova-pro-v1:0', 'custom-thing', 'made.up_model:1/x', 'a%b', inIreland]) {
      assert.equal(normalizeModelId(id), id);
      assert.equal(modelProblem(id), undefined);
    }
  });

  it('model: what cannot be used is named, and why', async () => {
    const unusable: Readonly<Record<string, RegExp>> = {
      'anthropic.claude-mythos-5':
        /^Not supported: AWS offers anthropic\.claude-mythos-5 only on its Mantle endpoint/,
      'us.anthropic.claude-mythos-5': /Mantle/,
      'openai.gpt-5.5': /Mantle/,
      'arn:aws-eusc:bedrock:eusc-de-east-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0':
        /eusc-de-east-1 belongs to the AWS European Sovereign Cloud/,
      'amazon.nova\u200b-pro-v1:0': /invisible character \(U\+200B\)/,
      'arn:aws:bedrock:us-east-1:<account_id>:inference-profile/us.amazon.nova-pro-v1:0': /“<account_id>”/,
      'arn:aws:bedrock:us-east-1:ACCOUNT_ID:provisioned-model/x': /“ACCOUNT_ID”/,
      'https://console.aws.amazon.com/bedrock': /web address/,
      'arn:aws:s3:::bucket/key': /must be a model ID/,
      'claude opus': /must be a model ID/,
      クロード: /must be a model ID/,
      '..': /must be a model ID/,
    };
    for (const [id, sentence] of Object.entries(unusable))
      assert.match(modelProblem(normalizeModelId(id)) ?? '', sentence);
    await set('model', 'us.anthropic.claude-mythos-5');
    const { setting, expected } = invalid(readModelId);
    assert.equal(setting, 'model');
    assert.match(expected, /Mantle/);
  });

  it('models: a key may be encoded, and a key that is not holds before it', async () => {
    await set('models', { [encoded]: { label: 'Encoded', api: 'invoke', body: 'claudeMessages' } });
    assert.equal(readModels().get(inIreland)?.label, 'Encoded');
    assert.deepEqual(readApi(inIreland), { api: 'invoke', body: 'claudeMessages' });
    await set('models', { [inIreland]: { label: 'Plain' }, [encoded]: { label: 'Encoded' } });
    assert.equal(readModels().get(inIreland)?.label, 'Plain');
  });

  it('models: what is stored of a model joins its entry, however the key is written', async () => {
    await set('models', { [encoded]: { label: 'Encoded' } });
    await storeConverse(inIreland);
    assert.deepEqual(configuration().inspect('models')?.globalValue, {
      [encoded]: { label: 'Encoded', api: 'converse' },
    });
  });

  it('models: a region that is not the ARN’s is named, and the ARN’s offered', async () => {
    await set('models', { [inIreland]: { label: 'Ours', region: 'us-east-1' } });
    const { setting, expected, suggestion } = invalid(() => readRegion(inIreland));
    assert.equal(setting, 'models');
    assert.match(expected, /eu-west-1.*us-east-1/);
    assert.deepEqual(suggestion, { model: inIreland, region: 'eu-west-1' });
    await storeRegionOf(suggestion.model, suggestion.region);
    assert.equal(readRegion(inIreland), 'eu-west-1');
    assert.equal(readModels().get(inIreland)?.label, 'Ours');
  });

  it('models: what a model takes is the user’s word, and named if it can’t be read', async () => {
    await set('models', {
      [inIreland]: { takes: ['images', 'tools'] },
      'a.text': { takes: [] },
      'a.wrong': { label: 'Wrong', takes: ['pictures'] },
    });
    assert.deepEqual(ownCapabilities(inIreland), ['images', 'tools']);
    assert.deepEqual(ownCapabilities('a.text'), []);
    assert.equal(ownCapabilities('a.other'), undefined);
    assert.equal(readModels().get('a.wrong')?.label, 'Wrong');
    const { setting, expected } = invalid(() => ownCapabilities('a.wrong'));
    assert.equal(setting, 'models');
    assert.match(expected, /a\.wrong.*"images", "documents", "reasoning", "tools", "caching"/);
  });

  it('aws.region: an ARN without a region is asked there, and so is an ID', () => {
    for (const id of ['arn:aws:bedrock:::foundation-model/amazon.nova-pro-v1:0', 'amazon.nova-pro-v1:0'])
      assert.equal(readRegion(id), 'us-east-1');
  });

  it('model: a workspace’s is known as such, whatever the user’s own setting holds', async () => {
    const workspace = vscode.ConfigurationTarget.Workspace;
    try {
      await configuration().update('model', inIreland, workspace);
      for (const own of [undefined, '', 'amazon.nova-pro-v1:0', 5, null]) {
        await configuration().update('model', own, vscode.ConfigurationTarget.Global);
        assert.deepEqual([readModelId(), isSetByWorkspace(inIreland)], [inIreland, true], String(own));
      }
      // Another spelling of the same.
      await set('model', encoded);
      assert.equal(isSetByWorkspace(inIreland), false);
    } finally {
      await configuration().update('model', undefined, workspace);
    }
  });

  it('a request for a given model has its region, API and body, whichever model is current', async () => {
    await set('model', 'amazon.nova-pro-v1:0');
    await set('models', { [inIreland]: { api: 'invoke', body: 'claudeMessages' } });
    assert.deepEqual(readRequestConfig(inIreland)?.target, {
      ...{ model: inIreland, region: 'eu-west-1', api: 'invoke', body: 'claudeMessages', stream: 'auto' },
    });
    assert.equal(readRequestConfig()?.target.model, 'amazon.nova-pro-v1:0');
  });

  it('aws.region: nothing is asked of it for an ARN that names its own', async () => {
    await set('aws.region', '');
    assert.equal(readRegion(inIreland), 'eu-west-1');
    assert.equal(readRegion('amazon.nova-pro-v1:0'), undefined);
  });

  it('aws.region, models, gateway.url: a region that cannot be asked is named where it stands', async () => {
    for (const [region, sentence] of [
      ['eusc-de-east-1', /European Sovereign Cloud/],
      ['cn-north-1', /China/],
      ['us-iso-east-1', /isolated/],
      ['Europe (Ireland)', /lowercase/],
    ] as const)
      assert.match(regionProblem(region) ?? '', sentence);
    const id = 'amazon.nova-pro-v1:0';
    const region = 'eusc-de-east-1';
    const named = () => {
      const { setting, expected } = invalid(() => readRegion(id));
      assert.match(expected, /European Sovereign Cloud/);
      return setting;
    };
    await set('models', { [id]: { region } });
    assert.equal(named(), 'models');
    await set('models', undefined);
    await set('aws.region', region);
    assert.equal(named(), 'aws.region');
    await set('aws.region', '');
    await set('gateway.url', `https://ai.example.com/aws-bedrock/bedrock-runtime/${region}`);
    assert.equal(named(), 'gateway.url');
  });

  it('gateway.url: what cannot be a gateway’s address is named with its part', async () => {
    const refused: Readonly<Record<string, RegExp>> = {
      'https://gateway.ai.cloudflare.com/v1/<account_id>/g': /“<account_id>” in the address is a placeholder/,
      'https://gateway.ai.cloudflare.com/v1/a\u200b/g': /\(U\+200B\)/,
      'https://bedrock-runtime.us-east-1.amazonaws.com':
        /^bedrock-runtime\.us-east-1\.amazonaws\.com is AWS’s own address/,
      'https://api.cloudflare.com/client/v4/accounts/x/ai-gateway/gateways': /Cloudflare’s API/,
      'https://dash.cloudflare.com': /page of Cloudflare’s website/,
      'https://ai.example.com/compat': /“\/compat” is another endpoint/,
      'https://gateway.ai.cloudflare.com/v1/a/g/anthropic': /“\/anthropic” is the gateway’s path/,
      'https://gateway.ai.cloudflare.com/v1/a/g/aws-bedrock/bedrock-mantle/us-east-1': /“bedrock-mantle”/,
      'https://gateway.ai.cloudflare.com/v1/a/g/aws-bedrock/bedrock-runtime/US': /the region “US”/,
    };
    for (const [text, sentence] of Object.entries(refused)) {
      const address = parseAddress(text);
      assert.ok(!isAddress(address), text);
      const words = addressExpected(address);
      assert.match(words, sentence);
      assert.doesNotMatch(words, /\{\d\}/);
    }
    await set('gateway.url', 'https://ai.example.com/compat');
    const { setting, expected } = invalid(readAddress);
    assert.equal(setting, 'gateway.url');
    assert.match(expected, /“\/compat” is another endpoint/);
  });

  it('send an encoded ARN to its own region, decoded', async () => {
    await set('gateway.url', url);
    await set('model', encoded);
    const extension = vscode.extensions.getExtension<BedrockGatewayApi>('bedrock-gateway.bedrock-gateway');
    const api = await extension!.activate();
    await api.setCredentials({ authentication: 'accessKeys', ...standInKeys, gatewayToken: standInToken });
    const text = `Prompt to an ARN, number ${Date.now()}`;
    const document = await vscode.workspace.openTextDocument({ content: text });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(document.positionAt(0), document.positionAt(text.length));
    await vscode.commands.executeCommand('bedrockGateway.sendSelection');
    const entry = await entryWith(text);
    assert.equal(entry.region, 'eu-west-1');
    assert.equal(entry.model, inIreland);
    assert.equal(entry.signature, 'accepted');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

/** What the stand-in got, asked past every proxy. */
async function entryWith(text: string): Promise<Entry> {
  let found: Entry | undefined;
  const isThere = async () => {
    const entries = (await (await fetch(`${new URL(url).origin}/__log`)).json()) as Entry[];
    found = entries.find(({ body, finished }) => finished && body.includes(text));
    return found !== undefined;
  };
  await until(isThere, 'the prompt is with the stand-in');
  return found!;
}
