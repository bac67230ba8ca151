// Figures as people of the user's language read them.
import { env } from 'vscode';

let whole: Intl.NumberFormat | undefined;

/** A number: "1,204". */
export function formatNumber(value: number): string {
  // To make a format takes longer than to use it, and lists hold many figures.
  whole ??= new Intl.NumberFormat(env.language);
  return whole.format(value);
}
