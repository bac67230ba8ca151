// The file that a block of code names, and what only looks like one.
import assert from 'node:assert/strict';
import { namedFile } from '../../../src/code/blockName';

const nameOf = (info: string, lineBefore = '', code = 'x') => namedFile({ code, info, lineBefore });

describe('the file that a code block names', () => {
  const infos: Readonly<Record<string, string | undefined>> = {
    'ts src/a.ts': 'src/a.ts',
    'ts title="src/a.ts"': 'src/a.ts',
    "ts title='my file.ts'": undefined,
    'ts title="src/my file.ts"': 'src/my file.ts',
    'src/a.ts': 'src/a.ts',
    'ts:src/a.ts': 'src/a.ts',
    '{.ts filename="a.ts"}': 'a.ts',
    'ts {file=a.ts}': 'a.ts',
    'js file=lib/a.js showLineNumbers': 'lib/a.js',
    'ts filepath: src/b.ts': 'src/b.ts',
    'ts:src/a.ts:12-40': 'src/a.ts',
    'src/a.ts#L3-L9': 'src/a.ts',
    '../../etc/passwd.txt': '../../etc/passwd.txt',
    'sh .git/hooks/pre-commit.sh': '.git/hooks/pre-commit.sh',
    '.gitignore': '.gitignore',
    Dockerfile: 'Dockerfile',
    dockerfile: undefined,
    'makefile build/Makefile': 'build/Makefile',
    ts: undefined,
    'c++': undefined,
    '{.python .numberLines}': undefined,
    'ts {1,3-5}': undefined,
    'js twoslash': undefined,
    'python 3.11': undefined,
    'sh v1.2': undefined,
    'http https://example.com/a.ts': undefined,
  };
  for (const [info, expected] of Object.entries(infos))
    it(`in the info string ${info}`, () => assert.equal(nameOf(info), expected));

  const lines: Readonly<Record<string, string | undefined>> = {
    '**src/a.ts**': 'src/a.ts',
    '**`src/a.ts`**': 'src/a.ts',
    '`src/a.ts`:': 'src/a.ts',
    '`src/a.ts` (new):': 'src/a.ts',
    '### src/a.ts': 'src/a.ts',
    '#### `src/a.ts`': 'src/a.ts',
    'File: src/a.ts': 'src/a.ts',
    '**File:** `src/a.ts`': 'src/a.ts',
    '**File: src/a.ts**': 'src/a.ts',
    '- `src/a.ts`': 'src/a.ts',
    '1. **a.ts**': 'a.ts',
    'src/a.ts': 'src/a.ts',
    '> `b.ts`:': 'b.ts',
    'src/__init__.py': 'src/__init__.py',
    '**__init__.py**': '__init__.py',
    'Dockerfile:': 'Dockerfile',
    'Here is the code:': undefined,
    'Change `src/a.ts` like this:': undefined,
    'It uses Node.js': undefined,
    '**Node.js**': undefined,
    'Version 1.2.3': undefined,
    '1.2.3': undefined,
    'See the docs.': undefined,
    'e.g.': undefined,
    'call `a.b()`:': undefined,
    '```': undefined,
    '': undefined,
  };
  for (const [line, expected] of Object.entries(lines))
    it(`in the line above: ${line}`, () => assert.equal(nameOf('ts', line), expected));

  const codes: Readonly<Record<string, string | undefined>> = {
    '// src/a.ts\nx': 'src/a.ts',
    '// filepath: src/a.ts\nx': 'src/a.ts',
    '# src/a.py': 'src/a.py',
    '#!/usr/bin/env python\n# tool.py': 'tool.py',
    '<!-- a.html -->': 'a.html',
    '/* a.css */': 'a.css',
    '-- a.sql': 'a.sql',
    '<?php\n// index.php': 'index.php',
    '// see src/a.ts for more': undefined,
    '# Install the tools': undefined,
    '// Version 2.0': undefined,
    '// a.b.c = 1': undefined,
    'import "a.css";': undefined,
    '#include <stdio.h>': undefined,
    'src/a.ts': undefined,
  };
  for (const [code, expected] of Object.entries(codes))
    it(`in its first lines: ${JSON.stringify(code)}`, () => assert.equal(nameOf('', '', code), expected));

  it('is the one nearest to the fence', () => {
    assert.equal(nameOf('ts a.ts', '**b.ts**', '// c.ts'), 'a.ts');
    assert.equal(nameOf('ts', '**b.ts**', '// c.ts'), 'b.ts');
    assert.equal(nameOf('ts', 'So:', '// c.ts'), 'c.ts');
  });

  it('is found at once in lines of any length', () => {
    for (const part of ['*', '`', '#', ' ', 'a.b ', '((', '-- ', '> ']) {
      const long = part.repeat(100_000);
      const began = performance.now();
      nameOf(long, long, long);
      assert.ok(performance.now() - began < 500, part);
    }
  });
});
