// Searches the files of conversations for words. Synchronous: it runs in a thread of its own.
import { readFileSync } from 'node:fs';
import { blobName } from '../core/model/content';
import { promptBlobs, promptOf } from '../core/model/request';
import { escapeRegExp } from '../util/plainText';
import { type Entry, parseEntry } from './entries';

/** A conversation that contains all words. */
export interface SearchResult {
  readonly id: string;
  /** The turn whose prompt and reply contain the most words, the first of several; absent if only the title has any. */
  readonly turn?: string;
  /** The text around the first of these words, on one line. */
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
  const isLatin1 = words.every(({ encoding }) => encoding === 'latin1');
  const encoding = isLatin1 ? 'latin1' : 'utf8';
  const most =
    words.length > 1
      ? turnWithMost((contents[encoding] ??= bytes.toString(encoding)), encoding, words)
      : undefined;
  const first = most ?? found[0];
  return first && { id, ...first };
}

/** So many entries of a conversation are parsed to find the turn with the most words. */
const maxParsed = 200;

/** The beginning of the lines of prompts and replies, with the turn; see entryLine(). */
const turnStart = /^\{"type":"(?:prompt","at":\d+,"request":\{"id"|reply","turn"):"([^"]+)"/;
const maxStartLength = 200;

/** What a turn seems to contain, judged by its lines alone. */
interface Candidate {
  /** Where its first line with a word begins. */
  readonly at: number;
  readonly lines: Map<number, string>;
  readonly words: Set<Word>;
}

/** The turn that contains the most words, the first of several; undefined if none contains any. */
function turnWithMost(
  contents: string,
  encoding: Word['encoding'],
  words: readonly Word[],
): Omit<SearchResult, 'id'> | undefined {
  let best:
    { readonly count: number; readonly at: number; readonly result: Omit<SearchResult, 'id'> } | undefined;
  let parsed = 0;
  for (const [turn, { at, lines, words: possible }] of candidatesIn(contents, words)) {
    // Those that follow have as many words at most, and those with as many are further down.
    if (best && (best.count > possible.size || (best.count === possible.size && best.at < at))) break;
    if (parsed >= maxParsed) break;
    parsed += lines.size;
    const texts = [...lines.values()].flatMap((line) => {
      const entry = parseEntry(decoded(line, encoding));
      return entry ? textsOf(entry).map(({ text }) => text) : [];
    });
    const contained = words.filter(({ inText }) => texts.some((text) => inText.test(text)));
    const [first] = contained;
    const text = first && texts.find((each) => first.inText.test(each));
    if (!first || text === undefined) continue;
    const count = contained.length;
    if (!best || count > best.count || (count === best.count && at < best.at))
      best = { count, at, result: { turn, excerpt: excerptAt(text, text.search(first.inText)) } };
  }
  return best?.result;
}

/** The turns with a word in their lines: those with the most words first, of several the first in the file. */
function candidatesIn(contents: string, words: readonly Word[]): readonly (readonly [string, Candidate])[] {
  const candidates = new Map<string, Candidate>();
  for (const word of words)
    for (const [start, line] of linesWith(contents, word)) {
      const [, turn] = turnStart.exec(line.slice(0, maxStartLength)) ?? [];
      if (turn === undefined) continue;
      const {
        at,
        lines,
        words: seen,
      } = candidates.get(turn) ?? { at: start, lines: new Map<number, string>(), words: new Set<Word>() };
      candidates.set(turn, {
        at: Math.min(at, start),
        lines: lines.set(start, line),
        words: seen.add(word),
      });
    }
  return [...candidates].sort(([, one], [, other]) => other.words.size - one.words.size || one.at - other.at);
}

/** The lines of a file that contain a word, with where each begins. */
function* linesWith(contents: string, { inFile }: Word): Generator<readonly [start: number, line: string]> {
  inFile.lastIndex = 0;
  for (let hit = inFile.exec(contents); hit; hit = inFile.exec(contents)) {
    const start = contents.lastIndexOf('\n', hit.index) + 1;
    const next = contents.indexOf('\n', hit.index);
    const end = next < 0 ? contents.length : next;
    yield [start, contents.slice(start, end)];
    inFile.lastIndex = end;
  }
}

function decoded(line: string, encoding: Word['encoding']): string {
  return encoding === 'latin1' ? Buffer.from(line, 'latin1').toString('utf8') : line;
}

/** Finds a word in the texts of a file; undefined if it is in none. */
function matchIn(contents: string, word: Word): Omit<SearchResult, 'id'> | undefined {
  for (const [start, line] of linesWith(contents, word)) {
    const entry = parseEntry(decoded(line, word.encoding));
    const isReplaced = entry?.type === 'title' && contents.includes(titleStart, start + line.length);
    for (const { text, turn } of entry && !isReplaced ? textsOf(entry) : []) {
      const at = text.search(word.inText);
      if (at >= 0) return { ...(turn !== undefined && { turn }), excerpt: excerptAt(text, at) };
    }
  }
  return undefined;
}

/** How the line of a title begins; see entryLine(). No text has a line's end in it. */
const titleStart = '\n{"type":"title"';

function textsOf(entry: Entry): readonly { readonly text: string; readonly turn?: string }[] {
  switch (entry.type) {
    case 'prompt':
      return [promptOf(entry.request), ...promptBlobs(entry.request).map(blobName)].map((text) => ({
        text,
        turn: entry.request.id,
      }));
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
