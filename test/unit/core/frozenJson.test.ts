import assert from 'node:assert/strict';
import fc from 'fast-check';
import { frozenJson } from '../../../src/core/model/json';

describe('a frozen copy', () => {
  it('has what JSON has of any value, and leaves the value as it was', () => {
    const value = fc.object({
      withNullPrototype: false,
      values: [fc.jsonValue({ maxDepth: 2 }), fc.double(), fc.constant(undefined), fc.constant(() => 1)],
    });
    fc.assert(
      fc.property(value, (given) => {
        const before = JSON.parse(JSON.stringify(given)) as unknown;
        const copy = frozenJson(given);
        assert.equal(JSON.stringify(copy), JSON.stringify(given));
        assert.deepEqual(JSON.parse(JSON.stringify(given)), before);
        assert.ok(Object.isFrozen(copy) && !Object.isFrozen(given));
      }),
    );
  });

  it('takes no property for the object’s prototype', () => {
    const text = '{"__proto__":{"a":1},"list":[{"__proto__":null}]}';
    const copy = frozenJson(JSON.parse(text));
    assert.equal(JSON.stringify(copy), text);
    assert.equal(Object.getPrototypeOf(copy), Object.prototype);
  });

  it('is undefined of what JSON lacks', () =>
    assert.deepEqual([undefined, () => 1, Symbol('a')].map(frozenJson), Array(3).fill(undefined)));

  it('has null for a number that JSON lacks', () =>
    assert.deepEqual(frozenJson({ most: Infinity, list: [NaN, 1] }), { most: null, list: [null, 1] }));
});
