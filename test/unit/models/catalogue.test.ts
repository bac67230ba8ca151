// The catalogue of models, against itself and the price list.
import assert from 'node:assert/strict';
import { findProvider } from '@pydantic/genai-prices';
import { geographies, splitId } from '../../../src/core/bedrock/geographies';
import { isSameModel } from '../../../src/core/bedrock/modelVersion';
import { capabilities } from '../../../src/core/model/capabilities';
import { type ModelFacts, catalogue, catalogueDate } from '../../../src/models/catalogue';
import {
  endsSoon,
  listedWindow,
  modelFacts,
  successorsInCatalogue,
  takes,
} from '../../../src/models/modelFacts';
import { listPrice } from '../../../src/prices/prices.chunk';

const day = new Date(`${catalogueDate}T12:00:00Z`);
const current = catalogue.filter(({ retiredOn }) => retiredOn === undefined);
const isDay = (text: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);
/** The IDs by which a model is called. */
const idsOf = ({ id, geographies: names }: ModelFacts) =>
  names.length === 0 ? [id] : names.map((geography) => `${geography}.${id}`);

describe('the catalogue of models', () => {
  it('has a date, and rows that are sorted by ID, none of them twice', () => {
    assert.ok(isDay(catalogueDate));
    const ids = catalogue.map(({ id }) => id);
    assert.deepEqual(ids, [...ids].sort());
    for (const row of catalogue)
      assert.deepEqual(
        catalogue.filter(({ id }) => isSameModel(id, row.id)).map(({ id }) => id),
        [row.id],
      );
  });

  for (const row of catalogue)
    it(`says of ${row.id} what can be so`, () => {
      const { id, label, takes: taken, retiredOn, endOfLife, minCacheTokens } = row;
      assert.deepEqual(splitId(id), { base: id }, 'no geography in the ID');
      assert.ok(label.trim() === label && label !== '');
      assert.match(row.source, /\b20\d\d-\d\d\b/, 'a source has a date');
      assert.ok(row.geographies.every((each) => each in geographies));
      assert.equal(new Set(row.geographies).size, row.geographies.length);
      assert.ok(Object.keys(taken).every((each) => (capabilities as readonly string[]).includes(each)));
      if (endOfLife) assert.ok(isDay(endOfLife.earliest));
      if (retiredOn !== undefined) {
        assert.ok(isDay(retiredOn) || /^20\d\d$/.test(retiredOn));
        assert.ok(retiredOn <= catalogueDate, 'a day to come is announced: say so here');
        assert.deepEqual(row.geographies, [], 'a retired model has no profiles');
        return;
      }
      assert.ok(!row.livesOn, 'only a retired model lives on');
      assert.ok(row.context !== undefined && row.output !== undefined && row.output < row.context);
      assert.ok(Number.isSafeInteger(row.context) && Number.isSafeInteger(row.output));
      for (const each of ['images', 'reasoning', 'tools', 'caching'] as const)
        assert.equal(typeof taken[each], 'boolean', each);
      assert.equal(minCacheTokens !== undefined, taken.caching);
      if (row.refusesCachedTools) assert.ok(taken.caching && taken.tools);
      if (row.refusesForcedTools || row.refusesStreamedTools) assert.ok(taken.tools);
      if (row.alwaysThinks || row.bindsThinking) assert.ok(taken.reasoning);
      if (row.alwaysThinks) assert.ok(row.bindsThinking);
    });

  for (const row of catalogue)
    it(`leads from ${row.id} to a successor that is there`, () => {
      const seen = [row];
      for (let { successor } = row; successor !== undefined;) {
        const next = catalogue.find(({ id }) => id === successor);
        assert.ok(next, successor);
        assert.ok(!seen.includes(next), 'no circle');
        seen.push(next);
        ({ successor } = next);
      }
      assert.deepEqual(successorsInCatalogue(row), seen.slice(1));
      if (row.retiredOn !== undefined) assert.equal(seen.at(-1)!.retiredOn, undefined);
    });

  it('gives what is known by any spelling of an ID', () => {
    const id = 'anthropic.claude-haiku-4-5-20251001-v1:0';
    for (const spelling of [
      id,
      `us.${id}`,
      `kr.${id}`,
      'anthropic.claude-haiku-4-5',
      `arn:aws:bedrock:eu-west-1::foundation-model/${id}`,
      `arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.${id}`,
    ])
      assert.equal(modelFacts(spelling)?.label, 'Claude Haiku 4.5', spelling);
    assert.deepEqual(listedWindow(id), { context: 200_000, output: 64_000 });
    assert.equal(modelFacts('anthropic.claude-sonnet-5')?.label, 'Claude Sonnet 5');
    assert.equal(modelFacts('global.anthropic.claude-sonnet-5-5')?.label, 'Claude Sonnet 5.5');
    for (const unknown of [
      '',
      'anthropic.claude-sonnet-5-6',
      'anthropic.claude-haiku-4-5-mini',
      'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/a1',
      `${'a.'.repeat(10_000)}b`,
    ]) {
      assert.equal(modelFacts(unknown), undefined, unknown.slice(0, 80));
      assert.equal(listedWindow(unknown), undefined);
      assert.equal(takes(unknown, 'images'), undefined);
    }
  });

  it('knows what is taken, what is refused, and what it does not know', () => {
    const [sonnet, opus, qwen] = [
      'us.anthropic.claude-sonnet-5',
      'anthropic.claude-opus-5-5',
      'qwen.qwen3-coder-480b-a35b-v1:0',
    ];
    assert.deepEqual(
      [sonnet, opus, qwen].map((model) => capabilities.map((each) => takes(model, each))),
      [
        [true, true, true, true, true],
        [true, undefined, true, true, true],
        [false, false, false, true, false],
      ],
    );
    assert.equal(takes('anthropic.claude-v2:1', 'tools'), undefined);
    assert.equal(listedWindow('anthropic.claude-v2:1'), undefined);
  });
});

