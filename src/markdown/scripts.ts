// Scripts without blanks between words, or, like Korean, with particles right after a word.

const scripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar'];

/** A pattern, for the flag "u", for a character of these scripts, including their punctuation. */
export const spacelessScript = `[${scripts.map((script) => `\\p{Script_Extensions=${script}}`).join('')}]`;
