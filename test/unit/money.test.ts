import assert from 'node:assert/strict';
import { dollars, rate, shortRate } from '../../src/ui/money';

describe('a sum of money', () => {
  const sums: [number, string][] = [
    [0, '$0'],
    [0.000_000_035, '$0.000000035'],
    [0.000_012, '$0.000012'],
    [0.000_453_84, '$0.00045'],
    [0.000_996, '$0.0010'],
    [0.004_2, '$0.0042'],
    [0.099_9, '$0.10'],
    [0.029_766, '$0.030'],
    [0.1, '$0.10'],
    [0.456, '$0.46'],
    [1.2, '$1.20'],
    [1234.567, '$1,234.57'],
  ];
  for (const [usd, text] of sums) it(`of ${usd} is ${text}`, () => assert.equal(dollars(usd, 'en'), text));

  it('is written as the language writes it', () => {
    assert.equal(dollars(0.0042, 'ja'), '$0.0042');
    assert.equal(dollars(1234.5, 'de').replace(/\s/g, ' '), '1.234,50 $');
  });

  it('never looks like nothing', () => {
    for (let usd = 100; usd > 1e-12; usd /= 3) assert.match(dollars(usd, 'en'), /[1-9]/);
  });
});

describe('a price per million tokens', () => {
  for (const [usd, text] of [
    [3, '$3.00'],
    [0.3, '$0.30'],
    [4.125, '$4.125'],
    [0.00875, '$0.00875'],
    [0, '$0.00'],
  ] as const)
    it(`of ${usd} is ${text}`, () => assert.equal(rate(usd, 'en'), text));

  it('leaves out cents that are none where there is little room', () => {
    assert.deepEqual(
      [3, 0.3, 4.125, 0].map((usd) => shortRate(usd, 'en')),
      ['$3', '$0.30', '$4.125', '$0'],
    );
  });
});
