// A process of its own that appends records, as a window does: `node writer.js DIRECTORY NAME COUNT AT`. It says
// `ready`, begins when it is told anything, and says now and then how many are on disk.
import { once } from 'node:events';
import { RecordFiles } from '../../../src/activity/files';
import { appendTo, recordNumber } from './records';

async function main([directory = '', name = '', count = '0', at = '0']: readonly string[]): Promise<void> {
  const files = new RecordFiles(directory);
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  let appended = Promise.resolve();
  for (let number = 0; number < Number(count); number += 1) {
    appended = appendTo(files, recordNumber(number, Number(at) + number, name));
    if (number % 500 === 499) void appended.then(() => process.stdout.write(`${number + 1}\n`));
  }
  await appended;
  process.stdin.destroy();
}

void main(process.argv.slice(2));
