// A check that signs with a profile of ~/.aws: who that is, and at which stage it fails when it is nobody.
import assert from 'node:assert/strict';
import { issued } from '../../../aws/aws';
import { type Asking, closeGatewaysAfterEach } from '../../asking';
import { manualClock } from '../../manualClock';
import { type Scene, closeScenesAfterEach, keysIn, keysOfAnn, openScene } from '../../aws/scene';
import { never } from '../closing';
import { checked, counted, endOf } from './checking';

const roleArn = 'arn:aws:iam::111122223333:role/team/Developer';
const serial = 'arn:aws:iam::111122223333:mfa/ann';
const ofRole = `[profile dev]\nrole_arn = ${roleArn}\nsource_profile = base\nservices = local\n`;
const withMfa = `${ofRole}mfa_serial = ${serial}\n`;
const roles = [{ arn: roleArn }];
const rolesWithMfa = [{ arn: roleArn, mfa: { serial, code: '123456' } }];

const checkedWith = ({ gateway, profiles }: Scene, asking: Asking = {}) =>
  checked(gateway, { profile: 'dev', ...asking, ports: { profiles, clock: manualClock() } });

describe('a check with a profile', () => {
  closeGatewaysAfterEach();
  closeScenesAfterEach();

  it('of access keys passes every stage, and says which key it is', async () => {
    const told = await checkedWith(await openScene({ credentials: keysIn('dev') }));
    assert.equal(endOf(told), 'passed');
    const { awsCredentials, signature } = told.report.stages;
    assert.deepEqual(awsCredentials.passed!.result, {
      authentication: 'profile',
      profile: 'dev',
      keyEnd: keysOfAnn.accessKeyId.slice(-4),
      temporary: false,
    });
    assert.deepEqual(signature.passed!.result, { by: 'profile', colon: 'encoded' });
    assert.doesNotMatch(JSON.stringify(told), new RegExp(keysOfAnn.secretAccessKey));
  });

  it('of a role asks AWS once, and then it is known who that is', async () => {
    const scene = await openScene({ config: ofRole, credentials: keysIn('base'), aws: { roles } });
    const told = await checkedWith(scene);
    assert.equal(endOf(told), 'passed');
    const found = told.report.stages.awsCredentials.passed!.result as { keyEnd: string; temporary: boolean };
    assert.deepEqual([found.keyEnd, found.temporary], [issued(1).accessKeyId.slice(-4), true]);
    assert.equal(scene.aws.requests.length, 1);
    const { role, account, expiration } = (await scene.profiles.describe({
      profile: 'dev',
      region: 'us-east-1',
    }))!;
    assert.deepEqual([role, account], ['team/Developer', '111122223333']);
    assert.ok(expiration! > Date.now());
  });

  it('of a role with MFA asks for one code', async () => {
    const scene = await openScene({
      config: withMfa,
      credentials: keysIn('base'),
      aws: { roles: rolesWithMfa },
    });
    assert.equal(endOf(await checkedWith(scene)), 'passed');
    assert.equal(scene.codes.length, 1);
  });

  const cases: Readonly<Record<string, [Parameters<typeof openScene>[0], string]>> = {
    'that there is not': [{ credentials: keysIn('another') }, 'awsCredentials: profileNotFound'],
    'that is half': [{ config: ofRole }, 'awsCredentials: profileIncomplete'],
    'whose role trusts somebody else': [
      { config: ofRole, credentials: keysIn('base') },
      'awsCredentials: assumeRoleDenied',
    ],
    'whose key AWS does not know': [
      { credentials: keysIn('dev'), gateway: { credentials: [] } },
      'awsCredentials: awsKeyUnknown',
    ],
  };
  for (const [what, [options, end]] of Object.entries(cases))
    it(`${what} ends at ${end}, and sends no prompt`, async () => {
      const scene = await openScene(options);
      const told = await checkedWith(scene);
      assert.equal(endOf(told), end);
      assert.equal(told.report.stages.gatewayToken.state, 'passed');
      assert.equal(told.report.stages.signature.state, 'notReached');
      assert.equal(counted(scene.gateway).prompts, 0);
    });

  it('whose code is not given ends there', async () => {
    const scene = await openScene({
      config: withMfa,
      credentials: keysIn('base'),
      aws: { roles: rolesWithMfa },
    });
    scene.answer = () => Promise.resolve(undefined);
    assert.equal(endOf(await checkedWith(scene)), 'awsCredentials: mfaCancelled');
  });

  it('is stopped while its code is asked for, which closes the box', async () => {
    const scene = await openScene({
      config: withMfa,
      credentials: keysIn('base'),
      aws: { roles: rolesWithMfa },
    });
    const stopping = new AbortController();
    scene.answer = () => {
      setImmediate(() => stopping.abort());
      return never;
    };
    const told = await checkedWith(scene, { signal: stopping.signal });
    assert.equal(endOf(told), 'stopped');
    assert.equal(scene.codes[0]!.signal.aborted, true);
  });
});
