// The bench in small, so that it does not rot between two runs of it. What it measures here means nothing.
import assert from 'node:assert/strict';
import { attach } from '../bench/attach';
import { drain } from '../bench/drain';
import { type Figure, interleaved, medianInterval, quantile } from '../bench/figure';
import { firstText } from '../bench/firstText';
import { tokenCount } from '../bench/tokenCount';

const silent = () => undefined;

function assertMeasured({ ours, baseline, ratio }: Figure): void {
  assert.ok(ours > 0 && baseline > 0);
  assert.ok(Math.abs(ratio - ours / baseline) < 0.01);
}

describe('the bench', () => {
  it('measures the way to the first text', async () => {
    const { figure, broken } = await firstText(silent, { rounds: 2, warmUp: 1 });
    assert.deepEqual([figure.name, figure.unit, broken], ['first-text', 'ms', undefined]);
    assertMeasured(figure);
  });

  it('measures how a long reply is read', async () => {
    const { figure, broken } = await drain(silent, { deltas: 300, rounds: 2, warmUp: 1 });
    assert.deepEqual([figure.name, figure.unit, broken], ['drain', 'ms', undefined]);
    assertMeasured(figure);
  });

  it('measures the way of a picture to a server', async () => {
    const { figure, broken } = await attach(silent, { rounds: 2, warmUp: 1 });
    assert.deepEqual([figure.name, figure.unit, broken], ['attach', 'ms', undefined]);
    assertMeasured(figure);
  });

  it('measures the token counts of a turn', async () => {
    const { figure, broken } = await tokenCount(silent, { calls: 500, rounds: 2, warmUp: 1 });
    assert.deepEqual([figure.name, figure['calls'], broken], ['token-count', 500, undefined]);
    assert.ok(figure.ours > 0 && Number(figure['laterTurn']) > 0);
  });

  it('lets each side go first in turn, and leaves out the rounds that warm up', async () => {
    const order: string[] = [];
    const side = (name: string) => () => Promise.resolve(order.push(name));
    const pairs = await interleaved(
      { ours: side('ours'), baseline: side('baseline') },
      { rounds: 2, warmUp: 1 },
    );
    assert.deepEqual(order, ['baseline', 'ours', 'ours', 'baseline', 'baseline', 'ours']);
    assert.deepEqual(pairs, [
      { ours: 3, baseline: 4 },
      { ours: 6, baseline: 5 },
    ]);
  });

  it('takes medians and quartiles of any number of values', () => {
    assert.equal(quantile([3, 1, 2], 0.5), 2);
    assert.equal(quantile([4, 1, 2, 3], 0.5), 2.5);
    assert.equal(quantile([5, 1, 2, 3, 4], 0.25), 2);
  });

  it('says between which of the values the median lies, as the tables for the sign test have it', () => {
    const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
    assert.deepEqual(medianInterval(upTo(6)), [1, 6]);
    assert.deepEqual(medianInterval(upTo(10)), [2, 9]);
    assert.deepEqual(medianInterval(upTo(20).reverse()), [6, 15]);
    assert.deepEqual(medianInterval(upTo(100)), [40, 61]);
    // About half of them, and 1.96 times the square root of a quarter of them to either side.
    assert.deepEqual(medianInterval(upTo(4000)), [1938, 2063]);
    // Too few for any interval.
    assert.equal(medianInterval(upTo(5)), undefined);
  });
});
