// A profile's name on a command line: nothing that it holds is run or expanded.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { commandLine, shellQuote } from '../../../src/aws/shellQuote';

const bash = (word: string) => shellQuote(word, 'linux', '/bin/bash');

describe('a word for a command line', () => {
  it('stays as it is where it may', () => {
    assert.equal(bash('my-dev.2@corp'), 'my-dev.2@corp');
  });

  for (const word of ['my dev', `o'brien`, '$(touch x)', '`x`; rm', 'a"b', '~/x', '*', '-x', 'größe', '!!'])
    it(`“${word}” is one to a shell`, () => {
      const told = execFileSync('sh', ['-c', `printf %s ${bash(word) ?? ''}`], { encoding: 'utf8' });
      assert.equal(told, word);
    });

  it('holds no key that a terminal would take for pressed', () => {
    assert.equal(bash('a\nb\x1b[A\r'), `'ab[A'`);
  });

  const shells = {
    pwsh: ['win32', 'C:\\…\\powershell.exe'],
    cmd: ['win32', 'C:\\Windows\\System32\\cmd.exe'],
    gitBash: ['win32', 'C:\\Program Files\\Git\\bin\\bash.exe'],
    zsh: ['darwin', '/bin/zsh'],
    fish: ['linux', '/usr/bin/fish'],
    nu: ['linux', '/usr/bin/nu'],
    unknown: ['win32', ''],
  } as const;
  for (const [shell, word, expected] of [
    ['pwsh', 'it’s $x', "'it’’s $x'"],
    ['pwsh', 'a,b', "'a,b'"],
    ['pwsh', '@dev', "'@dev'"],
    ['pwsh', 'a"b', undefined],
    ['pwsh', 'a b\\', undefined],
    ['cmd', 'a & b', '"a & b"'],
    ['cmd', "o'brien", `"o'brien"`],
    ['cmd', '50% off', undefined],
    ['cmd', 'a"b', undefined],
    ['cmd', 'a b\\', undefined],
    ['gitBash', '50% "off"', `'50% "off"'`],
    ['zsh', "it's", `'it'\\''s'`],
    ['fish', "it's", `'it'\\''s'`],
    ['fish', 'a b\\', `'a b\\\\'`],
    ['nu', 'my dev', `'my dev'`],
    ['nu', "it's", undefined],
    ['unknown', 'my-dev', 'my-dev'],
    ['unknown', 'my dev', undefined],
  ] as const)
    it(`“${word}” is ${expected ?? 'not to be typed'} in ${shell}`, () => {
      const [platform, path] = shells[shell];
      assert.equal(shellQuote(word, platform, path), expected);
    });

  it('stands in a line that the AWS CLI takes for the value of its option', () => {
    assert.equal(commandLine('aws sso login', 'my dev', ...shells.zsh), "aws sso login --profile 'my dev'");
    assert.equal(commandLine('aws login', '-x', ...shells.zsh), "aws login '--profile=-x'");
    assert.equal(commandLine('aws login', '50%', ...shells.cmd), undefined);
  });
});
