// Adding a setting to the text of settings.json.
import assert from 'node:assert/strict';
import { settingInsertion } from '../../../src/settings/settingsFile';

/** The text with the setting; undefined if it can't have any. */
function added(file: string): string | undefined {
  const insertion = settingInsertion(file, 'chat.some', true);
  if (!insertion) return undefined;
  const { offset, text } = insertion;
  return file.slice(0, offset) + text + file.slice(offset);
}

describe('settings.json', () => {
  for (const [what, file, expected] of [
    ['nothing', '', '{\n    "chat.some": true\n}\n'],
    ['a comment alone', '// mine\n', '// mine\n{\n    "chat.some": true\n}\n'],
    ['no settings', '{}', '{\n    "chat.some": true\n}'],
    ['no settings, but a comment', '{ /* } */ }', '{\n    "chat.some": true\n /* } */ }'],
    ['one setting', '{ "a": 1 }', '{\n    "chat.some": true, "a": 1 }'],
    ['its own indentation', '{\n\t"a": 1\n}', '{\n\t"chat.some": true,\n\t"a": 1\n}'],
    ['comments before', '/* { */ // {\n{ "a": 1, }', '/* { */ // {\n{\n    "chat.some": true, "a": 1, }'],
  ] as const)
    it(`takes a setting if it holds ${what}`, () => assert.equal(added(file), expected));

  for (const file of ['[]', 'null', '"a": 1', '/* open', '// {'.repeat(2) + '\n]'])
    it(`takes none if it is ${JSON.stringify(file)}`, () => assert.equal(added(file), undefined));
});
