// How another side may write a secret that it was sent: for tests that look for one wherever words of others come.

const percent = (text: string) =>
  Array.from(
    new TextEncoder().encode(text),
    (byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`,
  ).join('');

/** The ways, by name; each takes the secret. */
export const spellings: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  'in capitals': (secret) => secret.toUpperCase(),
  'as an address spells it': (secret) => encodeURIComponent(secret),
  'as an address in an address': (secret) => encodeURIComponent(percent(secret)),
  'in base64': (secret) => Buffer.from(secret).toString('base64'),
  'in base64, within more': (secret) => Buffer.from(`x ${secret} y`).toString('base64url'),
  'in hexadecimal': (secret) => Buffer.from(secret).toString('hex'),
  'in the escapes of JSON': (secret) =>
    Array.from(secret, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  'in the entities of HTML': (secret) =>
    Array.from(secret, (character) => `&#x${character.charCodeAt(0).toString(16)};`).join(''),
  'wrapped into short lines': (secret) => secret.replace(/.{7}/g, '$&\r\n '),
  'with characters between that nobody sees': (secret) => secret.split('').join('\u200b'),
  'with a selector of a variant after each': (secret) => secret.split('').join('\ufe0f'),
  'with a filler of Hangul between': (secret) => secret.split('').join('\u3164'),
  'in tags between': (secret) => secret.split('').join('\u{e0020}'),
  'in wide letters': (secret) =>
    secret.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)),
  'in octal escapes': (secret) =>
    Array.from(secret, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`).join(''),
  'in the escapes of newer JavaScript': (secret) =>
    Array.from(secret, (character) => `\\u{${character.charCodeAt(0).toString(16)}}`).join(''),
  'in the escapes of older JavaScript': (secret) =>
    Array.from(secret, (character) => `%u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  'in entities without an end': (secret) =>
    Array.from(secret, (character) => `&#${character.charCodeAt(0)} `).join(''),
  'in hexadecimal with colons': (secret) =>
    (Buffer.from(secret).toString('hex').match(/../g) ?? []).join(':'),
  'with a dot between': (secret) => secret.split('').join('.'),
  'in pieces that a program joins': (secret) => (secret.match(/.{1,5}/g) ?? []).join('" + "'),
  'in lines of a JSON text': (secret) => (secret.match(/.{1,5}/g) ?? []).join('\\n'),
  'in colours of a terminal': (secret) => (secret.match(/.{1,5}/g) ?? []).join('\u001b[0m'),
  'with places to break': (secret) => (secret.match(/.{1,5}/g) ?? []).join('<wbr>'),
  backwards: (secret) => Array.from(secret).reverse().join(''),
};

/** Whether `text` holds `secret`, in any of the ways, or a part of it that is long enough to be of use. */
export function tells(text: string, secret: string): boolean {
  const plain = withoutBlanks(text);
  return partsOf(secret).some((part) => plain.includes(part));
}

const withoutBlanks = (text: string) => text.replace(/[\s\u200b]/g, '');

const known = new Map<string, readonly string[]>();

/** The same secrets are looked for thousands of times. */
function partsOf(secret: string): readonly string[] {
  let parts = known.get(secret);
  if (!parts) {
    const ends = Object.values(spellings).flatMap((spell) => {
      const spelled = withoutBlanks(spell(secret));
      return [spelled.slice(0, 24), spelled.slice(-24)];
    });
    known.set(secret, (parts = [...new Set(ends)]));
  }
  return parts;
}
