// Names under which code is never saved, whatever a reply says, and those under which it is.
import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { type PathProblem, foldedName, judgePath } from '../../../src/code/pathRules';

const refused: { readonly [P in PathProblem]: readonly string[] } = {
  empty: ['', ' ', '\t\n'],
  absolute: [
    ...[
      '/etc/passwd',
      '//server/share/a.ts',
      '\\\\server\\share\\a.ts',
      '\\a.ts',
      '\\\\?\\C:\\a.ts',
      '\\\\.\\NUL',
    ],
    ...['C:\\a.ts', 'c:/a.ts', 'C:a.ts', '~/a.ts', '~', '~root/a.ts', '~\\a.ts'],
  ],
  parent: [
    '..',
    '../a.ts',
    'src/../a.ts',
    'src\\..\\..\\a.ts',
    '..\\a.ts',
    './../a.ts',
    'a/.../b.ts',
    'src/..',
  ],
  folder: ['.', './', 'src/', 'src\\', './.'],
  characters: [
    ...[
      'a\0.ts',
      'a\n.ts',
      'a\u0007.ts',
      'a\u007f.ts',
      'a\u2028.ts',
      'a<b.ts',
      'a>b',
      'a"b',
      'a|b',
      'a?b',
      'a*b',
    ],
    ...[
      '.g\u200cit/config',
      '.gi\u200dt/config',
      '\ufeff.git/config',
      'a\u202etxt.exe',
      'a\u00adb.ts',
      '\ud800.ts',
    ],
    ...[
      '..%2f..%2fa.ts',
      '%2e%2e/a.ts',
      'a%5cb.ts',
      'a%00.ts',
      '%252e%252e/a.ts',
      'a\uff0fb.ts',
      'a\uff3cb.ts',
    ],
    ...['\uff0e\uff0e/a.ts', '\u2025/a.ts', '\u2024\u2024/a.ts', 'a\uff1ab'],
  ],
  colon: [
    'a.ts:stream',
    'a.ts::$DATA',
    '.git::$INDEX_ALLOCATION/config',
    'src/C:/a.ts',
    'file:///a.ts',
    'a/b:c',
  ],
  device: [
    ...[
      'CON',
      'con.ts',
      'src/nul',
      'PRN.txt',
      'aux.tar.gz',
      'COM1',
      'com0.md',
      'COM9.c',
      'LPT1',
      'lpt0',
      'LPT9.x',
    ],
    ...[
      'COM\u00b9',
      'com\u00b2.ts',
      'LPT\u00b3',
      'CONIN$',
      'conout$.txt',
      'CLOCK$',
      'nul .txt',
      'aux/a.ts',
      'CoN',
    ],
    ...['\uff23\uff2f\uff2e'],
  ],
  ends: [
    'a.ts.',
    'a.ts ',
    'src./a.ts',
    'src /a.ts',
    ' a.ts',
    '.git./config',
    '.git /config',
    'a.ts\u00a0',
    'a. .',
    'NUL.',
  ],
  shortName: ['GIT~1/config', 'git~1', 'git~2/hooks/a', 'PROGRA~1/a.ts', 'VSCODE~1/tasks.jso', 'a~1.ts'],
  git: [
    ...['.git', '.git/config', '.git/hooks/pre-commit', 'sub/.git/config', '.GIT/config', '.Git/x', 'a/.gIt'],
    ...[
      '.g\u0131t/config',
      '\uff0egit/config',
      '.ｇｉｔ/config',
      './.git/config',
      '.git\\config',
      'src//.git//x',
    ],
  ],
  tooLong: [
    'a'.repeat(256),
    'あ'.repeat(86),
    'a/'.repeat(400).slice(0, -1),
    `${'a'.repeat(250)}/`.repeat(5) + 'b',
  ],
};