describe('the end of a model', () => {
  const { successor: _, ...facts } = modelFacts('anthropic.claude-sonnet-5')!;
  const at = (text: string) => new Date(`${text}T12:00:00Z`);

  it('is near from 90 days before it on', () => {
    const ending = { ...facts, retiredOn: '2027-04-01' };
    assert.ok(!endsSoon(ending, at('2026-12-31')));
    assert.ok(endsSoon(ending, at('2027-01-01')));
    assert.ok(endsSoon(ending, at('2027-04-01')));
    assert.ok(endsSoon({ ...facts, retiredOn: '2025' }, day));
  });

  it('is not near because AWS promised no more, unless there is a successor', () => {
    const old = { ...facts, endOfLife: { earliest: '2026-01-01' } };
    assert.ok(!endsSoon(old, day));
    assert.ok(endsSoon({ ...old, successor: 'anthropic.claude-sonnet-5-5' }, day));
    const { endOfLife: __, ...without } = old;
    assert.ok(!endsSoon({ ...without, successor: 'anthropic.claude-sonnet-5-5' }, day));
  });
});

describe('the catalogue and the price list', () => {
  /** Models without a public price that could be read. */
  const unpriced = ['anthropic.claude-fable-5-2', 'openai.gpt-6-sol'];
  /** Models whose price is that of another one of their line. */
  const borrowed: Readonly<Record<string, string>> = {
    'anthropic.claude-sonnet-5-5': 'Claude Sonnet 5',
  };
  /** Context windows that the package gives otherwise: it rounds to 128,000. */
  const otherWindow = ['qwen.qwen3-coder-480b-a35b-v1:0'];

  for (const row of current)
    it(`agree about the price of ${row.id}`, () => {
      for (const id of idsOf(row)) {
        const price = listPrice(id, { region: 'us-east-1', tokensIn: 0, at: day });
        assert.equal(price === undefined, unpriced.includes(row.id), id);
        assert.equal(price?.borrowedFrom, borrowed[row.id], id);
        if (price) assert.ok(price.price.input! > 0 && price.price.output! > 0, id);
      }
    });

  it('agree about context windows', () => {
    const entries = findProvider({ providerId: 'aws' })!.models.map(({ id, context_window }) => ({
      id: id.replace(/^(regional|global)\./, ''),
      window: context_window,
    }));
    let compared = 0;
    for (const { id, context } of current)
      for (const entry of entries.filter((each) => each.window !== undefined && isSameModel(each.id, id))) {
        compared += 1;
        assert.equal(entry.window !== context, otherWindow.includes(id), `${id}: ${entry.window}`);
      }
    assert.ok(compared > 20);
  });
});
