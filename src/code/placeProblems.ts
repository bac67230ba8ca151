// Why a file is not saved under a name, in the user's words.
import { l10n } from 'vscode';
import { plainText } from '../util/plainText';
import type { PlaceProblem, RefusedPlace } from './placeOnDisk';

const sentences: { readonly [P in PlaceProblem]: (name: string) => string } = {
  empty: () => l10n.t('Enter a file name.'),
  absolute: () => l10n.t('Enter a path relative to the workspace folder.'),
  parent: () => l10n.t('A path with “..” could leave the workspace folder.'),
  folder: () => l10n.t('This names a folder. Add a file name.'),
  characters: () =>
    l10n.t('The name has a character that file names on some systems can’t have, or that is invisible.'),
  colon: () => l10n.t('A colon has a special meaning in paths on Windows. Leave it out.'),
  device: () => l10n.t('The path contains the name of a device on Windows, such as NUL or COM1.'),
  ends: () => l10n.t('A name in the path begins or ends with a space, or ends with a dot.'),
  shortName: () => l10n.t('The path contains a name that may be the short form of another one on Windows.'),
  git: () => l10n.t('Files in .git are never written, since Git would run or obey them.'),
  tooLong: () => l10n.t('The path is too long.'),
  link: (name) => l10n.t('“{0}” is a symbolic link, which may lead elsewhere.', name),
  outside: (name) => l10n.t('“{0}” leads out of the workspace folder.', name),
  otherCase: (name) => l10n.t('“{0}” already exists. Some systems don’t tell the two names apart.', name),
  directory: (name) => l10n.t('“{0}” is a folder.', name),
  notDirectory: (name) => l10n.t('“{0}” is a file, not a folder.', name),
  special: (name) => l10n.t('“{0}” is not an ordinary file.', name),
  hardLinks: (name) =>
    l10n.t('“{0}” has another name elsewhere (a hard link), and that file would change too.', name),
};

/** A sentence that says why a place is refused. */
export function problemText({ problem, name }: RefusedPlace): string {
  return sentences[problem](plainText(name, 60));
}
