// The estimate of tokens against what real tokenizers counted: OpenAI's o200k (gpt-tokenizer 4) and Anthropic's of
// Claude 2 (@anthropic-ai/tokenizer 0.0.4), measured in November 2026.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { estimateTokens } from '../../../src/core/content/tokens';
import { assertQuick } from '../swift';

const code = `export function fitsRegion(id: string, region: string): boolean {
  const own = id.startsWith('arn:') ? id.split(':')[3] : undefined;
  if (own) return own === region;
  const geography = /^([a-z-]+)\\.[a-z0-9-]+\\./.exec(id)?.[1];
  return regions?.test(region) ?? true;
}
`;
const english =
  'A developer selects text, sends it to a model through a gateway, and reads the reply as it streams. ';
const japanese =
  '設定が見つからない場合は、その場で入力を求めます。キャッシュされた応答は、モデルに問い合わせることなく返されます。';
const chinese = '本扩展将所选文本通过云端网关发送到大型语言模型，并在面板中逐字显示回复。';
const german = 'Die Erweiterung sendet den ausgewählten Text an ein Modell und zeigt die Antwort. ';
const log =
  '2026-11-22T19:04:12.731Z INFO  [worker-3] GET /api/v1/users/4711 200 37ms trace=9f86d081884c7d65\n';
const base64 = Array.from({ length: 60 }, (_, index) =>
  createHash('sha256').update(String(index)).digest('base64'),
).join('');

/** [text, o200k, Claude 2] */
const counted: Record<string, readonly [string, number, number]> = {
  code: [code, 83, 90],
  English: [english.repeat(20), 441, 441],
  Japanese: [japanese.repeat(20), 680, 1040],
  Chinese: [chinese.repeat(20), 521, 640],
  German: [german.repeat(20), 341, 501],
  'a log': [log.repeat(20), 980, 1000],
  base64: [base64, 1803, 1869],
};

describe('an estimate of tokens', () => {
  for (const [name, [text, ...counts]] of Object.entries(counted))
    it(`of ${name} is about what tokenizers count`, () => {
      const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
      const off = estimateTokens(text) / mean;
      assert.ok(off > 0.75 && off < 1.35, `${estimateTokens(text)}, counted ${counts.join(' and ')}`);
    });

  it('is 0 of nothing, and at least 1 of something', () => {
    assert.equal(estimateTokens(''), 0);
    for (const text of ['a', '。', '7', '{', 'é', '😀']) assert.ok(estimateTokens(text) >= 1, text);
  });

  it('does not take a long run of one kind for a word', () => {
    for (const character of ['a', '7', 'é', '本', '-'])
      assert.ok(estimateTokens(character.repeat(12_000)) >= 1300, character);
  });

  it('takes 10 MB in time that nobody notices before a prompt', () => {
    const text = code.repeat(Math.ceil(10_000_000 / code.length));
    assertQuick(12, { 'an estimate': () => estimateTokens(text) });
  });
});
