import assert from 'node:assert/strict';
import { isBlank } from '../../../src/core/model/blank';

describe('a text', () => {
  for (const text of [
    '',
    ' ',
    '\n\t\r\n',
    '\u00a0',
    '\u3000 \u2003',
    '\u200b\u200d\u2060',
    '\ufeff\n',
    '\u00ad',
    '\u3164',
    '\u2800',
    '\u0000',
  ])
    it(`is blank: ${JSON.stringify(text)}`, () => assert.ok(isBlank(text)));
  for (const text of ['a', ' .', '\u200ba', '。', '-', '\u{1f600}', '\n0\n'])
    it(`is not: ${JSON.stringify(text)}`, () => assert.ok(!isBlank(text)));
});
