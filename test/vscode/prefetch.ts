// Fills .vscode-test/ while something else is under way, and says so.
import { install } from './install';

install().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
