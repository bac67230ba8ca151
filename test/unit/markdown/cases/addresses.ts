// Bare addresses, and links whose text and address differ.
import type { Case } from '../../webview/markdown/drawn';

export const addresses: readonly Case[] = [
  [
    '手順https://docs.example.net手順',
    '<p>手順<a https://docs.example.net/>https://docs.example.net</a>手順</p>',
  ],
  [
    'https://docs.example.net/setupを開く',
    '<p><a https://docs.example.net/setup>https://docs.example.net/setup</a>を開く</p>',
  ],
  [
    '**場所：https://docs.example.net/**を',
    '<p><strong>場所：<a https://docs.example.net/>https://docs.example.net/</a></strong>を</p>',
  ],
  [
    'https://docs.example.net。次に',
    '<p><a https://docs.example.net/>https://docs.example.net</a>。次に</p>',
  ],
  [
    '（https://docs.example.net/a）を',
    '<p>（<a https://docs.example.net/a>https://docs.example.net/a</a>）を</p>',
  ],
  ['「https://docs.example.net」', '<p>「<a https://docs.example.net/>https://docs.example.net</a>」</p>'],
  [
    '“https://docs.example.net/a”を',
    '<p>“<a https://docs.example.net/a>https://docs.example.net/a</a>”を</p>',
  ],
  ['https://docs.example.net은', '<p><a https://docs.example.net/>https://docs.example.net</a>은</p>'],
  [
    'https://docs.example.net/setup에서',
    '<p><a https://docs.example.net/setup>https://docs.example.net/setup</a>에서</p>',
  ],
  [
    '请见https://docs.example.net/a，然后',
    '<p>请见<a https://docs.example.net/a>https://docs.example.net/a</a>，然后</p>',
  ],
  ['http://localhost:3000を開く', '<p><a http://localhost:3000/>http://localhost:3000</a>を開く</p>'],
  ['http://127.0.0.1:8080/aを', '<p><a http://127.0.0.1:8080/a>http://127.0.0.1:8080/a</a>を</p>'],
  ['http://[::1]:3000/を', '<p><a http://[::1]:3000/>http://[::1]:3000/</a>を</p>'],
  [
    'https://a.example/またはhttps://b.example/を',
    '<p><a https://a.example/>https://a.example/</a>または<a https://b.example/>https://b.example/</a>を</p>',
  ],
  ['https://docs.example.net🎉', '<p><a https://docs.example.net/>https://docs.example.net</a>🎉</p>'],
  [
    'https://docs.example.net\u200bです',
    '<p><a https://docs.example.net/>https://docs.example.net</a>\u200bです</p>',
  ],
  [
    'https://docs.example.net\u3000次',
    '<p><a https://docs.example.net/>https://docs.example.net</a>\u3000次</p>',
  ],
  [
    '~~https://docs.example.net/a~~です',
    '<p><del><a https://docs.example.net/a>https://docs.example.net/a</a></del>です</p>',
  ],
  [
    '| https://docs.example.net/a<br>b |\n|--|',
    '<div.table><table><thead><tr><th><a https://docs.example.net/a>https://docs.example.net/a</a><br>b</th></tr></thead></table></div>',
  ],
  [
    'https://docs.example.net/a_(b)?c=d&e=f#gを',
    '<p><a https://docs.example.net/a_(b)?c=d&e=f#g>https://docs.example.net/a_(b)?c=d&e=f#g</a>を</p>',
  ],
  ['(https://docs.example.net/a).', '<p>(<a https://docs.example.net/a>https://docs.example.net/a</a>).</p>'],
  ['HTTPS://DOCS.EXAMPLE.NET。', '<p><a https://docs.example.net/>HTTPS://DOCS.EXAMPLE.NET</a>。</p>'],
  [
    'https://fr.wikipedia.org/wiki/Éléphant',
    '<p><a https://fr.wikipedia.org/wiki/%C3%89l%C3%A9phant>https://fr.wikipedia.org/wiki/Éléphant</a></p>',
  ],
  ['mailto:a@example.comまで', '<p><a mailto:a@example.com>mailto:a@example.com</a>まで</p>'],
  ['https://docs.example.nеt/', '<p>https://docs.example.nеt/</p>'],
  ['https://docs.example.netподробнее', '<p>https://docs.example.netподробнее</p>'],
  ['https://пример.рф/', '<p>https://пример.рф/</p>'],
  ['https://例え.テスト/', '<p>https://例え.テスト/</p>'],
  ['https://www.example.日本/', '<p>https://www.example.日本/</p>'],
  ['https://münchen.example.de/', '<p>https://münchen.example.de/</p>'],
  ['https://docs.example.com.手順', '<p>https://docs.example.com.手順</p>'],
  ['https://docs.example.net手順.jp/', '<p>https://docs.example.net手順.jp/</p>'],
  ['https://docs.example.net@evil.example', '<p>https://docs.example.net@evil.example</p>'],
  ['https://docs.example.net手順@evil.example', '<p>https://docs.example.net手順@evil.example</p>'],
  ['https://docs.example.net＠evil.example', '<p>https://docs.example.net＠evil.example</p>'],
  ['https://docs%2eexample.net/', '<p>https://docs%2eexample.net/</p>'],
  ['https://docs.example.net\\@evil.example', '<p>https://docs.example.net@evil.example</p>'],
  ['https://my\\_host.example.net/', '<p>https://my_host.example.net/</p>'],
  ['https://docs&period;example.net/', '<p>https://docs.example.net/</p>'],
  ['http:///evil.example', '<p>http:///evil.example</p>'],
  ['https://docs.example．net/', '<p>https://docs.example．net/</p>'],
  ['https://docs.example。net/', '<p>https://docs.example。net/</p>'],
  ['https://docs.exa\u00admple.net/', '<p>https://docs.exa\u00admple.net/</p>'],
  ['https://docs.exa\u200bmple.net/', '<p>https://docs.exa\u200bmple.net/</p>'],
  ['https://api.<region>.example.com', '<p>https://api.&lt;region>.example.com</p>'],
  ['https://api.${region}.example.com', '<p>https://api.${region}.example.com</p>'],
  ['https://docs-{env}.example.com', '<p>https://docs-{env}.example.com</p>'],
  ['http://127.1/', '<p>http://127.1/</p>'],
  ['mailto:a@exampleに', '<p>mailto:a@exampleに</p>'],
  ['[docs](https://docs.example.net@evil.example)', '<p>docs (https://docs.example.net@evil.example)</p>'],
  [
    '[https://docs.example.net](https://evil.example/)',
    '<p><a https://evil.example/>https://docs.example.net</a> (https://evil.example/)</p>',
  ],
  [
    '[docs.example.com を見る](https://evil.example/)',
    '<p><a https://evil.example/>docs.example.com を見る</a> (https://evil.example/)</p>',
  ],
  [
    '[a@example.com](mailto:b@example.org)',
    '<p><a mailto:b@example.org>a@example.com</a> (mailto:b@example.org)</p>',
  ],
  ['<https://docs.example.net/a>を', '<p><a https://docs.example.net/a>https://docs.example.net/a</a>を</p>'],
  ['[手順](https://docs.example.net/手順)', '<p><a https://docs.example.net/%E6%89%8B%E9%A0%86>手順</a></p>'],
  ['[README.md](https://github.com/a/README.md)', '<p><a https://github.com/a/README.md>README.md</a></p>'],
  ['[Node.js](https://nodejs.org/)', '<p><a https://nodejs.org/>Node.js</a></p>'],
  ['[example.com](https://www.example.com/a)', '<p><a https://www.example.com/a>example.com</a></p>'],
  [
    'https://a.example/%E2%80%AEgpj.exe',
    '<p><a https://a.example/%E2%80%AEgpj.exe>https://a.example/%E2%80%AEgpj.exe</a></p>',
  ],
  ['https://xn--80ak6aa92e.com/', '<p><a https://xn--80ak6aa92e.com/>https://xn--80ak6aa92e.com/</a></p>'],
  ['[a]\n\n[a]: https://docs.example.net/a', '<p><a https://docs.example.net/a>a</a></p>'],
  ['https://gateway.ai.**cloudflare**.com/x', '<p>https://gateway.ai.<strong>cloudflare</strong>.com/x</p>'],
  ['https://my-**account**.example.com/', '<p>https://my-<strong>account</strong>.example.com/</p>'],
  ['https://my-*account*.example.com/', '<p>https://my-<em>account</em>.example.com/</p>'],
  ['https://api.**eu**.example.com', '<p>https://api.<strong>eu</strong>.example.com</p>'],
  ['https://api`eu`.example.com', '<p>https://api<code>eu</code>.example.com</p>'],
  ['https://api."eu".example.com', '<p>https://api."eu".example.com</p>'],
  ['https://exam**ple**.com', '<p>https://exam<strong>ple</strong>.com</p>'],
  ['https://api<br>.example.com', '<p>https://api<br>.example.com</p>'],
  ['mailto:a@bank.com.**evil**.com', '<p>mailto:a@bank.com.<strong>evil</strong>.com</p>'],
  ['https://my-"account".example.com', '<p>https://my-"account".example.com</p>'],
  ['https://api.~~eu~~.example.com', '<p>https://api.<del>eu</del>.example.com</p>'],
  ['https://a<b>pi</b>.example.com', '<p>https://a<strong>pi</strong>.example.com</p>'],
  ['https://api.<b>eu</b>.example.com', '<p>https://api.<strong>eu</strong>.example.com</p>'],
  ['https://api.eu</b>.example.com', '<p>https://api.eu&lt;/b>.example.com</p>'],
  ['https://api.**{region}**.example.com', '<p>https://api.<strong>{region}</strong>.example.com</p>'],
  ['https://api.*<region>*.example.com', '<p>https://api.<em>&lt;region></em>.example.com</p>'],
  ['https://api.“eu”.example.com', '<p>https://api.“eu”.example.com</p>'],
  ['https://api.「eu」.example.com', '<p>https://api.「eu」.example.com</p>'],
  ['https://docs.example.net**手順**.jp/', '<p>https://docs.example.net<strong>手順</strong>.jp/</p>'],
  ['https://docs.example.net手**順**.jp/', '<p>https://docs.example.net手<strong>順</strong>.jp/</p>'],
  [
    'https://docs.example.net:**pass**@evil.example',
    '<p>https://docs.example.net:<strong>pass</strong>@evil.example</p>',
  ],
  ['https://api<br>eu.example.com', '<p>https://api<br>eu.example.com</p>'],
  ['mailto:a@bank**.evil**.com', '<p>mailto:a@bank**.evil**.com</p>'],
  [
    '**https://docs.example.net**',
    '<p><strong><a https://docs.example.net/>https://docs.example.net</a></strong></p>',
  ],
  [
    'a https://a.example/path**bold**',
    '<p>a <a https://a.example/path>https://a.example/path</a><strong>bold</strong></p>',
  ],
  [
    '**https://docs.example.net**を開く',
    '<p><strong><a https://docs.example.net/>https://docs.example.net</a></strong>を開く</p>',
  ],
  [
    '**https://docs.example.net**.',
    '<p><strong><a https://docs.example.net/>https://docs.example.net</a></strong>.</p>',
  ],
  [
    '**See https://docs.example.net.**',
    '<p><strong>See <a https://docs.example.net/>https://docs.example.net</a>.</strong></p>',
  ],
  [
    '*https://docs.example.net*。',
    '<p><em><a https://docs.example.net/>https://docs.example.net</a></em>。</p>',
  ],
  [
    '**_https://docs.example.net_**',
    '<p><strong><em><a https://docs.example.net/>https://docs.example.net</a></em></strong></p>',
  ],
  [
    '<b>https://docs.example.net</b>です',
    '<p><strong><a https://docs.example.net/>https://docs.example.net</a></strong>です</p>',
  ],
  [
    '| https://a.example<br>https://b.example |\n|--|',
    '<div.table><table><thead><tr><th><a https://a.example/>https://a.example</a><br><a https://b.example/>https://b.example</a></th></tr></thead></table></div>',
  ],
  [
    '| https://docs.example.net.<br>Then |\n|--|',
    '<div.table><table><thead><tr><th><a https://docs.example.net/>https://docs.example.net</a>.<br>Then</th></tr></thead></table></div>',
  ],
  [
    'https://docs.example.netを**main.rs**に',
    '<p><a https://docs.example.net/>https://docs.example.net</a>を<strong>main.rs</strong>に</p>',
  ],
  [
    'https://docs.example.netを`main.rs`に',
    '<p><a https://docs.example.net/>https://docs.example.net</a>を<code>main.rs</code>に</p>',
  ],
  ['“https://docs.example.net”', '<p>“<a https://docs.example.net/>https://docs.example.net</a>”</p>'],
  ['{"url":"https://a.example","b":1}', '<p>{"url":"<a https://a.example/>https://a.example</a>","b":1}</p>'],
  [
    '**https://docs.example.net**:次',
    '<p><strong><a https://docs.example.net/>https://docs.example.net</a></strong>:次</p>',
  ],
  [
    '[https://bank.com/login](https://evil.com/https://bank.com/login)',
    '<p><a https://evil.com/https://bank.com/login>https://bank.com/login</a> (https://evil.com/https://bank.com/login)</p>',
  ],
  [
    '[www.bank.com](https://evil.com/www.bank.com)',
    '<p><a https://evil.com/www.bank.com>www.bank.com</a> (https://evil.com/www.bank.com)</p>',
  ],
  [
    '[bank.com](https://evil.com/bank.com)',
    '<p><a https://evil.com/bank.com>bank.com</a> (https://evil.com/bank.com)</p>',
  ],
  [
    '[//bank.example](https://evil.com/a//bank.example)',
    '<p><a https://evil.com/a//bank.example>//bank.example</a> (https://evil.com/a//bank.example)</p>',
  ],
  [
    '[settings.example](https://github.com/a/settings.example)',
    '<p><a https://github.com/a/settings.example>settings.example</a></p>',
  ],
  [
    '[ログインはbank.com](https://evil.com/)',
    '<p><a https://evil.com/>ログインはbank.com</a> (https://evil.com/)</p>',
  ],
  [
    '[日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日bank.com](https://evil.com/)',
    '<p><a https://evil.com/>日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日日bank.com</a> (https://evil.com/)</p>',
  ],
  [
    'https://api<br>https://docs.example.net',
    '<p>https://api<br><a https://docs.example.net/>https://docs.example.net</a></p>',
  ],
  [
    'https://docs.example.net手https://docs.example.net/a',
    '<p><a https://docs.example.net/>https://docs.example.net</a>手<a https://docs.example.net/a>https://docs.example.net/a</a></p>',
  ],
  [
    'https://docs.example.net`<b>`@evil.example',
    '<p>https://docs.example.net<code>&lt;b></code>@evil.example</p>',
  ],
];
