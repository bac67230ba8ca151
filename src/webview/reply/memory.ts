// What survives the page's being thrown away: how it was looked at, and nothing of what it said.
import { getState, setState } from './host';

export interface View {
  /** The last turn shown then. */
  readonly turn: string;
  readonly top: number;
}

interface Remembered {
  readonly view?: View;
  readonly unfolded?: readonly string[];
}

const before = (getState() ?? {}) as Remembered;
const unfolded = new Set(before.unfolded);
let view = before.view;
let saving: ReturnType<typeof setTimeout> | undefined;

/** How long a change may wait to be saved, ms. */
const soon = 200;

export function lastView(): View | undefined {
  return view;
}

export function rememberView(now: View): void {
  view = now;
  save();
}

/** `part` is a turn's id and the name of one of its parts. */
export function isUnfolded(part: string): boolean {
  return unfolded.has(part);
}

export function rememberUnfolded(part: string, open: boolean): void {
  if (open) unfolded.add(part);
  else unfolded.delete(part);
  save();
}

/** Parts of turns that are gone need not be remembered. */
export function keepUnfolded(turns: readonly string[]): void {
  for (const part of unfolded) if (!turns.some((turn) => part.startsWith(turn))) unfolded.delete(part);
}

/** Scrolling would otherwise save at every frame. */
function save(): void {
  saving ??= setTimeout(() => {
    saving = undefined;
    setState({ view, unfolded: [...unfolded] });
  }, soon);
}
