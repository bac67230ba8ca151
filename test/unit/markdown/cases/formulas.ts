// Formulas, and dollars and brackets that are none.
import type { Case } from '../../webview/markdown/drawn';

export const formulas: readonly Case[] = [
  ['$\\exists\\, \\delta$', '<p><span.formula>$\\exists\\, \\delta$</span></p>'],
  ['\\(k\\)', '<p><span.formula>\\(k\\)</span></p>'],
  ['\\[m\\]', '<div.formula>\\[m\\]</div>'],
  ['$$u = v \\\\ w$$', '<div.formula>$$u = v \\\\ w$$</div>'],
  ['変数$x_1$は$y_2$である', '<p>変数<span.formula>$x_1$</span>は<span.formula>$y_2$</span>である</p>'],
  ['「$E=mc^2$」', '<p>「<span.formula>$E=mc^2$</span>」</p>'],
  [
    'the $n$th, $a_1 * b_2 * c$ and $\\{a\\}$.',
    '<p>the <span.formula>$n$</span>th, <span.formula>$a_1 * b_2 * c$</span> and <span.formula>$\\{a\\}$</span>.</p>',
  ],
  ['a \\(x\\,y\\)と\\[z\\]、', '<p>a <span.formula>\\(x\\,y\\)</span>と<span.formula>\\[z\\]</span>、</p>'],
  ['$$E=mc^2$$です', '<p><span.formula>$$E=mc^2$$</span>です</p>'],
  [
    'Text:\n$$\nu = v \\\\\n- w\n= x\n# y\n$$\nafter',
    '<p>Text:</p><div.formula>$$\nu = v \\\\\n- w\n= x\n# y\n$$</div><p>after</p>',
  ],
  [
    '\\[\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n\\]\n\nnext',
    '<div.formula>\\[\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n\\]</div><p>next</p>',
  ],
  [
    '\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}',
    '<div.formula>\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}</div>',
  ],
  ['- $$\n  a\n  + b\n  $$\n- x', '<ul><li><div.formula>$$\na\n+ b\n$$</div></li><li>x</li></ul>'],
  ['> \\[\n> a\n> \\]\n\nb', '<blockquote><div.formula>\\[\na\n\\]</div></blockquote><p>b</p>'],
  [
    '| a | b |\n|--|--|\n| $a_1 * b_2$ | \\(x\\,y\\) |',
    '<div.table><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td><span.formula>$a_1 * b_2$</span></td><td><span.formula>\\(x\\,y\\)</span></td></tr></tbody></table></div>',
  ],
  [
    '**$a*b$** と *\\(c*d\\)*',
    '<p><strong><span.formula>$a*b$</span></strong> と <em><span.formula>\\(c*d\\)</span></em></p>',
  ],
  ['$\\$5$', '<p><span.formula>$\\$5$</span></p>'],
  ['\\\\(a\\\\)', '<p>\\(a\\)</p>'],
  ['$5 and $10', '<p>$5 and $10</p>'],
  [
    'It costs $1,000 to $2,000, or $5 (about 10 US$).',
    '<p>It costs $1,000 to $2,000, or $5 (about 10 US$).</p>',
  ],
  ['価格は$5から$10まで', '<p>価格は$5から$10まで</p>'],
  ['US$ と US$5', '<p>US$ と US$5</p>'],
  ['$HOME/bin:$PATH', '<p>$HOME/bin:$PATH</p>'],
  ['${x} and ${y}', '<p>${x} and ${y}</p>'],
  ['$a, $b_1 and *c*', '<p>$a, $b_1 and <em>c</em></p>'],
  ['$(a)$(b)', '<p>$(a)$(b)</p>'],
  ['$_GET[a].$_POST[b]', '<p>$_GET[a].$_POST[b]</p>'],
  ['`$a_1$ \\(b\\)`', '<p><code>$a_1$ \\(b\\)</code></p>'],
  ['```\n$a$\n```', '<div.code><div.bar><span.language></span>Copy</div><pre><code>$a$</code></pre></div>'],
  ['$$\na\n\nb\n$$', '<p>$$\na</p><p>b\n$$</p>'],
  [
    'arr\\[0\\], \\[1\\] and \\[text\\](https://a.example/)',
    '<p>arr[0], [1] and [text](<a https://a.example/>https://a.example/</a>)</p>',
  ],
  ['\\$5 and \\$6', '<p>$5 and $6</p>'],
  ['$x `$y$`', '<p>$x <code>$y$</code></p>'],
  ['$ x$ and $y $', '<p>$ x$ and $y $</p>'],
];
