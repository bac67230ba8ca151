// Which versions of VS Code can stop a request. Does not import VS Code.

/**
 * Before this version, the cancellation token of a request never fires: https://github.com/microsoft/vscode/issues/319098
 */
export const stopsSince = '1.127';

/** Whether a request can be stopped in this version of VS Code. */
export function canStop(version: string): boolean {
  const [major, minor] = numbers(version);
  const [sinceMajor, sinceMinor] = numbers(stopsSince);
  return major > sinceMajor || (major === sinceMajor && minor >= sinceMinor);
}

function numbers(version: string): readonly [major: number, minor: number] {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return [major, minor];
}
