// HTML tags that are shown as what they are, tasks and footnotes.
import type { Case } from '../../webview/markdown/drawn';

export const tags: readonly Case[] = [
  [
    '| a |\n|--|\n| x<br>y<br/>z<BR />! |',
    '<div.table><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>x<br>y<br>z<br>!</td></tr></tbody></table></div>',
  ],
  [
    'H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>+<kbd>C</kbd>',
    '<p>H<sub>2</sub>O, x<sup>2</sup>, <kbd>Ctrl</kbd>+<kbd>C</kbd></p>',
  ],
  [
    '<b>b</b> <i>i</i> <u>u</u> <s>s</s> <mark>m</mark> <code>c</code>',
    '<p><strong>b</strong> <em>i</em> <u>u</u> <del>s</del> <mark>m</mark> <code>c</code></p>',
  ],
  ['**a<br>b** <sub>*c*</sub>', '<p><strong>a<br>b</strong> <sub><em>c</em></sub></p>'],
  ['<sub>a', '<p>&lt;sub>a</p>'],
  ['a</sub> <sub>b', '<p>a&lt;/sub> &lt;sub>b</p>'],
  ['<sub>**a</sub>b**', '<p>&lt;sub><strong>a&lt;/sub>b</strong></p>'],
  ['<sup><sub>a</sup></sub>', '<p><sup>&lt;sub>a</sup>&lt;/sub></p>'],
  ['<sub\nclass=x>a</sub> <br clear=all>', '<p>&lt;sub\nclass=x>a&lt;/sub> &lt;br clear=all></p>'],
  [
    '`<br>` <!-- c --> <script>x</script>',
    '<p><code>&lt;br></code> &lt;!-- c --> &lt;script>x&lt;/script></p>',
  ],
  ['<sub>a\n\nb</sub>', '<p>&lt;sub>a</p><p>b&lt;/sub></p>'],
  [
    '<details>\n<summary>Click <b>me</b></summary>\n\ncontent **md**\n\n- a\n\n```js\n</details>\n```\n\n</details>\n\nafter\n',
    '<details.folded><summary>Click <strong>me</strong></summary><p>content <strong>md</strong></p><ul><li>a</li></ul><div.code><div.bar><span.language>js</span>Copy</div><pre><code>&lt;/details></code></pre></div></details><p>after</p>',
  ],
  ['<details><summary>A</summary>B</details>', '<details.folded><summary>A</summary><p>B</p></details>'],
  [
    '<DETAILS open>\n<summary>\nlong\n</summary>\nx\n</DETAILS>\ny',
    '<details.folded open><summary>long</summary><p>x</p></details><p>y</p>',
  ],
  [
    '<details>\n<summary>A</summary>\n<details>\n<summary>B</summary>\nx\n</details>\n</details>\nafter',
    '<details.folded><summary>A</summary><details.folded><summary>B</summary><p>x</p></details></details><p>after</p>',
  ],
  [
    '<details>\nno summary\n</details>',
    '<details.folded><summary>Details</summary><p>no summary</p></details>',
  ],
  [
    '<details>\n<summary>A</summary>\n\nnever closed\n',
    '<p>&lt;details>\n&lt;summary>A&lt;/summary></p><p>never closed</p>',
  ],
  ['</details>', '<p>&lt;/details></p>'],
  [
    'text\n<details>\n<summary>A</summary>\nx\n</details>',
    '<p>text</p><details.folded><summary>A</summary><p>x</p></details>',
  ],
  [
    '- <details>\n  <summary>A</summary>\n\n  x\n  </details>\n- y',
    '<ul><li><details.folded><summary>A</summary><p>x</p></details></li><li>y</li></ul>',
  ],
  [
    '> <details>\n> <summary>A</summary>\n> b\n> </details>\n\nc',
    '<blockquote><details.folded><summary>A</summary><p>b</p></details></blockquote><p>c</p>',
  ],
  [
    '<details ontoggle=alert(1)>\n<summary>A</summary>\nb\n</details>',
    '<p>&lt;details ontoggle=alert(1)>\n&lt;summary>A&lt;/summary>\nb\n&lt;/details></p>',
  ],
  [
    '- [ ] a\n- [x] b\n- [X] **c**\n- d',
    '<ul><li.task><input.box> a</li><li.task><input.box checked> b</li><li.task><input.box checked> <strong>c</strong></li><li>d</li></ul>',
  ],
  [
    '1. [x] a\n   - [ ] b\n\n2. [ ] c',
    '<ol><li.task><p><input.box checked> a</p><ul><li.task><input.box> b</li></ul></li><li.task><p><input.box> c</p></li></ol>',
  ],
  [
    '- [ ]\n- [x](https://a.example/)\n- [y] z',
    '<ul><li>[ ]</li><li><a https://a.example/>x</a></li><li>[y] z</li></ul>',
  ],
  ['[x] no item', '<p>[x] no item</p>'],
  [
    'a[^1] b[^note].\n\n[^1]: one\n    more\n\n    para\n[^note]: two *x*\n\nafter[^2]\n',
    '<p>a<sup>1</sup> b<sup>note</sup>.</p><div.footnote><span.label>1</span> <div><p>one\nmore</p><p>para</p></div></div><div.footnote><span.label>note</span> <div><p>two <em>x</em></p></div></div><p>after[^2]</p>',
  ],
  [
    '[^1]: https://a.example/\n\nx[^1]',
    '<div.footnote><span.label>1</span> <div><p><a https://a.example/>https://a.example/</a></p></div></div><p>x<sup>1</sup></p>',
  ],
  [
    '[t][^1] and [^1](https://a.example/)\n\n[^1]: q',
    '<p>[t]<sup>1</sup> and <a https://a.example/>^1</a></p><div.footnote><span.label>1</span> <div><p>q</p></div></div>',
  ],
  ['text\n[^1]: def', '<p>text</p><div.footnote><span.label>1</span> <div><p>def</p></div></div>'],
  [
    '- a[^1]\n\n  [^1]: b\n- c',
    '<ul><li><p>a<sup>1</sup></p><div.footnote><span.label>1</span> <div><p>b</p></div></div></li><li><p>c</p></li></ul>',
  ],
  [
    '`[^1]` \\[^1]\n\n[^1]: x',
    '<p><code>[^1]</code> [^1]</p><div.footnote><span.label>1</span> <div><p>x</p></div></div>',
  ],
];
