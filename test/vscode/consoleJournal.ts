// The console of the workbench, as VS Code's test protocol relays it. Most of it is VS Code's own talk:
// what the tests in the extension host say is marked (consoleMark.ts) and shown, the rest is kept for the
// case that the run fails.
import { formatWithOptions } from 'node:util';
import { consoleMark } from './consoleMark';

/** Said in every run, many times: native modules that are not there, and agents that nobody signed in for. */
const known = /Could not locate the bindings file|build\/Release|\[AgentHost|additional builtin extensions/;

export class ConsoleJournal {
  private readonly kept: string[] = [];

  add(type: string, values: readonly unknown[]): void {
    const text = formatWithOptions({ colors: false }, ...values);
    if (text.startsWith(consoleMark)) {
      process.stdout.write(`${text.slice(consoleMark.length)}\n`);
      return;
    }
    const entry = `${type}: ${text.split('\n').slice(0, 3).join('\n')}`;
    if (!known.test(entry)) this.kept.push(entry);
    if (this.kept.length > 1000) this.kept.shift();
  }

  tail(entries = 20): string {
    return this.kept.slice(-entries).join('\n');
  }
}
