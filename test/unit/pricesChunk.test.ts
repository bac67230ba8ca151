// dist/prices.js, which is built without the other vendors' prices: it must say the same as with them.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { listedRates } from '../../src/prices/packageList';
import * as source from '../../src/prices/prices.chunk';
import { project } from '../vscode/project';

const file = path.join(project, 'dist', 'prices.js');

describe('the chunk of prices', () => {
  let built: typeof source;
  before(() => {
    built = createRequire(__filename)(file) as typeof source;
  });

  it('says of each model what the whole library says', () => {
    const models = findProvider({ providerId: 'aws' })?.models ?? [];
    let known = 0;
    for (const { id } of models)
      for (const name of [id, id.replace(/^regional\./, 'us.'), id.replace(/^regional\./, '')])
        for (const tokensIn of [1, 1_000_000]) {
          const about = { region: 'us-east-1', tokensIn, at: new Date('2026-11-22') };
          const price = built.listPrice(name, about);
          assert.deepEqual(price, source.listPrice(name, about), name);
          if (price) known += 1;
        }
    assert.ok(known > models.length, `${known} of ${models.length}`);
  });

  it('finds the entry and the rates that the library finds', () => {
    const models = findProvider({ providerId: 'aws' })?.models ?? [];
    const ids = models.flatMap(({ id }) => [
      id,
      id.toUpperCase(),
      id.replace(/^regional\./, 'eu.'),
      id.replace(/-(20\d\d)(\d\d)(\d\d)/, '-$1-$2-$3'),
      id.replace(/-(20\d\d)-(\d\d)-(\d\d)/, '-$1$2$3'),
      `global.${id}`,
      `${id}-x`,
      id.slice(0, -1),
    ]);
    for (const id of ids)
      for (const day of ['2024-01-01', '2025-12-31', '2026-09-01', '2026-11-22', '2027-06-01']) {
        const at = new Date(day);
        const found = calcPrice({ input_tokens: 1 }, id, { providerId: 'aws', timestamp: at });
        const expected = found ? { id: found.model.id, rates: found.model_price } : undefined;
        assert.deepEqual(listedRates(id, at), expected, `${id} on ${day}`);
      }
  });

  it('is light', () => {
    const { size } = statSync(file);
    assert.ok(size < 100_000, `${size} bytes`);
  });
});
