// Validates the name of an AWS region.
import { l10n } from 'vscode';
import { type Unsupported, unsupportedRegion } from '../core/bedrock/support';
import { regionPattern } from '../core/gateway/address';

/** A sentence that says what is wrong with a region; undefined if it is valid and not known to be unsupported. */
export function regionProblem(region: string): string | undefined {
  if (!regionPattern.test(region)) return regionExpected();
  const reason = unsupportedRegion(region);
  return reason && unsupported[reason](region);
}

export function regionExpected(): string {
  return l10n.t('A region consists of lowercase letters, digits and hyphens, such as us-east-1.');
}

const unsupported: { readonly [U in Unsupported]: (region: string) => string } = {
  sovereign: (region) =>
    l10n.t('{0} belongs to the AWS European Sovereign Cloud, which this extension does not support.', region),
  china: (region) => l10n.t('{0} is a region of AWS in China, where Amazon Bedrock has no models.', region),
  isolated: (region) =>
    l10n.t('{0} belongs to an isolated AWS cloud, which this extension does not support.', region),
};
