// Tells what tests print in the extension host from what VS Code prints there.
import { format } from 'node:util';

export const consoleMark = '│ ';

/** Not `error`: VS Code complains there at length about native modules that code-server does without. */
const methods = ['log', 'info', 'warn'] as const;

/** From here on every line that this process prints is marked. */
export function markConsole(): void {
  const original = console;
  const marked = (method: (typeof methods)[number]) => {
    return (...values: unknown[]): void => {
      for (const line of format(...values).split('\n')) original[method](consoleMark + line);
    };
  };
  // VS Code has made the methods of its console read-only: the whole console is exchanged.
  globalThis.console = Object.create(original) as Console;
  for (const method of methods) {
    Object.defineProperty(globalThis.console, method, { value: marked(method) });
  }
}
