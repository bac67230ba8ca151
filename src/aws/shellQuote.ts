// A profile's name in a command line.

/** `command` for a profile; undefined where `shell` has no sure way to say its name. */
export function commandLine(
  command: string,
  profile: string,
  platform: NodeJS.Platform,
  shell: string,
): string | undefined {
  // What begins with a hyphen is no value to the AWS CLI, unless in one word with its option.
  const dashed = profile.startsWith('-');
  const word = shellQuote(dashed ? `--profile=${profile}` : profile, platform, shell);
  return word && [command, ...(dashed ? [] : ['--profile']), word].join(' ');
}

/**
 * `word` as one argument for `shell` (a path, as VS Code tells it): nothing that it holds is run or expanded.
 * undefined where that shell has no sure way to say it.
 */
export function shellQuote(word: string, platform: NodeJS.Platform, shell: string): string | undefined {
  // No name that stands in a file has any; at a terminal they would be keys that are pressed.
  const plain = word.replace(/[\x00-\x1f\x7f-\x9f]/g, '');
  if (/^\w[\w@+:./-]*$/.test(plain)) return plain;
  const name = shellName(shell);
  return (ways.find(([shells]) => shells.test(name))?.[1] ?? other(platform))(plain);
}

/** `C:\…\cmd.exe` → `cmd`. */
export function shellName(shell: string): string {
  return (shell.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.exe$/, '');
}

type Quote = (word: string) => string | undefined;

const posix: Quote = (word) => `'${word.replaceAll("'", String.raw`'\''`)}'`;

const ways: readonly (readonly [RegExp, Quote])[] = [
  [/^(ba|z|k|da|a|mk|)sh$/, posix],
  // A backslash escapes there also between single quotes.
  [/^fish$/, (word) => posix(word.replaceAll('\\', '\\\\'))],
  [
    /^(pwsh|powershell)/,
    // It takes typographic apostrophes for its own. Most of its versions hand on a quotation mark to a program, or
    // a backslash at the end, as something else.
    (word) => (/"|\\$/.test(word) ? undefined : `'${word.replace(/['‘’‚‛]/g, '$&$&')}'`),
  ],
  // At its prompt nothing escapes a per cent sign, and nothing a quotation mark between others.
  [/^cmd$/, (word) => (/["%!]|\\$/.test(word) ? undefined : `"${word}"`)],
];

/** Single quotes mean the same in about every shell but those of Windows. */
const other =
  (platform: NodeJS.Platform): Quote =>
  (word) =>
    platform === 'win32' || /['\\!]/.test(word) ? undefined : `'${word}'`;
