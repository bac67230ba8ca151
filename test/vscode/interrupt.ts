// Makes Ctrl+C end a run of tests: mocha would go on with the next one.
import { setTimeout as wait } from 'node:timers/promises';

/** Call it first. VS Code is given three seconds to end, at test-electron's own request. */
export function endOnInterrupt(): void {
  process.once('SIGINT', () => void wait(3000).then(() => process.exit(1)));
  process.once('SIGTERM', () => process.kill(process.pid, 'SIGINT'));
}
