// What people paste in the place of a secret is named for what it is; what is one is taken.
import assert from 'node:assert/strict';
import type { SecretName } from '../../src/setup/secretStore';
import { type SecretProblem, secretProblem } from '../../src/setup/secretProblem';
import { assertSwift } from './swift';

const id = 'AKIAIOSFODNN7ABCDEFG';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYabcdefghij';
const sessionToken = `IQoJb3JpZ2luX2VjE${'aB3/+'.repeat(200)}==`;
const apiKey = `ABSK${'QmVkcm9ja0FQSUtleS1'.repeat(5)}Zw==`;
const shortApiKey = `bedrock-api-key-${'YmVkcm9jay5hbWF6b25hd3Mu'.repeat(20)}Zw==`;
const token = 'v_1x-AbCdEfGhIjKlMnOpQrStUvWxYz012345678';
const values: { readonly [N in SecretName]: readonly string[] } = {
  accessKeyId: [id, 'ASIAIOSFODNN7ABCDEFG', `  ${id}\n`],
  secretAccessKey: [secret, 'a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F6g7H8i9J0'],
  sessionToken: [sessionToken, `FwoGZXIvYXdzE${'a'.repeat(300)}`],
  apiKey: [apiKey, shortApiKey],
  gatewayToken: [token, 'a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F6g7H8i9J0', `cfut_${'a1'.repeat(24)}`, 'stand-in'],
};
const names = Object.keys(values) as SecretName[];

