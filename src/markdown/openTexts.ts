// Recognizes texts of several lines within code, which are not code: a shell's here-document, a Python string.

/** A shell's "<<EOF": a quoted or capitalized word, since "1<<n" shifts a number. */
const hereDocument = /(?<!<)<<[-~]?\\?(?:(['"])(\w{1,60})\1|([A-Z_][A-Z_\d]{0,60})(?!\w))/;
const quotes = ['"""', "'''"];

export class OpenTexts {
  /** The end of the open text: a line for a here-document, quotes for a string. */
  #end: string | undefined;

  /** Adds a line; returns whether it belongs to such a text. No text begins if `mayBegin` is false. */
  push(line: string, mayBegin: boolean): boolean {
    const wasOpen = this.#end !== undefined;
    if (this.#end === undefined) {
      if (mayBegin) this.#end = endOf(line);
    } else if (quotes.includes(this.#end) ? isOdd(line, this.#end) : line.trim() === this.#end)
      this.#end = undefined;
    return wasOpen || this.#end !== undefined;
  }
}

function endOf(line: string): string | undefined {
  const [, , quoted, bare] = hereDocument.exec(line) ?? [];
  return quoted ?? bare ?? quotes.find((quote) => isOdd(line, quote));
}

function isOdd(line: string, quote: string): boolean {
  return line.split(quote).length % 2 === 0;
}
