// `npm run bench`: measures us against the least that would do, and prints one line of JSON a figure. What a
// person reads meanwhile goes to standard error.  --only NAME measures that figure alone; may be repeated.
import { parseArgs } from 'node:util';
import { endOnInterrupt } from '../vscode/interrupt';
import { activation } from './activation';
import { activityAppend } from './activityAppend';
import { activityOpen } from './activityOpen';
import { attach } from './attach';
import { chatFirstText } from './chatFirstText';
import { drain } from './drain';
import type { Finding, Say } from './figure';
import { firstText } from './firstText';
import { historyOpen } from './historyOpen';
import { historySearch } from './historySearch';
import { longestTask } from './longestTask';
import { memory } from './memory';
import { paint } from './paint';
import { render, renderGrowth } from './render';
import { reopen } from './reopen';
import { tokenCount } from './tokenCount';
import { typing } from './typing';

const benches: Readonly<Record<string, (say: Say) => Promise<Finding>>> = {
  activation,
  'first-text': firstText,
  drain,
  attach,
  'chat-first-text': chatFirstText,
  'token-count': tokenCount,
  memory,
  'activity-open': activityOpen,
  'activity-append': activityAppend,
  'history-open': historyOpen,
  'history-search': historySearch,
  render,
  'render-growth': renderGrowth,
  'longest-task': longestTask,
  paint,
  typing,
  reopen,
};

/** Standard output is for figures: whatever else is printed there, by VS Code or an install, goes beside. */
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
  const names = values.only ?? Object.keys(benches);
  let failed = false;
  for (const name of names) {
    const bench = benches[name];
    if (!bench) throw new Error(`--only takes: ${Object.keys(benches).join(', ')}`);
    const say: Say = (line) => console.error(`${name}: ${line}`);
    say('measuring…');
    try {
      const { figure, broken = [] } = await bench(say);
      print(`${JSON.stringify(figure)}\n`);
      broken.forEach(say);
      failed ||= broken.length > 0;
    } catch (error) {
      console.error(error);
      failed = true;
    }
  }
  process.exit(failed ? 1 : 0);
}

endOnInterrupt();
main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
