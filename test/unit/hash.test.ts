// Published vectors for the hashes that core is given.
import assert from 'node:assert/strict';
import { nodeHash } from '../../src/platform/node/hash';

describe('a hash', () => {
  it('is that of FIPS 180-2, whatever it comes in', () => {
    const abc = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    assert.equal(nodeHash.sha256('abc'), abc);
    assert.equal(nodeHash.sha256('a', new TextEncoder().encode('bc')), abc);
  });

  it('with a key is that of RFC 4231, case 2', () => {
    const bytes = nodeHash.hmacSha256('Jefe', 'what do ya want for nothing?');
    assert.equal(
      Buffer.from(bytes).toString('hex'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });
});
