// The scripts that are written without blanks between words, or, as Korean, with particles right behind a word.

const scripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar'];

/** A character of these scripts, their punctuation included, as a part of a pattern with the flag "u". */
export const joined = `[${scripts.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]`;
