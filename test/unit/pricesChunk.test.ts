// dist/prices.js, which is built without the other vendors' prices: it must say the same as with them.
import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findProvider } from '@pydantic/genai-prices';
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

  it('is light', () => {
    const { size } = statSync(file);
    assert.ok(size < 100_000, `${size} bytes`);
  });
});