describe('what was typed as a secret', () => {
  for (const name of names)
    for (const value of ['', '  ', ...values[name]])
      it(`is taken as ${name}: ${value.slice(0, 20)}`, () => {
        assert.equal(secretProblem(name, value), undefined);
      });

  const seems: { readonly [N in SecretName]: SecretProblem } = {
    accessKeyId: 'seemsAccessKeyId',
    secretAccessKey: 'seemsSecretAccessKey',
    sessionToken: 'seemsSessionToken',
    apiKey: 'seemsApiKey',
    gatewayToken: 'seemsGatewayToken',
  };
  for (const other of names)
    for (const name of names)
      if (other !== name)
        it(`is named where it is another: ${other} as ${name}`, () => {
          assert.equal(secretProblem(name, values[other][0]!), seems[other]);
        });

  for (const [what, around, problem] of [
    ['NAME=value', (value) => `AWS_BEARER_TOKEN_BEDROCK=${value}`, 'withName'],
    ['name = value', (value) => `aws_access_key_id = ${value}`, 'withName'],
    ['NAME="value"', (value) => `AWS_SECRET_ACCESS_KEY="${value}"`, 'withName'],
    ['export', (value) => `export AWS_BEARER_TOKEN_BEDROCK=${value}`, 'withName'],
    ['declare', (value) => `declare -x AWS_SESSION_TOKEN="${value}"`, 'withName'],
    ['set', (value) => `SET AWS_SESSION_TOKEN=${value}`, 'withName'],
    ['setx', (value) => `setx AWS_BEARER_TOKEN_BEDROCK ${value}`, 'withName'],
    ['PowerShell', (value) => `$Env:AWS_BEARER_TOKEN_BEDROCK = "${value}"`, 'withName'],
    ['PowerShell without a blank', (value) => `$env:AWS_ACCESS_KEY_ID="${value}"`, 'withName'],
    ['aws configure', (value) => `aws configure set aws_access_key_id ${value}`, 'withName'],
    ['JSON', (value) => `"AccessKeyId": "${value}",`, 'withName'],
    ['JSON in braces', (value) => `{"SecretAccessKey":"${value}"}`, 'withName'],
    ['YAML', (value) => `AWS_SESSION_TOKEN: ${value}`, 'withName'],
    ['a name and a blank', (value) => `aws_session_token ${value}`, 'withName'],
    ['a header', (value) => `cf-aig-authorization: ${value}`, 'withName'],
    ['a header with Bearer', (value) => `cf-aig-authorization: Bearer ${value}`, 'withBearer'],
    ['Bearer', (value) => `Bearer ${value}`, 'withBearer'],
    ['bearer', (value) => `bearer ${value}`, 'withBearer'],
    ['double quotation marks', (value) => `"${value}"`, 'inQuotes'],
    ['single ones', (value) => `'${value}'`, 'inQuotes'],
    ['one of them', (value) => `${value}"`, 'inQuotes'],
    ['typographic ones', (value) => `“${value}”`, 'inQuotes'],
    ['Japanese ones', (value) => `「${value}」`, 'inQuotes'],
    ['backticks', (value) => `\`${value}\``, 'inQuotes'],
    ['a comma', (value) => `${value},`, 'inQuotes'],
    ['a semicolon', (value) => `${value};`, 'inQuotes'],
    ['two lines', (value) => `aws_access_key_id=${value}\naws_secret_access_key=x`, 'severalValues'],
    ['two lines that a box has made one', (value) => `${value}\r\nx`, 'severalValues'],
    [
      'two names in a line',
      (value) => `aws_access_key_id = ${value}aws_secret_access_key = x`,
      'severalValues',
    ],
    ['a section', (value) => `[default] aws_access_key_id = ${value}`, 'severalValues'],
    ['a line of the console’s file', (value) => `${value},x`, 'severalValues'],
    ['such a line with a user', (value) => `ann,${value}`, 'severalValues'],
    ['its head', () => 'Access key ID,Secret access key', 'severalValues'],
    ['two commands', (value) => `export A=${value}; export B=x`, 'severalValues'],
    ['JSON of all', (value) => `{"AccessKeyId":"${value}","SecretAccessKey":"x"}`, 'severalValues'],
    ['a blank inside', (value) => `${value} x`, 'notAscii'],
    ['a blank of no width inside', (value) => `${value}\u200b`, 'notAscii'],
    ['full-width letters', () => 'ＡＫＩＡＩＯＳＦＯＤＮＮ７', 'notAscii'],
    ['angle brackets', () => '<your-access-key-id>', 'placeholder'],
    ['YOUR_KEY', () => 'YOUR_ACCESS_KEY_ID', 'placeholder'],
    ['a variable', () => '$AWS_BEARER_TOKEN_BEDROCK', 'placeholder'],
    ['one in braces', () => '${env:AWS_ACCESS_KEY_ID}', 'placeholder'],
    ['one of Windows', () => '%AWS_ACCESS_KEY_ID%', 'placeholder'],
    ['asterisks', (value) => `****************${value.slice(-4)}`, 'placeholder'],
    ['an ellipsis', (value) => `${value.slice(0, 8)}…`, 'placeholder'],
    ['crosses', () => 'xxxxxxxxxxxxxxxxxxxx', 'placeholder'],
    ['an address', () => 'https://gateway.ai.cloudflare.com/v1/a/b', 'address'],
    ['an ARN', () => 'arn:aws:iam::111122223333:user/ann', 'address'],
    ['a role’s ID', () => 'AROAIOSFODNN7ABCDEFG', 'seemsIamId'],
    ['a user’s ID', () => 'AIDAIOSFODNN7ABCDEFG', 'seemsIamId'],
    ['Anthropic’s', () => `sk-ant-api03-${'a'.repeat(90)}`, 'seemsVendorKey'],
    ['OpenAI’s', () => `sk-proj-${'a'.repeat(90)}`, 'seemsVendorKey'],
    ['Cloudflare’s global key', () => 'c2547eb745079dac9320b638f5e225cf483cc', 'seemsGlobalApiKey'],
    ['its newer form', () => `cfk_${'a1'.repeat(24)}`, 'seemsGlobalApiKey'],
  ] as readonly (readonly [string, (value: string) => string, SecretProblem])[])
    for (const name of names)
      it(`is named with what is around it, or stands for it: ${what}, as ${name}`, () => {
        // After an access key ID, a blank and more is a second value; in a box of IDs, it is none in any case.
        const expected = name === 'accessKeyId' && what === 'a blank inside' ? 'severalValues' : problem;
        assert.equal(secretProblem(name, around(values[name][0]!)), expected);
      });

  it('is named as an access key ID that is too short', () => {
    assert.equal(secretProblem('accessKeyId', 'AKIA1'), 'accessKeyIdShape');
    assert.equal(secretProblem('accessKeyId', '111122223333'), 'accessKeyIdShape');
  });

  for (const piece of ['a', 'A=', 'aws_', 'AKIA', '[', '(', ' ', ',', '"', '*', '.', 'export ', 'a_', '{'])
    it(`is looked at in time that grows with its length alone: ${piece}`, () => {
      const text = piece.repeat(250_000 / piece.length) + '\u2028';
      assertSwift(text, () => names.forEach((name) => secretProblem(name, text)));
    });
});
