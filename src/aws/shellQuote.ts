// Quotes a profile's name for a command line.
import { posixQuoted } from '../core/model/posixQuoted';

/** `command` with a profile; undefined if `shell` has no safe way to quote its name. */
export function commandLine(
  command: string,
  profile: string,
  platform: NodeJS.Platform,
  shell: string,
): string | undefined {
  // To the AWS CLI, a value that begins with a hyphen must be in one word with its option.
  const startsWithDash = profile.startsWith('-');
  const word = shellQuote(startsWithDash ? `--profile=${profile}` : profile, platform, shell);
  return word && [command, ...(startsWithDash ? [] : ['--profile']), word].join(' ');
}

/**
 * Quotes `word` as one argument for `shell` (a path, as VS Code returns it), so that nothing in it is run or expanded.
 * undefined if that shell has no safe way to quote it.
 */
export function shellQuote(word: string, platform: NodeJS.Platform, shell: string): string | undefined {
  // Names in files have no control characters; in a terminal they would act as keys.
  const printable = word.replace(/[\x00-\x1f\x7f-\x9f]/g, '');
  if (/^\w[\w@+:./-]*$/.test(printable)) return printable;
  const name = shellName(shell);
  return (quoters.find(([shells]) => shells.test(name))?.[1] ?? fallback(platform))(printable);
}

/** `C:\…\cmd.exe` → `cmd`. */
export function shellName(shell: string): string {
  return (shell.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
}

type Quote = (word: string) => string | undefined;

const quoters: readonly (readonly [RegExp, Quote])[] = [
  [/^(ba|z|k|da|a|mk|)sh$/, posixQuoted],
  // fish: a backslash also escapes between single quotes.
  [/^fish$/, (word) => posixQuoted(word.replaceAll('\\', '\\\\'))],
  [
    /^(pwsh|powershell)/,
    // PowerShell: typographic apostrophes count as quotes. Most versions pass a quotation mark, or a backslash at the
    // end, on to programs in another form.
    (word) => (/"|\\$/.test(word) ? undefined : `'${word.replace(/['‘’‚‛]/g, '$&$&')}'`),
  ],
  // cmd: at its prompt nothing escapes a percent sign, or a quotation mark between others.
  [/^cmd$/, (word) => (/["%!]|\\$/.test(word) ? undefined : `"${word}"`)],
];

/** Single quotes mean the same in nearly all shells, except those of Windows. */
const fallback =
  (platform: NodeJS.Platform): Quote =>
  (word) =>
    platform === 'win32' || /['\\!]/.test(word) ? undefined : `'${word}'`;
