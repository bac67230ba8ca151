// What data loss prevention says, in a header whose form nobody promises.
import assert from 'node:assert/strict';
import { readDataLoss } from '../../../../src/core/gateway/dataLoss';
import { asked, closeGatewaysAfterEach, kindOf, openGateway } from '../../asking';

const nothing = { policies: [], profiles: [], where: [] };

describe('the header cf-aig-dlp', () => {
  it('names policies, profiles and side, as documented, and no content', () => {
    const finding = (check: string, policy: string) => ({
      profile: { context: { match: 'canary' }, entry_ids: ['canary'], profile_id: '1234-abcd' },
      policy_ids: [policy, 'both'],
      check,
    });
    const findings = [finding('REQUEST', 'one'), finding('RESPONSE', 'two')];
    const read = readDataLoss(JSON.stringify({ findings, action: 'BLOCK' }));
    assert.deepEqual(read, {
      action: 'block',
      policies: ['one', 'both', 'two'],
      profiles: ['1234-abcd'],
      where: ['prompt', 'reply'],
    });
    assert.doesNotMatch(JSON.stringify(read), /canary/);
  });

  const lenient: Readonly<Record<string, object>> = {
    '': nothing,
    FLAG: nothing,
    '[]': nothing,
    null: nothing,
    '{"action":"flag"}': { action: 'flag', ...nothing },
    '{"action":"QUARANTINE","findings":7}': nothing,
    '{"action":"BLOCK","findings":[null,"x",{"policy_ids":"one","check":["REQUEST"],"profile":"pii"}]}': {
      action: 'block',
      policies: ['one'],
      profiles: ['pii'],
      where: ['prompt'],
    },
    '{"findings":{"policy_ids":["one",2,""],"profile":{"name":"PII","profile_id":"x"}}}': {
      policies: ['one'],
      profiles: ['PII'],
      where: [],
    },
  };
  for (const [header, finding] of Object.entries(lenient))
    it(`is read as far as it goes: ${header || 'empty'}`, () =>
      assert.deepEqual(readDataLoss(header), finding));

  it('that is endless is not', () => {
    const findings = Array.from({ length: 500 }, (_, index) => ({ policy_ids: [`${index}`.repeat(500)] }));
    const { policies } = readDataLoss(JSON.stringify({ findings }));
    assert.ok(policies.length <= 10 && policies.every(({ length }) => length <= 100));
  });
});

describe('data loss prevention', () => {
  closeGatewaysAfterEach();

  for (const [code, blocked] of [
    ['2029', 'prompt'],
    ['2030', 'reply'],
  ] as const) {
    it(`that blocks the ${blocked} is named with its policy, and not tried again`, async () => {
      const gateway = await openGateway();
      const { reply } = await asked(gateway, { model: `stand-in.gateway-${code}` });
      assert.ok(reply.outcome?.kind === 'blocked');
      const { kind, details } = reply.outcome.failure;
      assert.deepEqual([kind, details.blocked], ['gatewayDataLossPrevention', blocked]);
      assert.deepEqual(details.dataLoss?.policies, ['stand-in-policy']);
      assert.deepEqual([reply.attempts, gateway.log.length], [1, 1]);
    });
  }

  for (const [code, blocked] of [
    ['2016', 'prompt'],
    ['2017', 'reply'],
  ] as const) {
    it(`and guardrails of the gateway that block the ${blocked} are not confused`, async () => {
      const gateway = await openGateway();
      const { reply } = await asked(gateway, { model: `stand-in.gateway-${code}` });
      assert.ok(reply.outcome?.kind === 'blocked');
      const { kind, details } = reply.outcome.failure;
      assert.deepEqual([kind, details.blocked, details.dataLoss], ['gatewayGuardrail', blocked, undefined]);
      assert.equal(gateway.log.length, 1);
    });
  }

  for (const stream of ['auto', 'off'] as const)
    it(`that only flags lets the reply pass, and is told of (stream ${stream})`, async () => {
      const gateway = await openGateway();
      const { reply } = await asked(gateway, { model: 'stand-in.dlp-flag-reply', stream });
      assert.equal(kindOf(reply), 'done');
      const { action, where } = reply.requestIds.dataLoss ?? {};
      assert.deepEqual([action, where], ['flag', ['reply']]);
    });
});
