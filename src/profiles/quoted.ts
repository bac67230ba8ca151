// A word for a command line.

/** `word` as one argument for `shell` (a path, as VS Code tells it). Nothing that it holds is run or expanded. */
export function quoted(word: string, platform: NodeJS.Platform, shell: string): string {
  // No name that stands in a file has any; at a terminal they would be keys that are pressed.
  const plain = word.replace(/[\x00-\x1f\x7f-\x9f]/g, '');
  if (/^[\w@%+:.,/][\w@%+:.,/-]*$/.test(plain) && !(plain.includes('%') && platform === 'win32'))
    return plain;
  const name = shell.split(/[\\/]/).at(-1)?.toLowerCase() ?? '';
  if (/^(pwsh|powershell)/.test(name))
    // PowerShell takes typographic apostrophes for its own.
    return `'${plain.replace(/['‘’‚‛]/g, '$&$&')}'`;
  if (platform === 'win32' && name.startsWith('cmd'))
    return `"${plain.replaceAll('"', '\\"').replaceAll('%', '^%')}"`;
  return `'${plain.replaceAll("'", `'\\''`)}'`;
}
