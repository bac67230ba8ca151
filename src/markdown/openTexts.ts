// Texts of several lines in code: a here-document of a shell, a string of Python. What stands in them is not the code's.

/** A shell's "<<EOF": a word in quotes or in capitals, since "1<<n" shifts a number. */
const hereDocument = /(?<!<)<<[-~]?\\?(?:(['"])(\w{1,60})\1|([A-Z_][A-Z_\d]{0,60})(?!\w))/;
const quotes = ['"""', "'''"];

export class OpenTexts {
  /** What ends the text that is open: a line for a here-document, quotes for a string. */
  #end: string | undefined;

  /** Takes a line; whether it, or what it ends, is of such a text. None begins where `mayBegin` is false. */
  take(line: string, mayBegin: boolean): boolean {
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
