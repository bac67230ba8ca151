// A process that stores keys over and over, as another window might: `node secretWriter.js DIRECTORY NAME TIMES`.
import { SecretStore } from '../../src/setup/secretStore';
import { SecretFiles } from './secretFiles';
import { keysNumber } from './secretKeys';

const [directory = '', name = '', times = '0'] = process.argv.slice(2);

void (async () => {
  const credentials = new SecretStore(new SecretFiles(directory));
  for (let number = 0; number < Number(times); number += 1) {
    await credentials.store(keysNumber(number, name));
    process.stdout.write(`${number}\n`);
  }
})();
