// Compares the versions of a turn at a glance: a table of them, and the words that differ between two. A chunk, for it
// holds the library that finds the differences.
import { diffArrays } from 'diff';
import { env, l10n } from 'vscode';
import type { Cost } from '../core/model/cost';
import type { Turn } from '../core/model/reply';
import { formatNumber, formatSeconds } from '../ui/format';
import type { ComparisonView, DifferencePart } from '../protocol/reply';
import { costStat } from './costStat';

/** Replies that are longer, in UTF-16 units, are not compared word by word. */
const maxLength = 200_000;
/** ms after which the search for differences ends: replies that have little in common take long. */
const maxMs = 150;
/** Words shown before and after a difference. */
const contextWords = 12;

/** A version, with the name of its model. */
export interface ComparedTurn {
  readonly turn: Turn;
  readonly model: string;
  readonly cost: Cost | undefined;
}

/**
 * @param shown the ID of the version that is shown
 * @param other the ID of the one to compare its words with; by default, the one before it, else the one after it
 */
export function compareVersions(
  versions: readonly ComparedTurn[],
  shown: string,
  other: string | undefined,
): ComparisonView {
  const index = versions.findIndex(({ turn }) => turn.request.id === shown);
  const one = versions[index];
  const another =
    versions.find(({ turn }) => turn.request.id === other && other !== shown) ??
    versions[index > 0 ? index - 1 : index + 1];
  return {
    headings: [
      l10n.t('Version'),
      l10n.t('Model'),
      l10n.t('Cost'),
      l10n.t('First word'),
      l10n.t('Total time'),
      l10n.t('Tokens out'),
      l10n.t('Words'),
    ],
    rows: versions.map((version, at) => ({
      turn: version.turn.request.id,
      isShown: version === one,
      isCompared: version === another,
      cells: cellsOf(version, at + 1),
    })),
    differences:
      one && another ? differencesOf(another, one, versions.indexOf(another) + 1, index + 1) : undefined,
  };
}

function cellsOf({ turn: { request, reply }, model, cost }: ComparedTurn, number: number): readonly string[] {
  const { startedAt, firstTextAt, endedAt, usage, text } = reply;
  const seconds = (to: number | undefined) =>
    to === undefined ? '–' : l10n.t('{0} s', formatSeconds(to - startedAt));
  return [
    formatNumber(number),
    model,
    cost ? costStat(cost, request.target).text : '–',
    seconds(firstTextAt),
    seconds(endedAt),
    usage ? formatNumber(usage.output) : '–',
    formatNumber(wordsIn(text).filter(isWord).length),
  ];
}

function differencesOf(
  before: ComparedTurn,
  after: ComparedTurn,
  numberBefore: number,
  numberAfter: number,
): ComparisonView['differences'] {
  const title = l10n.t(
    'Words that differ: version {0} → {1}',
    formatNumber(numberBefore),
    formatNumber(numberAfter),
  );
  const [one, other] = [before.turn.reply.text, after.turn.reply.text];
  const note = (text: string) => ({ title, parts: [], note: text });
  if (one === other) return note(l10n.t('The replies are the same, word for word.'));
  if (one.length + other.length > 2 * maxLength)
    return note(l10n.t('The replies are too long to compare word by word.'));
  const changes = diffArrays([...wordsIn(one)], [...wordsIn(other)], { timeout: maxMs });
  if (!changes) return note(l10n.t('The replies have too little in common to compare them word by word.'));
  const parts = changes.map(({ added, removed, value }): Words => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    words: value,
  }));
  return { title, parts: shortenedParts(parts), note: '' };
}

interface Words {
  readonly kind: DifferencePart['kind'];
  readonly words: readonly string[];
}

/** What is the same only near to what differs. */
function shortenedParts(parts: readonly Words[]): readonly DifferencePart[] {
  return parts.map(({ kind, words }, at) => {
    if (kind !== 'same' || words.length <= 2 * contextWords) return { kind, text: words.join('') };
    const head = at === 0 ? '' : words.slice(0, contextWords).join('');
    const tail = at === parts.length - 1 ? '' : words.slice(-contextWords).join('');
    return { kind, text: `${head} … ${tail}` };
  });
}

let segmenter: Intl.Segmenter | undefined;

/** Words and what is between them; Japanese and Chinese have no blanks between words. */
function wordsIn(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter(env.language, { granularity: 'word' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

function isWord(segment: string): boolean {
  return /[\p{L}\p{N}]/u.test(segment);
}
