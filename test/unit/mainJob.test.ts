// The main job, once for each switch of the stand-in and each way of authenticating.
import assert from 'node:assert/strict';
import { memoryQuirks } from '../../src/core/gateway/quirks';
import type { Authentication } from '../../src/core/model/request';
import { type Switches, switchNames } from '../gateway';
import {
  type Asking,
  arn,
  asked,
  claudeText,
  closeGatewaysAfterEach,
  kindOf,
  openGateway,
  profile,
  sonnet,
  temporaryKeys,
  titanText,
  withColon,
} from './asking';

/** What turns a switch on, and how the reply must end for each model while it is. */
interface Expected {
  readonly on: Partial<Switches>;
  readonly ends: (model: string) => string;
  /** Why the last attempt was made, when the switch takes a second one. */
  readonly because?: (model: string) => string | undefined;
}

const done = () => 'done';
const hasColon = (model: string) => model.includes(':');

const signed: { readonly [S in keyof Switches]: Expected } = {
  decodeColon: {
    on: { decodeColon: true },
    ends: done,
    because: (model) => (hasColon(model) ? 'colonRewritten' : undefined),
  },
  // No signature survives a path with other slashes; the failure says that it was the path.
  decodeSlash: {
    on: { decodeSlash: true },
    ends: (model) => (model.includes('/') ? 'changedOnTheWay' : 'done'),
    because: (model) => (hasColon(model) ? 'colonRewritten' : undefined),
  },
  dropHeaders: { on: { dropHeaders: true }, ends: done },
  rewriteHeaders: { on: { rewriteHeaders: true }, ends: done },
  mangleFrames: { on: { mangleFrames: true }, ends: done, because: () => 'streamDamaged' },
  cacheKeyIsAuthorization: { on: { cacheKeyIsAuthorization: true }, ends: done },
  streamAsJson: { on: { streamAsJson: true }, ends: done },
  dateOffset: { on: { dateOffset: -3_600_000 }, ends: done },
  rewriteBody: { on: { rewriteBody: true }, ends: () => 'changedOnTheWay' },
  rewriteSignedHeader: { on: { rewriteSignedHeader: 'x-amz-date' }, ends: () => 'changedOnTheWay' },
};

/** Where nothing is signed by us, no change on the way can break a signature. */
const unsigned: Partial<Record<keyof Switches, Expected>> = {
  decodeColon: { on: { decodeColon: true }, ends: done },
  decodeSlash: { on: { decodeSlash: true }, ends: done },
  rewriteBody: { on: { rewriteBody: true }, ends: done },
  rewriteSignedHeader: { on: { rewriteSignedHeader: 'x-amz-date' }, ends: done },
};

const ways = {
  'access keys': { authentication: 'accessKeys' },
  'temporary access keys': { authentication: 'accessKeys', keys: temporaryKeys },
  'a Bedrock API key': { authentication: 'apiKey', keys: undefined },
  'keys stored in the gateway': { authentication: 'gateway', keys: undefined },
} as const satisfies Record<string, { authentication: Authentication; keys?: unknown }>;

/** What the stand-in makes of each way. */
const seenAs: { readonly [A in Authentication]: string } = {
  accessKeys: 'signature',
  apiKey: 'apiKey',
  profile: 'signature',
  gateway: 'storedKeys',
};

/** IDs with and without a colon and with a slash, through both APIs; each body of a model's own. */
const targets: readonly (Asking & { readonly model: string })[] = [
  ...[sonnet, withColon, profile, arn].map((model) => ({ model })),
  { api: 'invoke', model: withColon },
  { api: 'invoke', model: claudeText },
  { api: 'invoke', model: titanText },
  { api: 'invoke', model: arn, body: 'claudeMessages' },
];

describe('the main job', () => {
  closeGatewaysAfterEach();

  for (const [way, how] of Object.entries(ways)) {
    for (const name of [undefined, ...switchNames]) {
      describe(`with ${way}, ${name ?? 'and nothing unusual'}`, () => {
        const own = name && how.authentication !== 'accessKeys' ? unsigned[name] : undefined;
        const expected = own ?? (name ? signed[name] : { on: {}, ends: done });
        for (const target of targets) {
          const { model, api = 'converse' } = target;
          it(`asks ${model} (${api})`, async () => {
            const gateway = await openGateway({ switches: expected.on });
            const prompt = 'function greet() { return "hello"; }';
            const { reply } = await asked(gateway, { prompt, ...target, ...how });
            assert.equal(kindOf(reply), expected.ends(model));
            assert.equal(reply.retriedBecause, expected.because?.(model));
            if (kindOf(reply) !== 'done') return;
            assert.match(reply.text, /stand-in/i);
            assert.match(reply.text, /greet/);
            assert.ok(reply.usage && reply.usage.input > 0 && reply.usage.output > 0);
            assert.equal(gateway.log.at(-1)?.model, model);
            assert.equal(gateway.log.at(-1)?.authentication, seenAs[how.authentication]);
            assert.ok(gateway.log.at(-1)?.operation?.startsWith(api));
          });
        }
      });
    }
  }

  it('names what was changed on the way', async () => {
    const cases = [
      [{ decodeSlash: true }, 'path'],
      [{ rewriteBody: true }, 'body'],
      [{ rewriteSignedHeader: 'x-amz-date' }, 'x-amz-date'],
    ] as const;
    for (const [switches, changed] of cases) {
      const gateway = await openGateway({ switches });
      const { reply } = await asked(gateway, { model: arn });
      assert.ok(reply.outcome?.kind === 'failed');
      assert.equal(reply.outcome.failure.details.changed, changed);
    }
  });

  it('remembers what a gateway needs', async () => {
    const gateway = await openGateway({ switches: { decodeColon: true, mangleFrames: true } });
    const quirks = memoryQuirks();
    const first = await asked(gateway, { model: withColon, quirks });
    assert.equal(first.reply.attempts, 3);
    const second = await asked(gateway, { model: withColon, quirks });
    assert.equal(second.reply.attempts, 1);
    assert.equal(kindOf(second.reply), 'done');
  });
});
