// What our activation takes, beside an extension that does nothing: code loading and activate(), as VS Code
// runs them. In each host the two are activated by hand, one after the other, each first in every second host.
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { project } from '../vscode/project';
import type { Activated } from './activationInHost';
import { type Finding, type Pair, type Say, rounded, summed } from './figure';
import { inHost } from './inHost';

/** Bytes of dist/extension.js as it is shipped. */
const largestEntry = 40 * 1024;

export async function activation(say: Say, how = { hosts: 6 }): Promise<Finding> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  try {
    const ours = await copyOurs(path.join(directory, 'ours'));
    const baseline = await writeEmpty(directory, 'baseline');
    // The first activation of a host pays for what all later ones use.
    const first = await writeEmpty(directory, 'first');

    const pairs: Pair[] = [];
    const broken: string[] = [];
    for (let host = 0; host < how.hosts; host += 1) {
      const order = host % 2 === 0 ? [ours.id, baseline.id] : [baseline.id, ours.id];
      const { times, sdk } = await inHost<Activated>(
        'activationInHost',
        { order: [first.id, ...order] },
        { extension: first.folder, installed: [ours.folder, baseline.folder] },
      );
      const pair = { ours: times[ours.id] ?? NaN, baseline: times[baseline.id] ?? NaN };
      say(`host ${host + 1}: ours ${pair.ours.toFixed(1)} ms, empty ${pair.baseline.toFixed(1)} ms`);
      pairs.push(pair);
      if (sdk.length > 0) broken.push(`activation has loaded the AWS SDK: ${sdk.join(', ')}`);
    }

    const { size: entryBytes } = await stat(path.join(project, 'dist', 'extension.js'));
    if (entryBytes > largestEntry)
      broken.push(`dist/extension.js has ${entryBytes} bytes, of ${largestEntry} at most`);
    const figure = summed('activation', 'ms', pairs, say);
    const difference = rounded(figure.ours - figure.baseline);
    return { figure: { ...figure, difference, entryBytes }, broken: [...new Set(broken)] };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface Extension {
  readonly id: string;
  readonly folder: string;
}

/** What is shipped, but activated by nobody. */
async function copyOurs(folder: string): Promise<Extension> {
  const texts = (await readdir(project)).filter((file) => /^package\.nls.*\.json$/.test(file));
  for (const part of ['dist', 'l10n', 'media', ...texts])
    await cp(path.join(project, part), path.join(folder, part), { recursive: true });
  const text = await readFile(path.join(project, 'package.json'), 'utf8');
  const { activationEvents: _, ...manifest } = JSON.parse(text) as Record<string, string>;
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return { id: `${manifest['publisher'] ?? ''}.${manifest['name'] ?? ''}`, folder };
}

async function writeEmpty(directory: string, name: string): Promise<Extension> {
  const folder = path.join(directory, name);
  const publisher = 'bench';
  const manifest = { name, publisher, version: '1.0.0', engines: { vscode: '^1.105.0' }, main: './main.js' };
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, 'main.js'), 'exports.activate = () => {};\n');
  return { id: `${publisher}.${name}`, folder };
}
