// A picture of 4 MB, from the disk until a server has all of the request: what ask() adds to reading the file, base64, and
// sending as many bytes.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { HttpRequest } from '@smithy/core/protocols';
import { ask } from '../../src/core/ask';
import type { BlobRef } from '../../src/core/model/content';
import type { Blobs } from '../../src/core/model/ports';
import { nodeHash } from '../../src/platform/node/hash';
import { project } from '../vscode/project';
import { prepared, sonnet } from '../unit/asking';
import { type Finding, type Say, interleaved, summed } from './figure';
import { collectGarbage } from './garbage';
import { startProcess } from './gatewayProcess';

const size = 4_000_000;

export async function attach(say: Say, how = { rounds: 200, warmUp: 20 }): Promise<Finding> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'bench-'));
  const server = await startProcess(path.join(project, 'out', 'test', 'bench', 'sink.js'), []);
  try {
    const bytes = Buffer.from(Uint8Array.from({ length: size }, (_, at) => (at * 2_654_435_761) >>> 13));
    const data = { sha256: nodeHash.sha256(bytes), size };
    const file = path.join(directory, data.sha256);
    await writeFile(file, bytes);
    const { request, ports } = prepared(server, {
      messages: [{ role: 'user', content: [{ type: 'image', format: 'png', data }] }],
      ports: { blobs: filesIn(directory) },
    });

    const ours = async () => {
      let took: number | undefined;
      const began = performance.now();
      for await (const { type } of ask(request, ports, new AbortController().signal))
        if (type === 'response') took ??= performance.now() - began;
      return answered(took);
    };
    const url = new URL(server.url);
    const baseline = async () => {
      const began = performance.now();
      const encoded = (await readFile(file)).toString('base64');
      const body = `{"messages":[{"role":"user","content":[{"image":{"format":"png","source":{"bytes":"${encoded}"}}}]}]}`;
      const { response } = await ports.http.handle(
        new HttpRequest({
          ...{ method: 'POST', protocol: url.protocol, hostname: url.hostname, port: Number(url.port) },
          ...{ path: `${url.pathname}/model/${sonnet}/converse-stream`, body },
          headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
        }),
      );
      const took = performance.now() - began;
      (response.body as NodeJS.ReadableStream).resume();
      assert.equal(response.statusCode, 200);
      return took;
    };
    const measured = (run: () => Promise<number>) => () => {
      collectGarbage();
      return run();
    };
    const sides = { ours: measured(ours), baseline: measured(baseline) };
    return { figure: { ...summed('attach', 'ms', await interleaved(sides, how), say), bytes: size } };
  } finally {
    await server.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** As the history keeps them: under their hash, which is checked. */
function filesIn(directory: string): Blobs {
  return {
    async read({ sha256 }: BlobRef) {
      const bytes = await readFile(path.join(directory, sha256));
      return nodeHash.sha256(bytes) === sha256 ? bytes : undefined;
    },
  };
}

function answered(took: number | undefined): number {
  assert.ok(took !== undefined, 'a request came without a response');
  return took;
}
