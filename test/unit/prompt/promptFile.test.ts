import assert from 'node:assert/strict';
import { type UnsupportedFeature, parsePromptFile } from '../../../src/prompt/promptFile';
import { assertSwift } from '../swift';

const withHeader = (header: string, body = 'Body') => parsePromptFile(`---\n${header}\n---\n${body}`);

describe('a prompt file', () => {
  it('is its body, when it has no header', () => {
    assert.deepEqual(parsePromptFile('\n# Title\n\nText ${selection}\n'), {
      body: '# Title\n\nText ${selection}',
      unsupported: [],
    });
    assert.equal(
      parsePromptFile('Text\n---\nname: no header\n---\n').body,
      'Text\n---\nname: no header\n---',
    );
  });

  it('has a name, a description and a hint in its header, with whatever line ends', () => {
    for (const end of ['\n', '\r\n', '\r'])
      assert.deepEqual(
        parsePromptFile(
          [
            '--- ',
            'name: explain',
            'description: Explains code',
            'argument-hint: what?',
            '---',
            '',
            'A',
            'B',
            '',
          ].join(end),
        ),
        {
          name: 'explain',
          description: 'Explains code',
          argumentHint: 'what?',
          body: 'A\nB',
          unsupported: [],
        },
      );
  });

  const descriptions: Readonly<Record<string, string | undefined>> = {
    'description: Plain text, with: a colon and a#sign': 'Plain text, with: a colon and a#sign',
    'description: Plain # and a comment': 'Plain',
    'description:   blanks around   ': 'blanks around',
    "description: 'It''s # quoted' # comment": "It's # quoted",
    'description: "Say \\"hi\\"\\n\\u3042 \\\\ \\q"': 'Say "hi"\nあ \\ \\q',
    'description: >-\n  Folded\n  text\nname: x': 'Folded text',
    'description: | # comment\n  Two\n  lines': 'Two\nlines',
    'description: Goes on\n  below': 'Goes on below',
    'description : A blank before the colon': 'A blank before the colon',
    'description: First\ndescription: Second': 'First',
    '  description: indented, so of something else': undefined,
    'description:': undefined,
    'description: ""': undefined,
    'description:no blank': undefined,
    '# description: comment': undefined,
    ': [}: {\ndescription: After what is no YAML': 'After what is no YAML',
  };
  for (const [header, description] of Object.entries(descriptions))
    it(`with ${JSON.stringify(header)} ${description === undefined ? 'has no description' : `is described: ${description}`}`, () => {
      const parsed = withHeader(header);
      assert.equal(parsed.description, description);
      assert.equal(parsed.body, 'Body');
    });

  it('has no body when its header does not end, or when nothing comes after it', () => {
    assert.equal(parsePromptFile('---\nname: a\nText').body, '');
    assert.equal(parsePromptFile('---\nname: a\n---\n \n').body, '');
    assert.equal(parsePromptFile('').body, '');
  });

  const asked: readonly (readonly [string, string, readonly UnsupportedFeature[]])[] = [
    ['agent: ask', 'Plain', []],
    ['mode: "ask"', 'Plain', []],
    ['model: GPT-5\ntools: []', 'Plain', []],
    ['agent: agent', 'Plain', ['agent']],
    ["mode: 'edit'", 'Plain', ['agent']],
    ['agent: my-planner', 'Plain', ['agent']],
    ["tools: ['codebase', 'search/*']", 'Plain', ['tools']],
    ['tools:\n  - codebase\n- search\nname: x', 'Plain', ['tools']],
    ['tools:\nname: x', 'Plain', []],
    ['name: x', 'Search with #tool:search/codebase', ['tools']],
    ['name: x', 'Follow #file:./style.md', ['files']],
    ['name: x', 'Follow [the style](../docs/style.md "title").', ['files']],
    ['name: x', 'See [a page](https://example.com) and [below](#below) ![x](x.png) a[0](b)', ['files']],
    [
      'name: x',
      'See [a page](https://example.com), [mail](mailto:a@b.c), [below](#below) and ![x](x.png).',
      [],
    ],
    ['name: x', 'In ${workspaceFolder} and ${workspaceFolderBasename}', ['workspaceFolder']],
    [
      'agent: agent\ntools: [x]',
      '#file:a.ts ${workspaceFolder}',
      ['agent', 'tools', 'files', 'workspaceFolder'],
    ],
  ];
  for (const [header, body, unsupported] of asked)
    it(`with ${JSON.stringify(header)} and “${body}” asks for ${unsupported.join(', ') || 'nothing else'}`, () => {
      assert.deepEqual(withHeader(header, body).unsupported, unsupported);
    });

  it('is read in a time that grows with its length', () => {
    for (const text of [
      `---\n${'a: b\n'.repeat(50_000)}---\nx`,
      `---\ndescription: "${'\\'.repeat(250_000)}`,
      `---\ndescription: ${' '.repeat(250_000)}x\n---\n`,
      '['.repeat(250_000),
      '[a]('.repeat(60_000),
    ])
      assertSwift(text, () => parsePromptFile(text));
  });
});
