// What the model picker says about each model.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { chatModelRows } from '../../src/chat/chooseModels';
import { endOfLifeText, takesText } from '../../src/models/describeModel';
import { doesTake } from '../../src/models/effectiveFacts';
import { listPrice } from '../../src/prices/prices.chunk';
import { readModels } from '../../src/settings';
import { type OfferedModels, modelRows } from '../../src/setup/modelRows';

type Row = vscode.QuickPickItem & { readonly value?: string };

const mine = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
const sonnet = 'global.anthropic.claude-sonnet-5';

describe('the model picker', () => {
  const configuration = () => vscode.workspace.getConfiguration('bedrockGateway');
  const names = ['models', 'aws.region'] as const;
  const previous = new Map<string, unknown>();
  const set = (name: (typeof names)[number], value: unknown) =>
    configuration().update(name, value, vscode.ConfigurationTarget.Global);
  before(async () => {
    for (const name of names) previous.set(name, configuration().inspect(name)?.globalValue);
    await set('aws.region', 'eu-west-1');
  });
  afterEach(() => set('models', undefined));
  after(async () => {
    for (const [name, value] of previous) await set(name as (typeof names)[number], value);
  });

  const rows = (more: Partial<OfferedModels> = {}): readonly Row[] =>
    modelRows({ models: readModels(), current: undefined, ...more });
  const detailOf = (id: string, more: Partial<OfferedModels> = {}) =>
    rows(more).find(({ value }) => value === id)?.detail;

  it('says what a model takes, and how much', () => {
    assert.equal(detailOf(sonnet), 'images, documents, thinking, tools, caching · 1M tokens');
    assert.equal(detailOf('qwen.qwen3-coder-480b-a35b-v1:0'), 'tools · 131K tokens');
  });

  it('tells what is not known from what a model does not take', () => {
    assert.equal(
      takesText('global.anthropic.claude-sonnet-5-5'),
      'images, thinking, tools, caching, perhaps documents',
    );
  });

  it('says first what a model takes, then what it costs: a narrow window cuts off the rest', () => {
    assert.equal(
      detailOf(sonnet, { listPrice }),
      'images, documents, thinking, tools, caching · $2 in, $10 out per million · 1M tokens',
    );
  });

  it('says what it costs, as soon as that is known and as far as it is', () => {
    const price = (id: string) => detailOf(id, { listPrice })?.split(' · ')[1];
    assert.equal(price(sonnet), '$2 in, $10 out per million');
    // A price of another model, one that rises with the prompt, and one of another region.
    assert.equal(price('global.anthropic.claude-sonnet-5-5'), '≈ $2 in, $10 out per million');
    assert.equal(price('global.anthropic.claude-haiku-5-5'), 'from $0.10 in, $0.50 out per million');
    assert.equal(price('deepseek.v3.2'), '≈ $0.62 in, $1.85 out per million');
  });

  it('takes the user’s word for all of it', async () => {
    await set('models', {
      [mine]: { label: 'Ours', contextWindow: 50_000, takes: ['tools'], price: { input: 1, output: 2 } },
      [sonnet]: { takes: [], price: { input: 1 } },
      'made.up-model': { label: 'Unknown' },
      'made.wrong-model': { takes: ['pictures'], contextWindow: -1 },
    });
    assert.equal(detailOf(mine, { listPrice }), 'tools · $1 in, $2 out per million · 50K tokens');
    assert.equal(detailOf(sonnet, { listPrice }), 'text only · 1M tokens');
    for (const unknown of ['made.up-model', 'made.wrong-model'])
      assert.equal(detailOf(unknown, { listPrice }), '', unknown);
    assert.deepEqual([doesTake(mine, 'tools'), doesTake(mine, 'images')], [true, false]);
    assert.equal(doesTake('made.up-model', 'images'), undefined);
    assert.throws(() => doesTake('made.wrong-model', 'images'), /models/);
    assert.equal(takesText('made.wrong-model'), undefined);
  });

  it('says the same where models for VS Code Chat are chosen', () => {
    const saidBy = (list: readonly vscode.QuickPickItem[]) =>
      list.map(({ description, detail }) => ({ description, detail }));
    const models = readModels();
    const picked = rows({ listPrice }).filter(({ value }) => value !== undefined && models.has(value));
    const forChat = chatModelRows(models, new Set([sonnet]), listPrice);
    assert.deepEqual(saidBy(forChat), saidBy(picked));
    assert.deepEqual(
      forChat.filter((row) => row.picked).map(({ id }) => id),
      [sonnet],
    );
  });

  it('has the same rows with prices as without, in the same order', () => {
    const of = (more: Partial<OfferedModels>) => rows(more).map(({ label, value }) => [label, value]);
    assert.deepEqual(of({ listPrice }), of({}));
  });

  it('marks the model in use, also one that is not listed, and dims what the region does not have', () => {
    const [group, first] = rows({ current: mine });
    assert.deepEqual(
      [group?.label, first?.value, first?.label.startsWith('$(check) ')],
      ['My models', mine, true],
    );
    const llama = rows().find(({ value }) => value === 'us.meta.llama4-maverick-17b-instruct-v1:0')!;
    assert.match(llama.label, /^\$\(circle-slash\) /);
    assert.match(llama.description!, /^not available from eu-west-1/);
  });

  it('warns of the end of a model, and names its latest successor', () => {
    assert.match(
      detailOf('anthropic.claude-3-sonnet-20240229-v1:0')!,
      /^\$\(warning\) Retired by AWS on Jul 30, 2026\. Successor: Claude Sonnet 5\.5$/,
    );
    assert.match(detailOf('anthropic.claude-v2:1')!, /^\$\(warning\) Retired by AWS in 2025\. Successor: /);
    const said = (id: string, day: string) => endOfLifeText(id, new Date(`${day}T12:00:00Z`));
    const haiku = 'us.anthropic.claude-haiku-4-5-20251001-v1:0';
    assert.equal(said(haiku, '2026-06-30'), undefined);
    assert.equal(
      said(haiku, '2026-07-10'),
      'AWS may retire it from Oct 1, 2026 on. Successor: Claude Haiku 5.5',
    );
    assert.equal(said(haiku, '2026-10-01'), 'AWS may retire it at any time. Successor: Claude Haiku 5.5');
    assert.equal(
      said('amazon.nova-premier-v1:0', '2026-09-01'),
      'AWS retires it on Sep 14, 2026. Successor: Amazon Nova 2 Lite',
    );
    for (const lasting of [sonnet, 'global.amazon.nova-2-lite-v1:0', 'made.up-model', mine])
      assert.equal(said(lasting, '2026-12-31'), undefined, lasting);
  });
});
