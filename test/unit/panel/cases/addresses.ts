// Bare addresses, and links whose text and address differ.
import type { Case } from '../drawn';

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
];
