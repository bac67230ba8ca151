import assert from 'node:assert/strict';
import { timed } from './threadTime';

/**
 * That `work` over `text` takes no longer than thousands of plain walks over it: what looks at each character again for
 * each of 250,000 takes a hundred times as long as that.
 */
export function assertSwift(text: string, work: () => unknown): void {
  const walk = () => {
    let sum = 0;
    for (let at = 0; at < text.length; at++) sum = (sum * 31 + text.charCodeAt(at)) | 0;
    return sum;
  };
  // Once before, to be compiled.
  walk();
  const one = Math.min(...[1, 2, 3].map(() => timed(walk)));
  const took = timed(work);
  assert.ok(took < 5000 * one, `${took / one} walks`);
}
