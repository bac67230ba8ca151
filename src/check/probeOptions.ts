// Reads the settings that a check uses, or finds out why they can't be used.
import { l10n } from 'vscode';
import { type Advice, advice } from '../advice/row';
import { readRequestConfig } from '../prompt/requestBuilder';
import { SettingInvalid, readAddress, readModelId, readRegion, section } from '../settings';
import type { CheckInputs } from './state';

/** Returns either `config`, or the `problem` that says which setting is missing or wrong. */
export function readCheckConfig(): Pick<CheckInputs, 'config' | 'problem'> {
  try {
    const config = readRequestConfig();
    return config ? { config } : { problem: missing() };
  } catch (error) {
    if (!(error instanceof SettingInvalid)) throw error;
    const { setting, expected } = error;
    const title = l10n.t('The setting {0} cannot be used', `${section}.${setting}`);
    return { problem: { ...advice(title, expected, 'openSettings', 'setUp'), setting } };
  }
}

/**
 * Advice that names the missing settings.
 * @throws SettingInvalid
 */
function missing(): Advice {
  const model = readModelId();
  const names = [
    ...(readAddress() ? [] : ['gateway.url']),
    ...(model === undefined ? ['model'] : []),
    ...(model !== undefined && readRegion(model) === undefined ? ['aws.region'] : []),
  ];
  return advice(
    l10n.t('Setup is not complete'),
    l10n.t('These settings are missing: {0}.', names.map((name) => `${section}.${name}`).join(', ')),
    'setUp',
  );
}
