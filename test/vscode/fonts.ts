// A font with Japanese letters, for machines that have none: without it, pictures show boxes.
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from './browser';
import { npmInstall } from './npm';
import { once } from './once';

/** Two weights in 8 MB, as whole TrueType files; the makers of fonts for the web cut theirs into a hundred. */
const fontPackage = '@expo-google-fonts/biz-udpgothic';

async function hasJapanese(environment: Readonly<Record<string, string>>): Promise<boolean> {
  // Other systems bring one.
  if (process.platform !== 'linux') return true;
  const env = { ...process.env, ...environment };
  const fonts = await promisify(execFile)('fc-list', [':lang=ja'], { env }).catch(() => ({ stdout: '' }));
  return fonts.stdout !== '';
}

/** The browser, with a font for `locale` beside those of the machine. */
export async function withFont(browser: Browser, locale: string | undefined): Promise<Browser> {
  if (locale !== 'ja' || (await hasJapanese(browser.environment))) return browser;
  const before = browser.environment['FONTCONFIG_FILE'] ?? '/etc/fonts/fonts.conf';
  const directory = await once('font-ja', (partial) => npmInstall(partial, fontPackage));
  const configuration = path.join(directory, 'fonts.conf');
  const lines = [
    '<fontconfig>',
    `<include ignore_missing="yes">${before}</include>`,
    `<dir>${path.join(directory, 'node_modules', fontPackage)}</dir>`,
    '</fontconfig>',
  ];
  await writeFile(configuration, `${lines.join('\n')}\n`);
  return { ...browser, environment: { ...browser.environment, FONTCONFIG_FILE: configuration } };
}
