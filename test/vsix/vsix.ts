// The package as `npm run package` makes it, made once for all tests of it.
import { rmSync } from 'node:fs';
import { cp, mkdtemp, readFile, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { npm } from '../vscode/npm';
import { project } from '../vscode/project';

export interface Vsix {
  readonly file: string;
  /** What was printed while it was made. */
  readonly said: string;
}

let made: Promise<Vsix> | undefined;

export function vsix(): Promise<Vsix> {
  return (made ??= make());
}

/** Nothing that is built, installed or downloaded: the copy builds for itself. */
const left = new Set(['node_modules', '.git', 'dist', 'out', '.vscode-test']);

/** In a copy of the project: packaging builds anew, and what runs now may be running what is built. */
async function make(): Promise<Vsix> {
  const copy = await mkdtemp(path.join(os.tmpdir(), 'vsix-'));
  process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
  await cp(project, copy, {
    recursive: true,
    filter: (from) => !left.has(path.relative(project, from)) && !from.endsWith('.vsix'),
  });
  await symlink(path.join(project, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
  const said = await npm(copy, 'run', 'package');
  return { file: path.join(copy, 'bedrock-gateway.vsix'), said };
}

export interface Entry {
  readonly name: string;
  /** Bytes, unpacked. */
  readonly size: number;
  content(): string;
}

/** What a zip file's directory lists. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 */
export async function entriesOf(file: string): Promise<Entry[]> {
  const zip = await readFile(file);
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const entries: Entry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      zip.readUInt16LE(at + offset),
    );
    const nameEnd = at + 46 + nameLength!;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    const stored = zip.readUInt16LE(at + 10) === 0;
    entries.push({
      name: zip.toString('utf8', at + 46, nameEnd),
      size: zip.readUInt32LE(at + 24),
      content: () => (stored ? packed : inflateRawSync(packed)).toString(),
    });
    at = nameEnd + extraLength! + commentLength!;
  }
  return entries;
}
