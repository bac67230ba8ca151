// The ID of a model, as it is typed, pasted, or written in a setting.
import { l10n } from 'vscode';
import { parseArn, regionOfArn } from '../core/bedrock/modelId';
import { isOnMantleAlone, unsupportedRegion } from '../core/bedrock/support';
import { isPlaceholder, percentDecoded, unseenIn, unwrapped } from '../core/model/pasted';
import { plainText } from '../util/plainText';
import { regionProblem } from './region';

/** A path of Bedrock's that holds an ID, in the address of a request. */
const inAddress = /^https?:\/\/.*\/model\/([^/?#]+)/i;

/**
 * `text` as the ID that is meant: without what clings to it from where it was pasted, with its percent-encoding undone,
 * and out of the address of a request. An ID that is one stays as it is.
 */
export function normalizeModelId(text: string): string {
  const bare = unwrapped(text);
  return unwrapped(percentDecoded(inAddress.exec(bare)?.[1] ?? bare));
}

/** What is wrong with an ID that normalizeModelId() gave, in a sentence; undefined when nothing is. '' is none, and not wrong. */
export function modelProblem(id: string): string | undefined {
  const unseen = unseenIn(id);
  if (unseen !== undefined)
    return l10n.t('The ID holds an invisible character ({0}). Delete it, or type the ID.', unseen);
  const placeholder = id.split(/[:/]/).find(isPlaceholder);
  if (placeholder !== undefined)
    return l10n.t(
      '“{0}” in the ID is a placeholder. Put your own value in its place.',
      plainText(placeholder),
    );
  if (/^https?:/i.test(id))
    return l10n.t('This is a web address, not the ID of a model. {0}', modelExpected());
  // It goes into a path: printable ASCII, and no step up in it.
  if (!/^(?!\.\.?$)[!-~]*$/.test(id) || (id.startsWith('arn:') && !parseArn(id))) return modelExpected();
  if (isOnMantleAlone(id))
    return l10n.t(
      'Not supported: AWS has {0} only on its Mantle endpoint. Select another model.',
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