describe('a name under which code is saved', () => {
  for (const [problem, names] of Object.entries(refused))
    it(`is refused: ${problem}`, () => {
      for (const name of names) assert.deepEqual(judgePath(name), { problem }, JSON.stringify(name));
    });

  it('may be that of any ordinary file, in folders', () => {
    const names: Readonly<Record<string, readonly string[]>> = {
      'a.ts': ['a.ts'],
      './src/a.ts': ['src', 'a.ts'],
      'src\\a.ts': ['src', 'a.ts'],
      'src//a.ts': ['src', 'a.ts'],
      'app/[id]/(group)/page.tsx': ['app', '[id]', '(group)', 'page.tsx'],
      'src/$lib/+page.svelte': ['src', '$lib', '+page.svelte'],
      'ノート/第1章.md': ['ノート', '第1章.md'],
      'a b.txt': ['a b.txt'],
      'a..b.ts': ['a..b.ts'],
      'git/config': ['git', 'config'],
      'console.ts': ['console.ts'],
      'com10.ts': ['com10.ts'],
      'null.c': ['null.c'],
      '100%.md': ['100%.md'],
      Makefile: ['Makefile'],
      'x.git/a': ['x.git', 'a'],
      '@types/a.d.ts': ['@types', 'a.d.ts'],
    };
    for (const [name, segments] of Object.entries(names))
      assert.deepEqual(judgePath(name), { segments, isSensitive: false }, name);
  });

  it('is asked about where tools run or obey such a file', () => {
    const names = [
      ...[
        '.vscode/tasks.json',
        '.VSCode/settings.json',
        'sub/.vscode/launch.json',
        '.github/workflows/ci.yml',
      ],
      ...[
        '.devcontainer/devcontainer.json',
        '.husky/pre-commit',
        '.npmrc',
        'a.code-workspace',
        '.bashrc',
        '.envrc',
      ],
      ...[
        '.gitmodules',
        '.gitattributes',
        '.ssh/config',
        'A.CODE-WORKSPACE',
        '.idea/workspace.xml',
        '.cursorrules',
      ],
    ];
    for (const name of names) {
      const judged = judgePath(name);
      assert.ok('isSensitive' in judged && judged.isSensitive, name);
    }
  });

  /** Parts of which hostile names are made. */
  const part = fc.oneof(
    fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      ':',
      '~',
      ' ',
      '.git',
      'GIT~1',
      'CON',
      'a',
      '.ts',
      '\0',
      '%2e',
      '\u200c',
      'C:',
    ),
    fc.constantFrom('\uff0e', '\uff0f', '\u2025', '\u0131', '.vscode', 'src/', '?', '\ud800', '\u0301'),
    fc.string({ maxLength: 4, unit: 'binary' }),
  );
  const hostile = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

  it('stays in its folder or is refused, on both kinds of platforms, whatever it is', () => {
    fc.assert(
      fc.property(hostile, (name) => {
        const judged = judgePath(name);
        if ('problem' in judged) return;
        const { segments } = judged;
        assert.ok(segments.length > 0);
        for (const [system, root] of [
          [path.posix, '/work/folder'],
          [path.win32, 'C:\\work\\folder'],
        ] as const) {
          const relative = system.relative(root, system.resolve(root, ...segments));
          assert.ok(relative && !/^\.\.(?:[\\/]|$)/.test(relative) && !system.isAbsolute(relative), name);
          assert.deepEqual(relative.split(system.sep), segments);
        }
        for (const segment of segments) {
          assert.doesNotMatch(segment, /[\0-\x1f:\\/]|[. ]$/);
          assert.notEqual(foldedName(segment), '.git');
        }
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('two names', () => {
  it('are one where some file system does not tell them apart', () => {
    for (const [one, other] of [
      ['README.md', 'readme.MD'],
      ['é.ts', 'e\u0301.ts'],
      ['straße', 'STRASSE'],
      ['\u212a.ts', 'k.ts'],
      ['a\u200cb', 'ab'],
      ['a.', 'a'],
      ['ﬁ.ts', 'fi.ts'],
      ['\u210c.ts', 'h.ts'],
    ] as const)
      assert.equal(foldedName(one), foldedName(other), one);
    assert.notEqual(foldedName('a.ts'), foldedName('b.ts'));
    assert.notEqual(foldedName('é'), foldedName('e'));
  });
});
