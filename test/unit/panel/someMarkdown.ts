// Random Markdown, made of what block structure hangs on.

/** Numbers in [0, 1), the same for the same seed. */
export function randomly(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const lines = [
  '',
  '',
  '',
  '',
  'text',
  'some *emphasis* and `code`',
  'two  ',
  '# heading',
  '#',
  '#not',
  '## other ##',
  '---',
  '===',
  '--',
  '-',
  '=',
  '***',
  '* * *',
  '- item',
  '- other',
  '-  ',
  '+ plus',
  '* star',
  '1. one',
  '2. two',
  '7) seven',
  '1.',
  '  continued',
  '    indented',
  '   three',
  '\ttab',
  '- - nested',
  '  - nested',
  '    - deeper',
  '> quote',
  '>',
  '> > twice',
  '> - in quote',
  '>text',
  '```',
  '```js',
  '````',
  '~~~',
  '  ```',
  '   ~~~ x',
  '``` not`closed',
  '    ```',
  '- ```',
  '> ```',
  'const a = 1;',
  '| a | b |',
  '|---|---|',
  '| --- | :-: |',
  '| 1 | 2 |',
  'a | b',
  '-|-',
  '| lone |',
  '|-|',
  '[ref]: /url',
  '[ref]: /other "title"',
  '[open]: /x',
  '"a title',
  'ends"',
  "'single'",
  '[two]:',
  '/address',
  '[ref] and [open][] and [x][two]',
  '![pic](http://a/b.png)',
  '[link](http://example.com)',
  '<div>',
  '<b>html</b>',
  '&amp; &copy;',
  '**bold',
  'bold**',
  '\\',
  '😀',
  'https://example.com/x',
  '[',
  ']',
  '[ref',
  '](',
  '---|---',
  '+',
  '\u00a0',
  '\f',
  '\v text',
];

export function someMarkdown(random: () => number): string {
  const count = 1 + Math.floor(random() * 14);
  let text = '';
  for (let line = 0; line < count; line++) {
    text += lines[Math.floor(random() * lines.length)] ?? '';
    text += random() < 0.06 ? '\r\n' : random() < 0.02 ? '\r' : random() < 0.03 ? ' ' : '\n';
  }
  return random() < 0.3 ? text.trimEnd() : text;
}
