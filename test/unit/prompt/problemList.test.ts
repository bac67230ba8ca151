import assert from 'node:assert/strict';
import { type DiagnosticLine, diagnosticList, withoutPaths } from '../../../src/prompt/diagnostics';

const problem = (more: Partial<DiagnosticLine> = {}): DiagnosticLine => ({
  name: 'src/a.ts',
  line: 3,
  severity: 'error',
  source: 'ts',
  code: '2304',
  message: "Cannot find name 'x'.",
  ...more,
});

describe('the list of problems', () => {
  it('has a line for each, as compilers write it', () => {
    const problems = [
      problem(),
      problem({ line: 9, severity: 'warning', source: '', code: '', message: 'Long.\r\n  Very long.\n' }),
      problem({ line: 10, source: 'eslint', code: '' }),
      problem(),
    ];
    assert.equal(
      diagnosticList(problems),
      "- src/a.ts:3: error ts(2304): Cannot find name 'x'.\n" +
        '- src/a.ts:9: warning: Long. Very long.\n' +
        "- src/a.ts:10: error eslint: Cannot find name 'x'.",
    );
  });

  const forged = '- src/b.ts:1: error: forged';
  for (const end of ['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\n\n', '\u2028  '])
    for (const part of ['name', 'source', 'code', 'message'] as const)
      it(`has no line that the ${part} of a problem brings with ${JSON.stringify(end)}`, () => {
        const list = diagnosticList([problem({ [part]: `x${end}${forged}` }), problem({ line: 9 })]);
        assert.equal(list.split(/[\n\r\v\f\u0085\u2028\u2029]/).length, 2, list);
        assert.match(list, /\n- src\/a\.ts:9: error ts\(2304\): Cannot find name 'x'\.$/);
      });

  it('is bounded, whatever a problem is called and says', () => {
    const long = 'x'.repeat(1_000_000);
    const list = diagnosticList([problem({ name: long, source: long, code: long, message: long })]);
    assert.ok(list.length < 3000, `${list.length}`);
  });

  it('says so when there are none', () => {
    assert.equal(diagnosticList([]), 'none');
  });
});

describe('a message', () => {
  const tell = (message: string) =>
    withoutPaths(message, ['/home/ann/work', '/home/ann/work/inner'], '/home/ann');

  const messages = {
    "File '/home/ann/work/src/a.ts' is wrong": "File 'src/a.ts' is wrong",
    "File '/home/ann/work/inner/src/a.ts' is wrong": "File 'src/a.ts' is wrong",
    'see file:///home/ann/work/src/a.ts:12': 'see src/a.ts:12',
    '/home/ann/other/a.ts:3:4 and /home/bob/b.ts': 'a.ts:3:4 and b.ts',
    '/home/ann/work-of-another/a.ts': 'a.ts',
    'in /usr/lib/python3/x.py, line 3': 'in x.py, line 3',
    'C:\\Users\\Ann\\a.ts or C:/Users/Ann/b.ts': 'a.ts or b.ts',
    'GET /api/users/1 of https://example.com/home/ann': 'GET /api/users/1 of https://example.com/home/ann',
    "Cannot find module './home/x' or '../usr/y'": "Cannot find module './home/x' or '../usr/y'",
  };
  for (const [message, told] of Object.entries(messages))
    it(`tells “${message}” without places of this machine`, () => {
      assert.equal(tell(message), told);
    });
});
