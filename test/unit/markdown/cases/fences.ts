// Fences in fences, as models write them.
import type { Case } from '../../webview/markdown/drawn';

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
  [
    '```markdown\n1. a\n   ```bash\n   x\n   ```\n2. b\n   ```\n   y\n   ```\n```\n\nprose',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code>1. a\n   ```bash\n   x\n   ```\n2. b\n   ```\n   y\n   ```</code></pre></div><p>prose</p>',
  ],
  [
    '```md\n1. Install\n```\nnpm i\n```\n2. Run\n```\n\nprose',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code>1. Install\n```\nnpm i\n```\n2. Run</code></pre></div><p>prose</p>',
  ],
  [
    '```md\n1. Install\n```\nnpm i\n```\n2. Run\n```\nnpm start\n```\n3. Done\n```\nprose',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code>1. Install\n```\nnpm i\n```\n2. Run\n```\nnpm start\n```\n3. Done</code></pre></div><p>prose</p>',
  ],
  [
    '```markdown\n| a | b |\n|---|---|\n| 1 | 2 |\n```\nnpm i\n```\nend\n```\n\nprose',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code>| a | b |\n|---|---|\n| 1 | 2 |\n```\nnpm i\n```\nend</code></pre></div><p>prose</p>',
  ],
  [
    '```markdown\n- a\n\n  ```\n  x\n\n  ```\n  b\n```\n\nprose',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code>- a\n\n  ```\n  x\n\n  ```\n  b</code></pre></div><p>prose</p>',
  ],
  [
    '1. Make:\n\n   ```markdown\n   - a\n     ```\n     x\n     ```\n   ```\n\n2. b',
    '<ol><li><p>Make:</p><div.code><div.bar><span.language>markdown</span>Copy</div><pre><code>- a\n  ```\n  x\n  ```</code></pre></div></li><li><p>b</p></li></ol>',
  ],
  [
    '```README.md\n# T\n\n```bash\nx\n```\n\nend\n```\n\nprose',
    '<div.code><div.bar><span.language>README.md</span>Copy</div><pre><code># T\n\n```bash\nx\n```\n\nend</code></pre></div><p>prose</p>',
  ],
  [
    '```mdc\n# T\n\nRun:\n\n```\nx\n```\n\nend\n```\n\nprose',
    '<div.code><div.bar><span.language>mdc</span>Copy</div><pre><code># T\n\nRun:\n\n```\nx\n```\n\nend</code></pre></div><p>prose</p>',
  ],
  [
    '```docs/Button.mdx\n# T\n- a\n```\nx\n```\nend\n```\n\nprose',
    '<div.code><div.bar><span.language>docs/Button.mdx</span>Copy</div><pre><code># T\n- a\n```\nx\n```\nend</code></pre></div><p>prose</p>',
  ],
  [
    '```main.ts\nlet a = 1;\n```\nprose',
    '<div.code><div.bar><span.language>main.ts</span>Copy</div><pre><code>let a = 1;</code></pre></div><p>prose</p>',
  ],
  [
    '```markdown\n- a\n- b\n```\nprose\n\n```\nfoo\n```\nmore',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code>- a\n- b</code></pre></div><p>prose</p><div.code><div.bar><span.language></span>Copy</div><pre><code>foo</code></pre></div><p>more</p>',
  ],
  [
    '```bash\nA\n```js\nB\n```\nprose\n```\nC\n```\nmore',
    '<div.code><div.bar><span.language>bash</span>Copy</div><pre><code>A\n```js\nB</code></pre></div><p>prose</p><div.code><div.bar><span.language></span>Copy</div><pre><code>C</code></pre></div><p>more</p>',
  ],
  [
    '```python\na = 1\n```json\n{}\n```\n\nThen run it.\n\n```\nC\n```\nmore',
    '<div.code><div.bar><span.language>python</span>Copy</div><pre><code>a = 1\n```json\n{}</code></pre></div><p>Then run it.</p><div.code><div.bar><span.language></span>Copy</div><pre><code>C</code></pre></div><p>more</p>',
  ],
  [
    '```\nA\n```js\nB\n```\nこれを実行\n```\nC\n```\n終わり',
    '<div.code><div.bar><span.language></span>Copy</div><pre><code>A\n```js\nB</code></pre></div><p>これを実行</p><div.code><div.bar><span.language></span>Copy</div><pre><code>C</code></pre></div><p>終わり</p>',
  ],
  [
    '> ```bash\n> A\n> ```js\n> B\n> ```\n> - prose\n>\n> ```\n> C\n> ```\n> more',
    '<blockquote><div.code><div.bar><span.language>bash</span>Copy</div><pre><code>A\n```js\nB</code></pre></div><ul><li>prose</li></ul><div.code><div.bar><span.language></span>Copy</div><pre><code>C</code></pre></div><p>more</p></blockquote>',
  ],
  [
    '- ```sh\n  A\n  ```js\n  B\n  ```\n  prose\n  ```\n  C\n  ```\n- more',
    '<ul><li><div.code><div.bar><span.language>sh</span>Copy</div><pre><code>A\n```js\nB</code></pre></div>prose<div.code><div.bar><span.language></span>Copy</div><pre><code>C</code></pre></div></li><li>more</li></ul>',
  ],
  [
    '~~~bash\nA\n~~~js\nB\n~~~\nprose\n~~~\nC\n~~~\nmore',
    '<div.code><div.bar><span.language>bash</span>Copy</div><pre><code>A\n~~~js\nB</code></pre></div><p>prose</p><div.code><div.bar><span.language></span>Copy</div><pre><code>C</code></pre></div><p>more</p>',
  ],
  [
    '```md\n# T\n\ntext\n\n```\nprose\n\nrun:\n\n```\ncode\n```\n\nrest',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code># T\n\ntext\n</code></pre></div><p>prose</p><p>run:</p><div.code><div.bar><span.language></span>Copy</div><pre><code>code</code></pre></div><p>rest</p>',
  ],
  [
    '```md\n- a\n```\nprose\n\nThen:\n```\ncode\n```\nrest',
    '<div.code><div.bar><span.language>md</span>Copy</div><pre><code>- a</code></pre></div><p>prose</p><p>Then:</p><div.code><div.bar><span.language></span>Copy</div><pre><code>code</code></pre></div><p>rest</p>',
  ],
  [
    '```markdown\n# T\n\n```\n説明\n\n**実行**\n```\ncode\n```\n\n終わり',
    '<div.code><div.bar><span.language>markdown</span>Copy</div><pre><code># T\n</code></pre></div><p>説明</p><p><strong>実行</strong></p><div.code><div.bar><span.language></span>Copy</div><pre><code>code</code></pre></div><p>終わり</p>',
  ],
  [
    "```bash\ncat > README.md <<'EOF'\n# T\n\n```bash\nnpm i\n```\n\nSome prose.\n\n```js\ny\n```\nEOF\n```\n\nprose",
    "<div.code><div.bar><span.language>bash</span>Copy</div><pre><code>cat > README.md &lt;&lt;'EOF'\n# T\n\n```bash\nnpm i\n```\n\nSome prose.\n\n```js\ny\n```\nEOF</code></pre></div><p>prose</p>",
  ],
  [
    '```python\nPROMPT = """\nWrite:\n```json\n{}\n```\nand no more\n"""\n\nprint(PROMPT)\n```\n\nprose',
    '<div.code><div.bar><span.language>python</span>Copy</div><pre><code>PROMPT = """\nWrite:\n```json\n{}\n```\nand no more\n"""\n\nprint(PROMPT)</code></pre></div><p>prose</p>',
  ],
  [
    '```text\nYou are a translator. Answer with this JSON:\n\n```json\n{}\n```\n\nAdd nothing else.\n```\n\nIt works.',
    '<div.code><div.bar><span.language>text</span>Copy</div><pre><code>You are a translator. Answer with this JSON:\n\n```json\n{}\n```\n\nAdd nothing else.</code></pre></div><p>It works.</p>',
  ],
  [
    '```yaml\nsystem: |\n  Answer so:\n  ```json\n  {}\n  ```\n  Add nothing else.\nmodel: a\n```\n\nIt works.',
    '<div.code><div.bar><span.language>yaml</span>Copy</div><pre><code>system: |\n  Answer so:\n  ```json\n  {}\n  ```\n  Add nothing else.\nmodel: a</code></pre></div><p>It works.</p>',
  ],
  [
    '```bash\nA\n```js\nB\n```\n```\nprose',
    '<div.code><div.bar><span.language>bash</span>Copy</div><pre><code>A\n```js\nB\n```</code></pre></div><p>prose</p>',
  ],
  [
    '```bash\nA\n```js\nB\n```\n```py\nC\n```\nprose',
    '<div.code><div.bar><span.language>bash</span>Copy</div><pre><code>A\n```js\nB</code></pre></div><div.code><div.bar><span.language>py</span>Copy</div><pre><code>C</code></pre></div><p>prose</p>',
  ],
];
