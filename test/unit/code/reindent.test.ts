// The indentation that code has where it is put.
import assert from 'node:assert/strict';
import { indentedAt, indentedLike } from '../../../src/code/reindent';

describe('code that is inserted', () => {
  it('stays as it is at the beginning of a line, and behind text without indentation', () => {
    assert.equal(indentedAt('', '  if (a) {\n    b();\n  }'), '  if (a) {\n    b();\n  }');
    assert.equal(indentedAt('const a = ', '{\n  b,\n}'), '{\n  b,\n}');
  });

  it('is indented as the line is, whether the model indented it or not', () => {
    for (const code of ['if (a) {\n  b();\n\n}', '    if (a) {\n      b();\n\n    }'])
      assert.equal(indentedAt('    ', code), 'if (a) {\n      b();\n\n    }');
    assert.equal(indentedAt('\tconst a = ', '{\n\tb,\n}'), '{\n\t\tb,\n\t}');
  });
});

describe('code that replaces a selection', () => {
  it('is indented as that was', () => {
    assert.equal(indentedLike('    a()\n    b()\n', '', 'c()\nd()'), '    c()\n    d()\n');
    assert.equal(indentedLike('    a()\n    b()', '', '    c()'), '    c()');
    assert.equal(indentedLike('a()\n    b()', '    ', 'c()\nd()'), 'c()\n    d()');
    assert.equal(indentedLike('a()\n    b()', '    ', '    c()\n    d()'), 'c()\n    d()');
  });

  it('is indented as the line is where text stands before it', () => {
    assert.equal(indentedLike('1', '  const a = ', '{\n  b,\n}'), '{\n    b,\n  }');
  });

  it('keeps what is indented less than the rest in its relation', () => {
    assert.equal(indentedLike('  a:\n    b\n', '', 'c:\n  d:\n    e'), '  c:\n    d:\n      e\n');
    assert.equal(indentedLike('', '', 'a'), 'a');
  });
});
