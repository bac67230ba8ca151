// Where a range of a document is after an edit. Plain numbers, so that it is tested without VS Code.
import type { Source } from '../core/model/request';

type PlainRange = Source['range'];
type PlainPosition = PlainRange['start'];

/** The text between `start` and `end` is replaced by `text`. */
export interface PlainEdit {
  readonly range: PlainRange;
  readonly text: string;
}

/**
 * The range after an edit. An edit inside of it lets it grow or shrink; text that is inserted right before or behind it
 * does not belong to it. undefined if the edit replaces its start or its end together with text around it: nobody can
 * say then which part of the new text is meant.
 */
export function rangeAfterEdit(
  { start, end }: PlainRange,
  { range: edited, text }: PlainEdit,
): PlainRange | undefined {
  const moved = (position: PlainPosition) =>
    positionAfterEdit(position, edited.end, endOfText(edited.start, text));
  // What is typed where everything was deleted takes the place of that.
  const isEmpty = isEqual(start, end);
  if (isEmpty && isEqual(edited.start, start) && isEqual(edited.end, start))
    return { start, end: moved(end) };
  if (isAtOrBefore(edited.end, start)) return { start: moved(start), end: moved(end) };
  if (isAtOrBefore(end, edited.start)) return { start, end };
  const isInside = isAtOrBefore(start, edited.start) && isAtOrBefore(edited.end, end);
  return isInside ? { start, end: moved(end) } : undefined;
}

/** The place of a position at or behind an edit that ended at `oldEnd`, and whose new text ends at `newEnd`. */
function positionAfterEdit(
  { line, character }: PlainPosition,
  oldEnd: PlainPosition,
  newEnd: PlainPosition,
): PlainPosition {
  return {
    line: line + newEnd.line - oldEnd.line,
    character: line === oldEnd.line ? character + newEnd.character - oldEnd.character : character,
  };
}

function endOfText({ line, character }: PlainPosition, text: string): PlainPosition {
  const lines = text.split(/\r\n|\r|\n/);
  const last = lines.at(-1)?.length ?? 0;
  return { line: line + lines.length - 1, character: lines.length === 1 ? character + last : last };
}

function isAtOrBefore(one: PlainPosition, other: PlainPosition): boolean {
  return one.line < other.line || (one.line === other.line && one.character <= other.character);
}

function isEqual(one: PlainPosition, other: PlainPosition): boolean {
  return one.line === other.line && one.character === other.character;
}
