/** Keys that say of each other which belong together; every third has no session token. */
export function keysNumber(number: number, name: string) {
  const which = `${name}${number}`;
  return {
    accessKeyId: `AKIA${which.padStart(16, '0')}`,
    secretAccessKey: `secret-${which}`,
    sessionToken: number % 3 === 0 ? '' : `token-${which}`,
  };
}
