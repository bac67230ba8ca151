// A profile's name on a command line: nothing that it holds is run or expanded.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { quoted } from '../../../src/profiles/quoted';

const bash = (word: string) => quoted(word, 'linux', '/bin/bash');

describe('a word for a command line', () => {
  it('stays as it is where it may', () => {
    assert.equal(bash('my-dev.2@corp'), 'my-dev.2@corp');
  });

  for (const word of ['my dev', `o'brien`, '$(touch x)', '`x`; rm', 'a"b', '~/x', '*', '-x', 'größe', '!!'])
    it(`“${word}” is one to a shell`, () => {
      const told = execFileSync('sh', ['-c', `printf %s ${bash(word)}`], { encoding: 'utf8' });
      assert.equal(told, word);
    });

  it('holds no key that a terminal would take for pressed', () => {
    assert.equal(bash('a\nb\x1b[A\r'), `'ab[A'`);
  });

  it('is quoted as PowerShell and cmd take it', () => {
    assert.equal(quoted('it’s $x', 'win32', 'C:\\…\\powershell.exe'), "'it’’s $x'");
    assert.equal(quoted('50% off', 'win32', 'C:\\Windows\\System32\\cmd.exe'), '"50^% off"');
  });
});
