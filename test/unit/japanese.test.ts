// The Japanese texts against the English ones. Words that are always the same:
//   reply 応答 · prompt プロンプト · credentials 認証情報 · access key アクセスキー · session token セッショントークン
//   · gateway ゲートウェイ · inference profile 推論プロファイル · guardrail ガードレール · signature 署名
//   · ask a model (as a request) 呼び出す · machine コンピューター · retired 提供終了 · forget 消去する
// AWS's terms are written as AWS writes them (アクセスキー), those of the editor as VS Code does (コマンド パレット).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { project } from '../vscode/project';

type Texts = Readonly<Record<string, string>>;

const read = (file: string) =>
  JSON.parse(readFileSync(path.join(project, file), 'utf8')) as Record<
    string,
    string | { readonly message: string }
  >;
const textsOf = (file: string): Texts =>
  Object.fromEntries(
    Object.entries(read(file)).map(([key, text]) => [key, typeof text === 'string' ? text : text.message]),
  );

const titles = {
  english: commandTitles(textsOf('package.nls.json')),
  japanese: commandTitles(textsOf('package.nls.ja.json')),
};

/** Title → the command's key. */
function commandTitles(texts: Texts): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, text]) => (key.startsWith('command.') ? [[text, key]] : [])),
  );
}

/** Texts, by their key, that hold no Japanese, and why. */
const withoutJapanese: Readonly<Record<string, string>> = {
  '“{0}”': 'Quotation marks around a name.',
  '{0}. {1}': 'A full stop between a title and a sentence.',
  '{0}: {1}': 'A colon between a kind and what it is.',
  '{0} → {1}': 'An arrow from what went in to what came out.',
  p95: 'The name of a percentile.',
  '{0} of {1}': 'Numbers with a stroke between them are read the same everywhere.',
  '{0} / {1}': 'Numbers with a stroke between them are read the same everywhere.',
  '{0} × {1} px': 'The sign of a unit is the same everywhere.',
  '{0} ms': 'The sign of a unit is the same everywhere.',
  'view.container': 'The name of a product.',
  'setting.request.api.converse.label': 'The name of an API.',
  'setting.request.api.invoke.label': 'The name of an API.',
};

const everyMatch = (pattern: RegExp) => (text: string) => [...text.matchAll(pattern)].map(([whole]) => whole);
const placeholders = everyMatch(/\{\d+\}/g);
/** Code, addresses, links, and the names of settings, permissions and model IDs' beginnings. */
const verbatim = everyMatch(
  /`[^`]*`|https?:\/\/[\w./:{}-]*[\w/}]|\]\([^)]*\)|command:[\w.:?%-]+|\b[a-zA-Z]+(?:\.[a-z][a-zA-Z]+)+\b|\bbedrock:\w+|"\w+"|\b(?:us|eu|jp|apac|global|cf)\.(?!\w)/g,
);
const bold = (text: string) => text.split('**').length;

/** The commands that a text names, as “Bedrock: Title”, “Bedrock › Title”, “Title”, **Bedrock: Title**, or alone. */
function commandsIn(text: string, known: ReadonlyMap<string, string>): string[] {
  const quoted = [...text.matchAll(/(?:“|「|\*\*)(?:Bedrock(?:: | › ))?(.+?)(?:”|」|\*\*)/g)].map(
    ([, title]) => title!,
  );
  return [text, ...quoted].flatMap((title) => known.get(title) ?? []).sort();
}

for (const file of ['package.nls.json', 'l10n/bundle.l10n.json']) {
  const japaneseFile = file.replace(/\.json$/, '.ja.json');

  describe(japaneseFile, () => {
    const english = textsOf(file);
    const japanese = textsOf(japaneseFile);
    const pairs = Object.entries(english).flatMap(([key, text]) =>
      japanese[key] === undefined ? [] : [{ key, english: text, japanese: japanese[key] }],
    );
    /** The texts for which `holds` is false: there must be none. */
    const none = (holds: (pair: (typeof pairs)[number]) => boolean) =>
      assert.deepEqual(
        pairs.filter((pair) => !holds(pair)).map((pair) => [pair.english, pair.japanese]),
        [],
      );
    const sameIn = (find: (text: string) => readonly string[]) =>
      none((pair) => find(pair.english).toSorted().join('\n') === find(pair.japanese).toSorted().join('\n'));

    it('has each text, and none that is not used', () => {
      assert.deepEqual(
        Object.keys(english).filter((key) => !(key in japanese)),
        [],
        'missing',
      );
      assert.deepEqual(
        Object.keys(japanese).filter((key) => !(key in english)),
        [],
        'unused',
      );
    });

    it('leaves none in English', () => {
      none(
        ({ key, japanese: text }) =>
          /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text) !== key in withoutJapanese,
      );
    });

    it('keeps what is filled in', () => {
      sameIn(placeholders);
    });

    it('keeps code, addresses, links and names byte for byte', () => {
      sameIn(verbatim);
      none((pair) => bold(pair.english) === bold(pair.japanese));
    });

    it('calls each command by its Japanese title', () => {
      none(
        (pair) =>
          commandsIn(pair.english, titles.english).join() ===
          commandsIn(pair.japanese, titles.japanese).join(),
      );
    });

    it('begins and ends with no blank', () => {
      none(({ japanese: text }) => text === text.trim());
    });

    it('is written as VS Code’s own Japanese is: 「」, half-width signs, a space beside Latin letters', () => {
      none(({ japanese: text }) => !/[“”‘’『』]|[！-～　]|\.\.\.|[。、」] |[。、] ?$(?<!。)/.test(text));
      none(
        ({ japanese: text }) =>
          !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー][\w`(]|[\w`)][\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(
            text,
          ),
      );
    });
  });
}

describe('the list of texts without Japanese', () => {
  it('has no entry that is not used', () => {
    const keys = { ...textsOf('package.nls.json'), ...textsOf('l10n/bundle.l10n.json') };
    assert.deepEqual(
      Object.keys(withoutJapanese).filter((key) => !(key in keys)),
      [],
    );
  });
});
