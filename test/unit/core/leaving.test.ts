// Leaving ask()'s events, early or at their end: nothing of them stays behind.
import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { ask } from '../../../src/core/ask';
import type { ReplyEvent } from '../../../src/core/model/reply';
import { asked, closeGatewaysAfterEach, openGateway, prepared } from '../asking';
import { assertClosed, never } from './closing';

describe('leaving the loop', () => {
  closeGatewaysAfterEach();

  for (const type of ['text', 'response'] as const) {
    it(`at the first ${type} closes the connection`, async () => {
      const gateway = await openGateway();
      gateway.script('held', { deltas: ['a', 'b'], hold: (index) => (index ? never : Promise.resolve()) });
      const { request, ports } = prepared(gateway, { model: 'held' });
      const { signal } = new AbortController();
      for await (const event of ask(request, ports, signal)) if (event.type === type) break;
      await assertClosed(gateway);
      assert.deepEqual(getEventListeners(signal, 'abort'), []);
    });
  }

  it('by throwing closes the connection too', async () => {
    const gateway = await openGateway();
    gateway.script('held', { deltas: ['a', 'b'], hold: (index) => (index ? never : Promise.resolve()) });
    const onEvent = ({ type }: ReplyEvent) => {
      if (type === 'text') throw new Error('the reader fell over');
    };
    await assert.rejects(asked(gateway, { model: 'held', onEvent }), /fell over/);
    await assertClosed(gateway);
  });
});

describe("the caller's signal", () => {
  closeGatewaysAfterEach();

  for (const model of ['plain', 'stand-in.unavailable-twice', 'stand-in.cut', 'stand-in.access-denied']) {
    it(`is left without a listener after ${model}`, async () => {
      const gateway = await openGateway();
      const { signal } = new AbortController();
      let most = 0;
      const onEvent = () => (most = Math.max(most, getEventListeners(signal, 'abort').length));
      await asked(gateway, { model, signal, onEvent });
      assert.ok(most <= 1, `${most} listeners at once`);
      assert.deepEqual(getEventListeners(signal, 'abort'), []);
    });
  }
});
