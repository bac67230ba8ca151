// The models that are offered until the user says otherwise, against the catalogue.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { splitId } from '../../../src/core/bedrock/geographies';
import { isSameModel } from '../../../src/core/bedrock/modelVersion';
import { capabilities } from '../../../src/core/model/capabilities';
import { catalogueDate } from '../../../src/models/catalogue';
import { endsSoon, modelFacts, retiredModels } from '../../../src/models/modelFacts';
import { listPrice } from '../../../src/prices/prices.chunk';
import { project } from '../../vscode/project';

const day = new Date(`${catalogueDate}T12:00:00Z`);

describe('the models that are offered', () => {
  const manifest = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8')) as {
    contributes: { configuration: { properties: Record<string, { default?: unknown }> }[] };
  };
  const { default: curated } = manifest.contributes.configuration
    .map(({ properties }) => properties['bedrockGateway.models'])
    .find((each) => each !== undefined)!;
  const offered = Object.entries(curated as Record<string, { label?: string }>);

  for (const [id, { label }] of offered)
    it(`${id} is in the catalogue under its name, and does not end soon`, () => {
      const facts = modelFacts(id);
      assert.ok(facts);
      const { geography } = splitId(id);
      assert.ok(
        geography === undefined
          ? facts.geographies.length === 0
          : facts.geographies.some((each) => each === geography),
        'it can be called so',
      );
      assert.equal(label, facts.label);
      assert.ok(!endsSoon(facts, day));
    });

  it('begin with one for everybody: everywhere, for everything, at a known price', () => {
    const [[first] = ['']] = offered;
    assert.equal(splitId(first).geography, 'global');
    const facts = modelFacts(first)!;
    assert.ok(capabilities.every((each) => facts.takes[each]));
    assert.ok(!facts.alwaysThinks, 'a short question is not to cost much');
    const price = listPrice(first, { region: 'us-east-1', tokensIn: 0, at: day })!;
    assert.equal(price.borrowedFrom, undefined);
    assert.ok(price.price.output! <= 15);
  });

  it('are of more than one vendor, and some are called in the region itself', () => {
    const vendors = new Set(offered.map(([id]) => modelFacts(id)!.id.split('.')[0]));
    assert.ok(vendors.size > 3);
    assert.ok(offered.some(([id]) => splitId(id).geography === undefined));
  });

  it('end with the three of the article, which live on', () => {
    assert.deepEqual(retiredModels.map(({ label }) => label).sort(), [
      'Claude 2.1',
      'Claude 3 Sonnet',
      'Titan Text Express',
    ]);
    for (const { id, retiredOn } of retiredModels) {
      assert.ok(retiredOn !== undefined);
      assert.ok(!offered.some(([each]) => isSameModel(each, id)));
    }
  });
});
