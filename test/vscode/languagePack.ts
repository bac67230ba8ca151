// Makes VS Code believe that a language pack is installed, so that `--locale` takes effect: extensions then
// show their own translations, while the workbench stays English. A real pack comes from the marketplace.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export async function pretendLanguagePack(userData: string, locale: string): Promise<void> {
  const translations = path.join(userData, 'main.i18n.json');
  const pack = {
    hash: 'test',
    label: locale,
    extensions: [{ extensionIdentifier: { id: 'test.language-pack' }, version: '1.0.0' }],
    translations: { vscode: translations },
  };
  await mkdir(userData, { recursive: true });
  await writeFile(translations, JSON.stringify({ version: '1.0.0', contents: {} }));
  await writeFile(path.join(userData, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
