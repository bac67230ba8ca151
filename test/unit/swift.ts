import assert from 'node:assert/strict';
import { calibrated, timed } from './threadTime';

/**
 * That `work` over `text` takes no longer than thousands of plain walks over it: what looks at each character again for
 * each of 250,000 takes a hundred times as long as that.
 */
export function assertSwift(text: string, work: () => unknown): void {
  // One walk is shorter than what the clock of some systems tells apart.
  const walks = Math.ceil(10_000_000 / text.length);
  const walk = () => {
    let sum = 0;
    for (let number = 0; number < walks; number++)
      for (let at = 0; at < text.length; at++) sum = (sum * 31 + text.charCodeAt(at)) | 0;
    return sum;
  };
  // Once before, to be compiled.
  walk();
  const one = Math.min(...[1, 2, 3].map(() => timed(walk))) / walks;
  const took = timed(work);
  assert.ok(took < 5000 * one, `${took / one} walks`);
}

/**
 * That each work takes less than `most` times as long as a fixed amount of work does, which takes 100 ms on a quiet
 * machine (threadTime.ts). The best of three counts: what shares a core and its caches meanwhile slows one or the other.
 */
export function assertQuick(most: number, works: Readonly<Record<string, () => unknown>>): void {
  const measure = calibrated();
  for (const [what, work] of Object.entries(works)) {
    let times = timed(work) / measure;
    for (let more = 0; more < 2 && times >= most; more++) times = Math.min(times, timed(work) / calibrated());
    assert.ok(times < most, `${what}: ${times.toFixed(2)} times as long as the measure`);
  }
}

/**
 * That work on a text of one piece, again and again, takes time that grows with its length, not with the square of it:
 * a long text takes about as long as eight short ones do that are as long together. Both are measured side by side, so that
 * a slow machine is slow for both; the best of several counts.
 */
export function assertGrowsWithLength(pieces: readonly string[], work: (text: string) => unknown): void {
  const length = 10_000;
  for (const piece of pieces) {
    const textOf = (many: number) => piece.repeat(Math.ceil(length / piece.length) * many);
    const [short, long] = [textOf(1), textOf(8)];
    const times = (count: number, text: string) => () => {
      for (let run = 0; run < count; run++) work(text);
    };
    /** How many times as long the long text takes. */
    const measured = () => {
      let [ofShort, ofLong] = [0, 0];
      // The system counts a thread's time in ticks of some milliseconds.
      while (ofShort < 50) {
        ofShort += timed(times(80, short));
        ofLong += timed(times(10, long));
      }
      return ofLong / ofShort;
    };
    // The first runs are interpreted.
    times(10, short)();
    let ratio = measured();
    // If each character looked at all others, it would be eight times as long.
    for (let more = 0; more < 3 && ratio >= 4; more++) ratio = Math.min(ratio, measured());
    assert.ok(ratio < 4, `${piece.slice(0, 30)}: ${ratio.toFixed(1)} times as long`);
  }
}
