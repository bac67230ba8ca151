// Why something is not attached, in the user's words: each names the file, and what would be right.
import { l10n } from 'vscode';
import { pictureLimits } from '../core/content/limits';
import { firstAndMore, formatBytes, formatNumber } from '../ui/format';
import { showModalWarning, showWarningMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import type { UnsupportedKind } from './attachKind';

interface Problems {
  readonly empty: unknown;
  readonly folder: unknown;
  readonly missing: unknown;
  readonly brokenLink: unknown;
  readonly notAFile: unknown;
  readonly forbidden: unknown;
  /** `reason`: the file system's. */
  readonly unreadable: { readonly reason?: string };
  /** It was not read in time. */
  readonly slow: { readonly seconds: number };
  /** What it was attached to is deleted, or given up. */
  readonly promptGone: unknown;
  /** The page was to read it, and is gone. */
  readonly panelHidden: unknown;
  readonly encoding: unknown;
  readonly damaged: unknown;
  /** A picture that is too large for a browser. */
  readonly notScaled: unknown;
  /** `format`: the name of one that Bedrock does not take; absent if it is not known. */
  readonly notConverted: { readonly format?: string };
  readonly unsupported: { readonly what: UnsupportedKind };
  /** Bytes. */
  readonly pictureTooLarge: { readonly size: number; readonly limit: number };
  readonly documentTooLarge: { readonly size: number; readonly limit: number };
  readonly textTooLarge: { readonly size: number; readonly limit: number };
  readonly fileTooLarge: { readonly size?: number; readonly limit: number };
  readonly tooManyPictures: { readonly limit: number };
  readonly tooManyDocuments: { readonly limit: number };
  readonly tooManyTexts: { readonly limit: number };
  /** Bytes of all texts that are attached. */
  readonly textsTooLarge: { readonly limit: number };
}

type Problem<W extends keyof Problems> = { readonly why: W; readonly name: string } & Problems[W];

/** `name`: that of the file, without a path. */
export type AttachProblem = { [W in keyof Problems]: Problem<W> }[keyof Problems];

const sentences: { readonly [W in keyof Problems]: (name: string, problem: Problem<W>) => string } = {
  empty: (name) => l10n.t('{0} is empty.', name),
  folder: (name) => l10n.t('{0} is a folder. Attach the files in it.', name),
  missing: (name) => l10n.t('Couldn’t find {0}. It may have been moved or deleted.', name),
  brokenLink: (name) => l10n.t('{0} is a link to a file that isn’t there.', name),
  notAFile: (name) =>
    l10n.t('{0} isn’t an ordinary file. Attach a file with text, a picture or a document.', name),
  forbidden: (name) => l10n.t('You have no permission to read {0}.', name),
  unreadable: (name, { reason }) =>
    reason
      ? l10n.t('Couldn’t read {0}: {1}', name, plainText(reason, 200))
      : l10n.t('Couldn’t read {0}.', name),
  slow: (name, { seconds }) =>
    l10n.t(
      'Couldn’t read {0} within {1} seconds. Copy it to this computer, and attach the copy.',
      ...[name, formatNumber(seconds)],
    ),
  promptGone: (name) => l10n.t('{0} was not attached, because its prompt is no longer there.', name),
  panelHidden: (name) =>
    l10n.t(
      '{0} was not attached, because the reply panel was hidden or closed before it was read. Attach it again.',
      name,
    ),
  encoding: (name) =>
    l10n.t(
      '{0} seems to be a text that isn’t in UTF-8. Open it in an editor, reopen it with its encoding, and attach it again.',
      name,
    ),
  damaged: (name) =>
    l10n.t('{0} is damaged: the beginning of the picture doesn’t say how large it is.', name),
  notScaled: (name) =>
    l10n.t(
      'Couldn’t scale {0} down to what Bedrock takes ({1}, {2} px). Scale it down yourself, and attach it again.',
      ...[name, formatBytes(pictureLimits.size), formatNumber(pictureLimits.edge)],
    ),
  notConverted: (name, { format }) =>
    format === undefined
      ? l10n.t('Couldn’t read {0} as a picture. Save it as PNG or JPEG, and attach that.', name)
      : l10n.t(
          '{0} is a {1} picture, which Bedrock doesn’t take and VS Code can’t convert. Save it as PNG or JPEG, and attach that.',
          ...[name, format],
        ),
  unsupported: (name, { what }) => unsupportedKinds[what](name),
  pictureTooLarge: (name, { size, limit }) =>
    l10n.t('{0} is too large ({1}). Pictures of up to {2} can be scaled down.', name, ...sizes(size, limit)),
  documentTooLarge: (name, { size, limit }) =>
    l10n.t('{0} is too large ({1}). Bedrock takes documents of up to {2}.', name, ...sizes(size, limit)),
  textTooLarge: (name, { size, limit }) =>
    l10n.t(
      '{0} is too large ({1}). Text files of up to {2} can be attached. Open it, and attach the part that matters as a selection.',
      ...[name, ...sizes(size, limit)],
    ),
  fileTooLarge: (name, { size, limit }) =>
    size === undefined
      ? l10n.t('{0} is too large. Files of up to {1} can be attached.', name, formatBytes(limit))
      : l10n.t('{0} is too large ({1}). Files of up to {2} can be attached.', name, ...sizes(size, limit)),
  tooManyPictures: (name, { limit }) =>
    l10n.t('Bedrock takes up to {0} pictures. Not attached: {1}.', formatNumber(limit), name),
  tooManyDocuments: (name, { limit }) =>
    l10n.t('Bedrock takes up to {0} documents. Not attached: {1}.', formatNumber(limit), name),
  tooManyTexts: (name, { limit }) =>
    l10n.t('Up to {0} texts can be attached. Not attached: {1}.', formatNumber(limit), name),
  textsTooLarge: (name, { limit }) =>
    l10n.t('The attached texts can have up to {0} together. Not attached: {1}.', formatBytes(limit), name),
};

/** Said once for all files. */
const saidOnce: ReadonlySet<keyof Problems> = new Set([
  'tooManyPictures',
  'tooManyDocuments',
  'tooManyTexts',
  'textsTooLarge',
]);

const sizes = (size: number, limit: number) => [formatBytes(size), formatBytes(limit)] as const;

const unsupportedKinds: { readonly [W in UnsupportedKind]: (name: string) => string } = {
  archive: (name) => l10n.t('{0} is an archive. Attach the files in it.', name),
  audio: (name) => l10n.t('{0} is a sound file. Attach what is said in it as text.', name),
  binary: (name) =>
    l10n.t(
      '{0} is neither text, nor a picture (PNG, JPEG, GIF, WebP), nor a document (PDF, Word, Excel).',
      name,
    ),
  locked: (name) => l10n.t('{0} is protected by a password. Attach a copy without one.', name),
  openDocument: (name) =>
    l10n.t('{0} is an OpenDocument file. Save it as PDF, Word or Excel, and attach that.', name),
  presentation: (name) => l10n.t('{0} is a presentation. Save it as PDF, and attach that.', name),
  program: (name) => l10n.t('{0} is a program. Attach its source code.', name),
  video: (name) => l10n.t('{0} is a video. Attach pictures of it.', name),
};

/** One sentence or two. */
export function attachProblemText(problem: AttachProblem): string {
  return sentenceFor(problem, plainText(problem.name || l10n.t('Pasted picture')));
}

function sentenceFor<W extends keyof Problems>(problem: Problem<W>, name: string): string {
  return sentences[problem.why](name, problem);
}

/** How many reasons the notification says, and the list of all; more are counted. */
const maxShown = 3;
const maxListed = 25;

/** Says in one notification why things were not attached. Does nothing if there is no problem. */
export function showProblems(problems: readonly AttachProblem[]): void {
  const all = reasons(problems);
  if (all.length === 0) return;
  void notify(all);
}

async function notify(all: readonly Reason[]): Promise<void> {
  const text = firstReasons(all, maxShown).join(' ');
  // VS Code shows a notification as one line, and cuts it off, unless it has a button.
  const button = all.length > 1 ? [l10n.t('Show All')] : [];
  if ((await showWarningMessage(text, ...button)) === undefined) return;
  const files = formatNumber(all.reduce((sum, { files }) => sum + files, 0));
  await showModalWarning(l10n.t('Not attached: {0}', files), firstReasons(all, maxListed).join('\n'));
}

interface Reason {
  readonly text: string;
  /** How many files it is about. */
  readonly files: number;
}

/** The first `max` reasons, and how many files the others are about. */
function firstReasons(all: readonly Reason[], max: number): readonly string[] {
  const more = all.slice(max).reduce((sum, { files }) => sum + files, 0);
  return [
    ...all.slice(0, max).map(({ text }) => text),
    ...(more > 0 ? [l10n.t('More files were not attached: {0}.', formatNumber(more))] : []),
  ];
}

/** What is too many is said once for all files. */
function reasons(problems: readonly AttachProblem[]): readonly Reason[] {
  return (Object.keys(sentences) as (keyof Problems)[]).flatMap((why) => {
    const found = problems.filter((problem) => problem.why === why);
    const [first] = found;
    if (!first || !saidOnce.has(why))
      return found.map((problem) => ({ text: attachProblemText(problem), files: 1 }));
    const names = firstAndMore(found.map(({ name }) => plainText(name)));
    return [{ text: sentenceFor(first, names), files: found.length }];
  });
}
