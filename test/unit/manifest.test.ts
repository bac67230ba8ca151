// The manifest against its texts, and the code against its translations.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { project } from '../vscode/project';

interface Property {
  readonly scope?: string;
  readonly order?: number;
  readonly enum?: readonly string[];
  readonly enumItemLabels?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly markdownDescription?: string;
}

const read = (file: string) => readFileSync(path.join(project, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: { configuration: { properties: Record<string, Property> }[]; commands: { command: string }[] };
};
const settings = Object.assign(
  {},
  ...manifest.contributes.configuration.map((group) => group.properties),
) as Record<string, Property>;

describe('the manifest', () => {
  it('has a text for each key that it names, and no other', () => {
    const named = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key!);
    const texts = Object.keys(JSON.parse(read('package.nls.json')) as object);
    assert.deepEqual([...new Set(named)].sort(), texts.sort());
  });

  it('ignores each of our settings in a workspace that is not trusted', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.deepEqual([...restrictedConfigurations].sort(), Object.keys(settings).sort());
  });

  // Literal, from the contract with users: what decides where prompts go, and by whose identity.
  it('lets no workspace set where prompts go, or whose identity and money are used', () => {
    const ofApplication = Object.keys(settings).filter((key) => settings[key]?.scope === 'application');
    assert.deepEqual(ofApplication.sort(), [
      'bedrockGateway.activity.monthlyBudgetUsd',
      'bedrockGateway.activity.retentionDays',
      'bedrockGateway.aws.authentication',
      'bedrockGateway.aws.profile',
      'bedrockGateway.aws.region',
      'bedrockGateway.chat.models',
      'bedrockGateway.gateway.cacheTtl',
      'bedrockGateway.gateway.keyAlias',
      'bedrockGateway.gateway.logs',
      'bedrockGateway.gateway.metadata',
      'bedrockGateway.gateway.url',
      'bedrockGateway.history.enabled',
      'bedrockGateway.history.maxMegabytes',
      'bedrockGateway.models',
      'bedrockGateway.request.guardrail',
      'bedrockGateway.request.promptCaching',
    ]);
    assert.ok(Object.values(settings).every(({ scope }) => scope === 'application' || scope === 'window'));
  });

  it('describes each setting and each of its choices', () => {
    for (const [
      key,
      { markdownDescription, enum: choices, enumItemLabels, markdownEnumDescriptions },
    ] of Object.entries(settings)) {
      assert.ok(markdownDescription, key);
      assert.equal(enumItemLabels?.length, choices?.length, key);
      assert.equal(markdownEnumDescriptions?.length, choices?.length, key);
    }
  });
});

describe('translations', () => {
  it('have every sentence that the code says, and no other', async () => {
    // Every source file is parsed, which takes a busy machine its time.
    const files = readdirSync(path.join(project, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts'),
    );
    const said = await getL10nJson(
      files.map((file) => ({ extension: '.ts', contents: read(path.join('src', file)) })),
    );
    const bundle = JSON.parse(read('l10n/bundle.l10n.json')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(bundle).sort(), Object.keys(said).sort());
  });
});
