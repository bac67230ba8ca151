// With a profile of ~/.aws: picked in Set Credentials, MFA asked for in a box, and a terminal to sign in with SSO.
import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { type Aws, someIssued, startAws } from '../aws/aws';
import { standInKeys } from '../gateway';
import { choose, quickInput, runCommandFromPalette, typeAndAccept } from './gestures';
import { type Scene, endedPanel, openScene, panelFrame, send } from './scene';
import { awsFiles, awsFolder } from './sharedWorkbench';
import { notification, screenshot } from './sights';

const arn = 'arn:aws:iam::111122223333:role/Developer';
const serial = 'arn:aws:iam::111122223333:mfa/ann';

describe('a profile of ~/.aws', () => {
  let scene: Scene;
  let aws: Aws;
  before(async () => {
    aws = await startAws({ users: [standInKeys], roles: [{ arn, mfa: { serial, code: '123456' } }] });
    await mkdir(awsFolder);
    await writeFile(
      awsFiles.config,
      `[profile dev]
role_arn = ${arn}
source_profile = base
mfa_serial = ${serial}
endpoint_url = ${aws.url}
[profile my sso]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = Developer
[profile half]
role_arn = ${arn}
source_profile = nobody
[profile both]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = Developer
`,
    );
    await writeFile(
      awsFiles.credentials,
      ['base', 'both']
        .map(
          (name) =>
            `[${name}]\naws_access_key_id = ${standInKeys.accessKeyId}\naws_secret_access_key = ${standInKeys.secretAccessKey}\n`,
        )
        .join(''),
    );
    scene = await openScene({
      gateway: { credentials: [standInKeys, ...someIssued] },
      // What stands in a terminal can be read only where it is not painted by the graphics card.
      settings: { 'terminal.integrated.gpuAcceleration': 'off' },
    });
  });
  after(async () => {
    await scene.close();
    await aws.close();
    await rm(awsFolder, { recursive: true });
  });
  beforeEach(() => scene.workbench.agent.closeAllTabs());

  const pick = async (row: RegExp) => {
    const { workbench } = scene;
    await runCommandFromPalette(workbench, 'Bedrock: Set Credentials…');
    await choose(workbench, 'AWS profile (~/.aws)');
    await quickInput(workbench)
      .getByPlaceholder(/Choose a profile/)
      .waitFor();
    await screenshot(workbench, 'profiles');
    await quickInput(workbench)
      .locator('.quick-input-list .monaco-list-row')
      .filter({ hasText: row })
      .first()
      .click();
    await quickInput(workbench).getByText('Token of the gateway').waitFor();
    await workbench.page.keyboard.press('Enter');
    await notification(workbench, 'The credentials are stored').first().waitFor();
  };

  it('is picked by its name and kind, and asks for a code in a box that stands alone', async () => {
    const { workbench } = scene;
    await runCommandFromPalette(workbench, 'Bedrock: Set Credentials…');
    await choose(workbench, 'AWS profile (~/.aws)');
    for (const words of [
      /base.*access keys/s,
      /dev.*role Developer, from base, with MFA/s,
      /my sso.*SSO, Developer in account 111122223333/s,
      /both.*SSO, Developer in account 111122223333; not used: access keys in AWS_SHARED_CREDENTIALS_FILE/s,
      /half.*incomplete.*source_profile “nobody” does not exist/s,
    ])
      await quickInput(workbench).locator('.monaco-list-row').filter({ hasText: words }).first().waitFor();
    await workbench.page.keyboard.press('Escape');

    await pick(/dev/);
    await send(scene, 'Signed by a role');
    await quickInput(workbench).getByText(`Enter the code from the device ${serial}`).waitFor();
    await screenshot(workbench, 'mfa');
    await typeAndAccept(workbench, '12');
    await quickInput(workbench).getByText('The code has six digits').waitFor();
    await typeAndAccept(workbench, '123 456');
    const entry = await scene.gateway.waitFor(({ body }) => body.includes('Signed by a role'));
    assert.equal(entry.signature, 'accepted');
    await endedPanel(scene, 'Signed by a role');
    await send(scene, 'Signed again');
    await endedPanel(scene, 'Signed again');
    assert.equal(aws.requests.length, 1);
  });

  it('closes the box when the reply is stopped', async () => {
    const { workbench } = scene;
    // Another profile with MFA: what the first gave is remembered.
    await writeFile(
      awsFiles.config,
      `[profile dev]\nrole_arn = ${arn}\nsource_profile = base\nmfa_serial = ${serial}\nexternal_id = x\nendpoint_url = ${aws.url}\n[profile my sso]\nsso_start_url = https://corp.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = Developer\n`,
    );
    await send(scene, 'Not to be signed');
    const box = quickInput(workbench).getByText(`Enter the code from the device ${serial}`);
    await box.waitFor();
    const panel = await panelFrame(scene, 'Not to be signed');
    await panel.getByRole('button', { name: 'Stop' }).first().click();
    await box.waitFor({ state: 'hidden' });
    await panel.locator('.title').getByText('Stopped', { exact: true }).waitFor();
  });

  it('of SSO opens a terminal in which the command to sign in is typed', async () => {
    const { workbench } = scene;
    await pick(/my sso/);
    await send(scene, 'Who am I?');
    const panel = await endedPanel(scene, 'Who am I?');
    await panel.getByText('You are not signed in with SSO').first().waitFor();
    await screenshot(workbench, 'sso-expired');
    await panel.getByRole('button', { name: 'Open Terminal to Sign In' }).click();
    const typed = workbench.page
      .locator('.xterm-rows')
      .filter({ hasText: /aws\ssso\slogin\s--profile\s'my\ssso'/ });
    await typed.waitFor();
    await screenshot(workbench, 'sso-terminal');
    await screenshot(workbench, 'sso-terminal');
    assert.doesNotMatch(await typed.innerText(), /not found|usage/i, 'it was run');
    assert.equal(scene.gateway.log.filter(({ body }) => body.includes('Who am I?')).length, 0);
  });
});
