// What the other side says is one line, bounded, and holds no secret of ours, however it spells one.
import assert from 'node:assert/strict';
import { maxForeignLength, sanitize, toLine } from '../../../../src/core/failures/sanitize';
import { calibrated, timed } from '../../threadTime';
import { spellings, tells } from '../spellings';

const secrets = [
  'wJalrXUtnFEMI/K7MDENG+bPxRfiCYzQ81kkPq7v',
  'IQoJb3JpZ2luX2VjEHMaCXVzLWVhc3QtMSJHMEUCIQ'.repeat(20) + '+/9==',
  'v1.0-gateway_token-r3Wm.Zx81',
];

describe('what another side says', () => {
  for (const [way, spell] of Object.entries(spellings))
    it(`holds no secret ${way}`, () => {
      for (const secret of secrets) {
        const said = `Bad credential <${spell(secret)}>, try another.`;
        const told = sanitize(said, secrets);
        assert.ok(tells(said, secret), 'the test itself sees none');
        assert.ok(!tells(told, secret), told);
        // A few characters at its ends may stay, which base64 shares with its neighbours; or the end is cut off.
        assert.match(told, /^Bad credential <.{0,6}….{0,6}(>, try another\.)?$/);
      }
    });

  it('holds no part of a secret, though it cuts it', () => {
    const [, token = ''] = secrets;
    for (const part of [token.slice(0, 100), token.slice(100, 140), token.slice(-30)])
      assert.equal(sanitize(`the token ${part} is bad`, secrets), 'the token … is bad');
    const told = sanitize('x'.repeat(maxForeignLength - 200) + token, secrets);
    assert.match(told, /^x{3800}…+$/);
  });

  it('keeps a short secret out as it is, and looks for it in no other spelling', () => {
    assert.equal(sanitize('the pin 4711 is in SEVEN', ['4711', 'seven']), 'the pin … is in SEVEN');
    assert.equal(sanitize('token abcdefgh and YWJjZGVmZ2g=', ['abcdefgh']), 'token … and …g=');
  });

  it('keeps all else as it was said', () => {
    for (const sentence of [
      'The maximum tokens you requested exceeds the model limit of 4096.',
      'Value %41 at \\u0041 &amp; &#65; 日本語、한국어 😀 is bad',
      'See https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html',
    ])
      assert.equal(sanitize(sentence, secrets), sentence);
  });

  it('is one line, whatever ends one', () => {
    const ends = ['\n', '\r\n', '\r', '\u0085', '\u2028', '\u2029', '\v', '\f', '\0', '\x1b[2J', '\u202e'];
    assert.equal(toLine(`a${ends.join('b')}c`), `a b b b b b b b b b [2Jb c`);
    assert.equal(toLine('\n a \n'), 'a');
  });

  it('is bounded', () => {
    assert.equal(toLine('word '.repeat(50_000)).length, maxForeignLength);
    assert.equal(toLine('y'.repeat(9), 5), 'yyyyy…');
  });

  it('takes time that does not grow with what was sent', () => {
    const measure = calibrated();
    const time = (text: string) =>
      timed(() => {
        for (let run = 0; run < 100; run++) sanitize(text, secrets);
      });
    for (const word of [
      'token ',
      'token=',
      'secret:',
      '://a@',
      '-token ',
      'password="',
      '%252525',
      '&#65;',
    ]) {
      const of = (length: number) => word.repeat(Math.ceil(length / word.length));
      time(of(8_000));
      // Of 250 KB no more is looked at than of 8 KB: ten times as long would be the machine's.
      assert.ok(time(of(250_000)) < 10 * time(of(8_000)) + measure / 5, word);
    }
  });
});
