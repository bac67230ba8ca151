import assert from 'node:assert/strict';
import { isPlaceholder, percentDecoded, unseenIn, unwrapped } from '../../../src/core/model/pasted';

describe('a pasted text', () => {
  it('loses what clings to its ends', () => {
    for (const text of [
      ' amazon.nova-pro-v1:0\n',
      '"amazon.nova-pro-v1:0"',
      '“amazon.nova-pro-v1:0”,',
      '`amazon.nova-pro-v1:0`',
      '<amazon.nova-pro-v1:0>',
      '("amazon.nova-pro-v1:0")',
      '「amazon.nova-pro-v1:0」、',
      '\u200bamazon.nova-pro-v1:0\ufeff',
      '\u2066amazon.nova-pro-v1:0\u2069.',
      '\u3000amazon.nova-pro-v1:0\u00a0;',
    ])
      assert.equal(unwrapped(text), 'amazon.nova-pro-v1:0', JSON.stringify(text));
  });

  it('stays as it is between its ends', () => {
    for (const text of [
      'a.b-c',
      '<account>/g',
      'a/<gateway>',
      '(a)/b',
      '{account}',
      'a\u200bb',
      '..',
      'v1/...',
      '',
    ])
      assert.equal(unwrapped(text), text);
  });

  it('has its percent-encoding undone, however often it was done', () => {
    const arn = 'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-pro-v1:0';
    const once = encodeURIComponent(arn);
    for (const text of [arn, once, encodeURIComponent(once), once.toLowerCase(), arn.replace(/:/g, '%3A')])
      assert.equal(percentDecoded(text), arn);
    for (const text of ['100%', '%zz', '%E3%81', 'a%2']) assert.equal(percentDecoded(text), text);
  });

  it('has its first unseen character named', () => {
    const named: Readonly<Record<string, string | undefined>> = {
      'a\u200bb': 'U+200B',
      'a\u00adb': 'U+00AD',
      'a\u202eb': 'U+202E',
      'a\ufeffb\u200b': 'U+FEFF',
      'a\u00a0b': 'U+00A0',
      'a\tb': 'U+0009',
      'a\u{e0041}b': 'U+E0041',
      'a b': undefined,
      bücher: undefined,
      日本語: undefined,
    };
    for (const [text, name] of Object.entries(named))
      assert.equal(unseenIn(text), name, JSON.stringify(text));
  });

  it('has placeholders told from names', () => {
    for (const part of [
      '<x>',
      '{x}',
      '${X_Y}',
      '$x',
      ':id',
      'YOUR-ACCOUNT',
      'yourGatewayId',
      'my_gateway_name',
      'ACCOUNT',
      'AWS_REGION',
      'model-id',
      'xxx',
      '...',
      'REPLACE_ME',
    ])
      assert.ok(isPlaceholder(part), part);
    for (const part of [
      'account',
      'gateway',
      'my-gateway',
      'yours',
      'prod',
      'region1',
      'A1',
      '0123456789abcdef',
      'us-east-1',
      'v1',
      '',
    ])
      assert.ok(!isPlaceholder(part), part);
  });
});
