// Runs the stand-in gateway alone, for manual use: prints how to reach it, and a line for each request.
import { parseArgs } from 'node:util';
import { behaviours } from './behaviours.js';
import { faults, readDeck } from './faults.js';
import { summary } from './log.js';
import { standInApiKey, standInKeys, standInToken } from './options.js';
import { startGateway } from './server.js';
import { readSwitches, type Switches, switchNames, switchTable } from './switches.js';

const takesValue = (name: keyof Switches) => switchTable[name].off !== false;
const flagOf = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

function readFlags() {
  const switches = switchNames.map((name) => {
    const type = takesValue(name) ? ('string' as const) : ('boolean' as const);
    return [flagOf(name), { type }] as const;
  });
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      port: { type: 'string', default: '8787' },
      pace: { type: 'string', default: '25' },
      fail: { type: 'string', default: '0' },
      seed: { type: 'string', default: '1' },
      with: { type: 'string', multiple: true },
      keep: { type: 'string' },
      ...Object.fromEntries(switches),
    },
  });
  return values;
}

const columns = (rows: [string, string][]) =>
  rows
    .map(([left, right]) => `  ${left.padEnd(Math.max(...rows.map(([first]) => first.length)) + 2)}${right}`)
    .join('\n');

const help = `A stand-in for Cloudflare AI Gateway with Amazon Bedrock behind it, on this machine.

  --port N  (8787)     --pace N  ms between the pieces of a streamed reply (25)
  --fail N  share of prompts, 0 to 1, that fail at random   --seed N  decides which ones fail, and how (1)
  --with NAME  only this fault; may be repeated             --keep N  requests that /__log keeps (all)

Switches, each of which breaks one undocumented assumption:
${columns(switchNames.map((name) => [`--${flagOf(name)}${takesValue(name) ? '=…' : ''}`, switchTable[name].description]))}

Every model ID gets a reply. One with stand-in.<name> in it plays:
${columns(Object.entries(behaviours).map(([name, { description }]) => [`stand-in.${name}`, description]))}

Faults for --fail and --with:
  ${Object.keys(faults).join(' ')}
`;

function switchesFrom(flags: Readonly<Record<string, unknown>>) {
  const given = switchNames.flatMap((name) => {
    const value = flags[flagOf(name)];
    if (value === undefined) return [];
    return [[name, typeof switchTable[name].off === 'number' ? Number(value) : value]];
  });
  return readSwitches(Object.fromEntries(given));
}

function faultsFrom({ fail, seed, with: deck }: ReturnType<typeof readFlags>) {
  return { share: Number(fail), seed: Number(seed), ...(deck && { deck: readDeck(deck) }) };
}

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) {
    console.log(help);
    return;
  }
  const switches = switchesFrom(flags);
  const gateway = await startGateway({
    port: Number(flags.port),
    pace: Number(flags.pace),
    token: standInToken,
    storedKeys: ['', 'production'],
    apiKeys: [standInApiKey],
    switches,
    ...(Number(flags.fail) > 0 && { faults: faultsFrom(flags) }),
    ...(flags.keep !== undefined && { keep: Number(flags.keep) }),
    onEntry: (entry) => console.log(`${new Date().toLocaleTimeString('en-GB')} ${summary(entry)}`),
  });
  console.log(
    `The stand-in gateway listens at\n  ${gateway.base}\nand for the SDK in us-east-1 at\n  ${gateway.url}\n\nKeys for it, of no use anywhere else:\n` +
      columns([
        ['AWS access key id', standInKeys.accessKeyId],
        ['AWS secret access key', standInKeys.secretAccessKey],
        ['Bedrock API key', standInApiKey],
        ['gateway token', standInToken],
        ['stored keys', 'the default key, and the alias production'],
      ]) +
      `\n\nSwitched on: ${Object.keys(switches).join(', ') || 'nothing'}. --help lists switches and model IDs. Ctrl+C stops it.\n`,
  );
  process.once('SIGINT', () => void gateway.close());
  process.once('SIGTERM', () => void gateway.close());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
