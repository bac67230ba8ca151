import assert from 'node:assert/strict';
import { parseUrl } from '../../../src/core/model/url';

describe('a URL', () => {
  it('is read the same after so many that the engine has optimized it', () => {
    const hostOf = (text: string) => parseUrl(text)?.hostname;
    for (let index = 0; index < 100_000; index++) hostOf(`https://a.example/${index}`);
    assert.equal(hostOf('https://bücher.example'), 'xn--bcher-kva.example');
    assert.equal(hostOf('https://例え.jp/道'), 'xn--r8jz45g.jp');
    assert.equal(hostOf('no URL'), undefined);
  });
});
