// Normalizes and validates the ID of a model that was typed, pasted, or written in a setting.
import { l10n } from 'vscode';
import { parseArn, regionOfArn } from '../core/bedrock/modelId';
import { isOnMantleAlone, unsupportedRegion } from '../core/bedrock/support';
import { isPlaceholder, percentDecoded, unseenIn, unwrapped } from '../core/model/pasted';
import { plainText } from '../util/plainText';
import { regionProblem } from './region';

/** Matches a URL of Bedrock with a model ID in its path. */
const addressPath = /^https?:\/\/.*\/model\/([^/?#]+)/i;

/**
 * Extracts the ID from `text`: removes quotes and the like, decodes percent-encoding, and takes the ID out of a request
 * URL. A plain ID is returned unchanged.
 */
export function normalizeModelId(text: string): string {
  const bare = unwrapped(text);
  return unwrapped(percentDecoded(addressPath.exec(bare)?.[1] ?? bare));
}

/** A sentence that says what is wrong with a normalized ID; undefined if it is valid or ''. */
export function modelProblem(id: string): string | undefined {
  const unseen = unseenIn(id);
  if (unseen !== undefined)
    return l10n.t('The ID contains an invisible character ({0}). Delete it, or type the ID.', unseen);
  const placeholder = id.split(/[:/]/).find(isPlaceholder);
  if (placeholder !== undefined)
    return l10n.t(
      '“{0}” in the ID is a placeholder. Replace it with your own value.',
      plainText(placeholder),
    );
  if (/^https?:/i.test(id))
    return l10n.t('This is a web address, not the ID of a model. {0}', modelExpected());
  // The ID becomes a part of a path: only printable ASCII, and no "..".
  if (!/^(?!\.\.?$)[!-~]*$/.test(id) || (id.startsWith('arn:') && !parseArn(id))) return modelExpected();
  if (isOnMantleAlone(id))
    return l10n.t(
      'Not supported: AWS offers {0} only on its Mantle endpoint. Select another model.',
      plainText(id),
    );
  const region = regionOfArn(id);
  return region !== undefined && unsupportedRegion(region) ? regionProblem(region) : undefined;
}

export function modelExpected(): string {
  return l10n.t(
    'It must be a model ID, an inference profile ID or an ARN, such as {0}.',
    'us.amazon.nova-pro-v1:0',
  );
}
