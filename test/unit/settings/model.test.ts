// An entry of the setting `models`: what is wrong in a part of it is told of that part, and of no other.
import assert from 'node:assert/strict';
import { modelOf } from '../../../src/settings/model';

const price = { input: 3, output: 15 };

describe('an entry of models', () => {
  it('is read part by part', () => {
    const entry = { label: 'Mine', region: 'eu-west-1', api: 'invoke', body: 'titanText', price };
    assert.deepEqual(modelOf('a.b', entry), { id: 'a.b', ...entry, invalidParts: [] });
    assert.deepEqual(modelOf('a.b', {}), { id: 'a.b', invalidParts: [] });
  });

  it('says all that the model takes', () => {
    for (const takes of [[], ['images'], ['caching', 'tools', 'reasoning', 'documents', 'images']])
      assert.deepEqual(modelOf('a.b', { takes }), { id: 'a.b', takes, invalidParts: [] });
    assert.deepEqual(modelOf('a.b', { takes: null }), { id: 'a.b', invalidParts: [] });
  });

  it('may say of each part that it is not set', () =>
    assert.deepEqual(modelOf('a.b', { label: null, region: null, api: null, body: null, price: null }), {
      id: 'a.b',
      invalidParts: [],
    }));

  const wrong: Record<string, readonly unknown[]> = {
    region: ['EU-WEST-1', 'eu west', '', 7, 'x/../y'],
    api: ['Invoke', '', true],
    body: ['claude', '', {}],
    takes: ['images', ['image'], ['images', 7], [['images']], {}, true, 0],
  };
  for (const [part, values] of Object.entries(wrong))
    for (const value of values)
      it(`keeps all else beside the ${part} ${JSON.stringify(value)}`, () => {
        const entry = { label: 'Mine', price };
        assert.deepEqual(modelOf('a.b', { ...entry, [part]: value }), {
          id: 'a.b',
          ...entry,
          invalidParts: [part],
        });
      });

  it('is wrong as a whole where it is none', () => {
    for (const value of [true, 'us-east-1', 7, []])
      assert.deepEqual(modelOf('a.b', value), { id: 'a.b', invalidParts: ['entry'] });
  });

  it('has a price that is none told of as such', () => {
    for (const none of [
      3,
      {},
      { input: 3 },
      { ...price, cached: 1 },
      { ...price, output: -1 },
      { input: '3', output: 1 },
    ])
      assert.deepEqual(modelOf('a.b', { price: none }), { id: 'a.b', price: 'invalid', invalidParts: [] });
    assert.deepEqual(modelOf('a.b', { price: { ...price, cacheRead: 0 } }).price, { ...price, cacheRead: 0 });
  });
});
