/**
 * Whether a text has no visible character: it consists of white space, control characters and characters that are never
 * drawn
 * (https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point), such as U+200B.
 */
export function isBlank(text: string): boolean {
  // U+2800 is a Braille cell without dots.
  return /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\u2800]*$/u.test(text);
}
