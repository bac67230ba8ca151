// Fences in fences, as models write them.
import type { Case } from '../drawn';

export const fences: readonly Case[] = [
  [
    'Here:\n\n```markdown\n# T\n\n```bash\nnpm i\n```\n\ntext\n```\n\nprose **after**\n',
    '<p>Here:</p><div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n\n```bash\nnpm i\n```\n\ntext</code></pre></div><p>prose <strong>after</strong></p>',
  ],
  [
    '```md\n```js\nx\n```\n\n```py\ny\n```\n```\nprose\n\n```sh\nz\n```\nmore\n',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code>```js\nx\n```\n\n```py\ny\n```</code></pre></div><p>prose</p><div.code><div.bar><span.language>sh</span>Copy</div><pre><code>z</code></pre></div><p>more</p>',
  ],
  [
    '```markdown\n# T\n- a\n```\n\nprose\n\n```js\nx\n```\nmore\n',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n- a</code></pre></div><p>prose</p><div.code><div.bar><span.language>js</span>Copy</div><pre><code>x</code></pre></div><p>more</p>',
  ],
  [
    '```md\n# T\n```\nprose\n\n```js\nx\n```\n',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code># T</code></pre></div><p>prose</p><div.code><div.bar><span.language>js</span>Copy</div><pre><code>x</code></pre></div>',
  ],
  [
    '```markdown\n# T\n\nInstall:\n\n```\nnpm i\n```\n\n## Use\n```\nx\n```\n\nend\n```\n\nprose\n',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n\nInstall:\n\n```\nnpm i\n```\n\n## Use\n```\nx\n```\n\nend</code></pre></div><p>prose</p>',
  ],
  [
    '```markdown\n# T\n\n```bash\nx\n```\n\nend\n\n```\nprose\n',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n\n```bash\nx\n```\n\nend\n</code></pre></div><p>prose</p>',
  ],
  [
    '````markdown\n# T\n```bash\nx\n```\n````\nprose\n',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n```bash\nx\n```</code></pre></div><p>prose</p>',
  ],
  [
    '````md\n```bash\n````\nprose\n',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code>```bash</code></pre></div><p>prose</p>',
  ],
  [
    '```markdown\n# T\n```bash\nx\n```\n\nprose\n\n```js\ny\n```\nmore\n',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n```bash\nx</code></pre></div><p>prose</p><div.code><div.bar><span.language>js</span>Copy</div><pre><code>y</code></pre></div><p>more</p>',
  ],
  [
    '```markdown\n# T\n```bash\nx\n\nmore\n```\n\nprose\n',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n```bash\nx\n\nmore</code></pre></div><p>prose</p>',
  ],
  [
    '```markdown\n```js\n```\n\nprose\n\n```\nfoo\n```\nmore\n',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code>```js</code></pre></div><p>prose</p><div.code><div.bar><span.language></span>Copy</div><pre><code>foo</code></pre></div><p>more</p>',
  ],
  [
    '```mdx\n~~~\n```\n~~~\nx\n```\nprose\n',
    '<div.code><div.bar><span.language>mdx</span>Copy</div><pre><code>~~~\n```\n~~~\nx</code></pre></div><p>prose</p>',
  ],
  [
    '~~~markdown\n```bash\nx\n```\n~~~\nprose\n',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code>```bash\nx\n```</code></pre></div><p>prose</p>',
  ],
  [
    '```md\n````js\n```\n````\nx\n```\nprose\n',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code>````js\n```\n````\nx</code></pre></div><p>prose</p>',
  ],
  [
    '1. Make:\n\n   ```markdown\n   # T\n   ```bash\n   x\n   ```\n   end\n   ```\n\n2. b\n\nprose\n',
    '<ol><li><p>Make:</p><div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n```bash\nx\n```\nend</code></pre></div></li><li><p>b</p></li></ol><p>prose</p>',
  ],
  [
    '> ```md\n> ```sh\n> x\n> ```\n> y\n> ```\n> z\n',
    '<blockquote><div.code><div.bar><span.language>md</span>Copy</div><pre><code>```sh\nx\n```\ny</code></pre></div><p>z</p></blockquote>',
  ],
  [
    '```markdown\n1. a\n   ```bash\n   x\n   ```\n2. b\n```\n\nprose',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code>1. a\n   ```bash\n   x\n   ```\n2. b</code></pre></div><p>prose</p>',
  ],
  [
    '```bash\ncat > R.md <<E\n```js\nx\n```\nE\n```\nprose\n',
    '<div.code><div.bar><span.language>bash</span>Copy</div><pre><code>cat > R.md &lt;&lt;E\n```js\nx\n```\nE</code></pre></div><p>prose</p>',
  ],
  [
    '```\n# T\n```bash\nx\n```\nmore\n```\nprose\n',
    '<div.code><div.bar><span.language></span>Copy</div><pre><code># T\n```bash\nx\n```\nmore</code></pre></div><p>prose</p>',
  ],
  [
    '```text\nfoo\n```\nprose\n```text\nbar\n```\n',
    '<div.code><div.bar><span.language>text</span>Copy</div><pre><code>foo</code></pre></div><p>prose</p><div.code><div.bar><span.language>text</span>Copy</div><pre><code>bar</code></pre></div>',
  ],
  [
    '```diff\n ```js\n-x\n+y\n ```\n```\nprose\n',
    '<div.code><div.bar><span.language>diff</span>Copy</div><pre><code> ```js\n-x\n+y\n ```</code></pre></div><p>prose</p>',
  ],
  [
    '```python\n"""\n```\n"""\n',
    '<div.code><div.bar><span.language>python</span>Copy</div><pre><code>"""</code></pre></div><p>"""</p>',
  ],
  [
    '```markdown\n# T\n```bash\nx',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n```bash\nx</code></pre></div>',
  ],
  [
    '`````md\n````md\n```js\nx\n```\n````\n`````\nprose\n',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code>````md\n```js\nx\n```\n````</code></pre></div><p>prose</p>',
  ],
];
