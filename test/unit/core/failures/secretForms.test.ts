import assert from 'node:assert/strict';
import { maskSecrets, masked } from '../../../../src/core/failures/secretForms';

describe('masking a secret', () => {
  for (const [secret, text] of [
    ['no-secret', 'There is no secret here'],
    ['dev_token', 'A dev. Token expired'],
    ['20261129', 'At 2026-11-29T10:00'],
  ] as const)
    it(`leaves ordinary words alone: ${text}`, () => assert.equal(maskSecrets(text, [secret]), text));

  for (const [secret, text] of [
    [String.raw`Tok-en\nABCDEFGHIJKL`, String.raw`{"k":"Tok-en\\nABCDEFGHIJKL"}`],
    [String.raw`Tok-en\nABCDEFGHIJKL`, String.raw`x TOK-EN\NABCDEFGHIJKL`],
    ['p@ss<b>word</b>123!', 'P@SS<B>WORD</B>123!'],
    [String.raw`a1\101b2c3d4e5f6g7h8`, String.raw`"a1\\101b2c3d4e5f6g7h8"`],
  ] as const)
    it(`finds one that looks as if it held an escape: ${text}`, () => {
      const clean = maskSecrets(text, [secret]);
      assert.ok(clean.includes(masked), clean);
      assert.ok(clean.length < text.length - 8, clean);
    });

  it('leaves no half of a character behind', () => {
    const bold = Array.from('AKIAIOSFODNNEXAMPLE', (letter) =>
      String.fromCodePoint(0x1d400 + letter.charCodeAt(0) - 65),
    ).join('');
    assert.equal(maskSecrets(`key ${bold} y`, ['AKIAIOSFODNNEXAMPLE']), `key ${masked} y`);
  });
});
