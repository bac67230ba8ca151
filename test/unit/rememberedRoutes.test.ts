// What was learned of a gateway, kept across windows and forgotten with the version that learned it.
import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import { routeFor, gatewayKey } from '../../src/core/gateway/quirks';
import { StoredQuirks } from '../../src/engine/quirksStore';
import { addressOf, asked, closeGatewaysAfterEach, kindOf, openGateway, withColon } from './asking';

/** VS Code's memory, as JSON: what cannot be written so would not come back. */
function memento(): Memento & { readonly texts: Map<string, string> } {
  const texts = new Map<string, string>();
  return {
    texts,
    keys: () => [...texts.keys()],
    get: (key: string) => (texts.has(key) ? (JSON.parse(texts.get(key)!) as never) : undefined),
    update: (key, value) => {
      if (value === undefined) texts.delete(key);
      else texts.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}
const log = { warn: (message: string) => assert.fail(message) };

describe('what was learned of a gateway', () => {
  closeGatewaysAfterEach();
  const way = gatewayKey(addressOf('https://ai.example.com'), 'accessKeys');

  it('is there for another window, and after a restart', () => {
    const state = memento();
    new StoredQuirks(state, '1.0.0', log).update(way, { colon: 'literal' });
    const other = new StoredQuirks(state, '1.0.0', log);
    other.update(way, { stream: 'damaged' });
    assert.deepEqual(other.get(way), { colon: 'literal', stream: 'damaged' });
    assert.deepEqual(routeFor(other.get(way)), { streams: false, colon: 'literal' });
  });

  it('holds for that address, that way of authenticating and that version of us alone', () => {
    const state = memento();
    const quirks = new StoredQuirks(state, '1.0.0', log);
    quirks.update(way, { colon: 'literal' });
    assert.deepEqual(quirks.get(gatewayKey(addressOf('https://ai.example.com'), 'apiKey')), {});
    assert.deepEqual(quirks.get(gatewayKey(addressOf('https://ai.example.org'), 'accessKeys')), {});
    const newer = new StoredQuirks(state, '1.0.1', log);
    assert.deepEqual(newer.get(way), {});
    newer.update(way, { stream: 'intact' });
    assert.deepEqual(newer.get(way), { stream: 'intact' });
  });

  it('is forgotten on demand', () => {
    const state = memento();
    const quirks = new StoredQuirks(state, '1.0.0', log);
    quirks.update(way, { colon: 'literal' });
    quirks.clear(way);
    assert.deepEqual(quirks.get(way), {});
    assert.equal(state.texts.size, 0);
  });

  it('is nothing where the memory holds something else', () => {
    const state = memento();
    for (const value of [7, null, 'x', [], { version: '1.0.0' }, { version: '1.0.0', quirks: 7 }]) {
      void state.update(`gateway ${way}`, value);
      assert.deepEqual(new StoredQuirks(state, '1.0.0', log).get(way), {});
    }
  });

  it('has no model that refused prompt caching: an account may be allowed it at any time', async () => {
    const gateway = await openGateway();
    const state = memento();
    const asking = { model: 'stand-in.no-caching', cachePoints: { messages: [0] } };
    const window = new StoredQuirks(state, '1', log);
    const attempts = [];
    for (const quirks of [window, window, new StoredQuirks(state, '1', log)])
      attempts.push((await asked(gateway, { ...asking, quirks })).reply.attempts);
    window.clear(gatewayKey(addressOf(gateway.url), 'accessKeys'));
    attempts.push((await asked(gateway, { ...asking, quirks: window })).reply.attempts);
    assert.deepEqual(attempts, [2, 1, 2, 2]);
    assert.equal(state.texts.size, 0);
  });

  it('by a reply makes the next prompt, of any window, go right at once', async () => {
    const gateway = await openGateway({ switches: { decodeColon: true, mangleFrames: true } });
    const state = memento();
    const attempts = [];
    for (const quirks of [new StoredQuirks(state, '1', log), new StoredQuirks(state, '1', log)]) {
      const { reply } = await asked(gateway, { model: withColon, quirks });
      assert.equal(kindOf(reply), 'done');
      attempts.push(reply.attempts);
    }
    assert.deepEqual(attempts, [3, 1]);
  });
});
