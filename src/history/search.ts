// Searches the files of conversations for words. Synchronous: it runs in a thread of its own.
import { readFileSync } from 'node:fs';
import { promptOf } from '../core/model/request';
import { escapeRegExp } from '../util/plainText';
import { type Entry, parseEntry } from './entries';

/** A conversation that contains all words. */
export interface SearchResult {
  readonly id: string;
  /** The turn that contains the first word; absent if only the title does. */
  readonly turn?: string;
  /** The text around the first word, on one line. */
  readonly excerpt: string;
}

/** A word in two forms. */
interface Word {
  /** Finds it in the bytes of a file, read as `encoding`: also in names of fields, and with JSON's escapes. */
  readonly inFile: RegExp;
  readonly encoding: 'latin1' | 'utf8';
  /** Finds it in a text. */
  readonly inText: RegExp;
}

/** Characters before and after a word in an excerpt. */
const excerptBefore = 30;
const excerptAfter = 120;

/** The words of a query. A conversation must contain them all, in any order and any case. */
export function wordsOf(query: string): readonly Word[] {
  return query
    .toWellFormed()
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => {
      const isAscii = /^[ -~]*$/.test(word);
      // Reading bytes as Latin-1 is faster, and ASCII is the same in both.
      const flags = isAscii ? 'ig' : 'igu';
      return {
        inFile: new RegExp(escapeRegExp(JSON.stringify(word).slice(1, -1)), flags),
        encoding: isAscii ? 'latin1' : 'utf8',
        inText: new RegExp(escapeRegExp(word), flags.replace('g', '')),
      };
    });
}

/** Searches one file; undefined if it lacks one of the words, or cannot be read. */
export function searchFile(id: string, file: string, words: readonly Word[]): SearchResult | undefined {
  try {
    return searchBytes(id, readFileSync(file), words);
  } catch {
    // Deleted meanwhile, or too large for a string.
    return undefined;
  }
}

function searchBytes(id: string, bytes: Buffer, words: readonly Word[]): SearchResult | undefined {
  const contents: { [E in Word['encoding']]?: string } = {};
  const found: (Omit<SearchResult, 'id'> | undefined)[] = [];
  for (const word of words) {
    const text = (contents[word.encoding] ??= bytes.toString(word.encoding));
    const match = matchIn(text, word);
    if (!match) return undefined;
    found.push(match);
  }
  const [first] = found;
  return first && { id, ...first };
}

/** Finds a word in the texts of a file; undefined if it is in none. */
function matchIn(contents: string, { inFile, encoding, inText }: Word): Omit<SearchResult, 'id'> | undefined {
  inFile.lastIndex = 0;
  for (let hit = inFile.exec(contents); hit; hit = inFile.exec(contents)) {
    const start = contents.lastIndexOf('\n', hit.index) + 1;
    const next = contents.indexOf('\n', hit.index);
    const end = next < 0 ? contents.length : next;
    const raw = contents.slice(start, end);
    const entry = parseEntry(encoding === 'latin1' ? Buffer.from(raw, 'latin1').toString('utf8') : raw);
    const isReplaced = entry?.type === 'title' && contents.includes(titleStart, end);
    for (const { text, turn } of entry && !isReplaced ? textsOf(entry) : []) {
      const at = text.search(inText);
      if (at >= 0) return { ...(turn !== undefined && { turn }), excerpt: excerptAt(text, at) };
    }
    inFile.lastIndex = end;
  }
  return undefined;
}

/** How the line of a title begins; see entryLine(). No text has a line's end in it. */
const titleStart = '\n{"type":"title"';

function textsOf(entry: Entry): readonly { readonly text: string; readonly turn?: string }[] {
  switch (entry.type) {
    case 'prompt':
      return [{ text: promptOf(entry.request), turn: entry.request.id }];
    case 'reply':
      return [{ text: entry.reply.text, turn: entry.turn }];
    case 'title':
      return [{ text: entry.title }];
    case 'cost':
    case 'shown':
    case 'pinned':
      return [];
  }
}

function excerptAt(text: string, at: number): string {
  const from = Math.max(0, at - excerptBefore);
  const part = text
    .slice(from, at + excerptAfter)
    .replace(/\s+/g, ' ')
    .toWellFormed();
  return (from > 0 ? '…' : '') + part.trim() + (at + excerptAfter < text.length ? '…' : '');
}
