// README's “When something fails” against the words of the panel. WRITE_README=1 writes it instead.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { labelOf, remediesFor } from '../../src/advice/advice';
import { type FailureKind, failure, hops } from '../../src/core/failure';
import { project } from '../vscode/project';
import { failureTable } from './failureTable';

const file = path.join(project, 'README.md');
const between = /(<!-- failures -->\n\n)[^]*?(\n\n<!-- \/failures -->)/;
/** As Prettier leaves a table, without what it adds to align its columns. */
const plain = (table: string) => table.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

describe('the advice', () => {
  it('stands in README as the panel says it', () => {
    const readme = readFileSync(file, 'utf8');
    if (process.env['WRITE_README']) {
      writeFileSync(
        file,
        readme.replace(between, (_, before: string, after: string) => before + failureTable() + after),
      );
      return;
    }
    const written = between.exec(readme)?.[0].split('\n\n')[1] ?? '';
    assert.equal(plain(written), plain(failureTable()));
  });

  it('has a title, a sentence and labels for every kind, and never the same button twice', () => {
    for (const kind of Object.keys(hops) as FailureKind[]) {
      const facts = { host: 'h', model: 'amazon.nova-pro-v1:0', region: 'us-east-1' };
      const labels = remediesFor(failure(kind, facts), false).map(labelOf);
      assert.equal(new Set(labels).size, labels.length, kind);
      assert.ok(
        labels.every((label) => label && !/\{\d\}/.test(label)),
        kind,
      );
    }
  });

  it('offers the inference profile that fits the region, and a successor', () => {
    const labels = (kind: FailureKind, model: string, region: string) =>
      remediesFor(failure(kind, { model, region }), false).map(labelOf);
    assert.deepEqual(labels('modelNeedsInferenceProfile', 'amazon.nova-pro-v1:0', 'us-east-1').slice(0, 2), [
      'Use us.amazon.nova-pro-v1:0',
      'Select Model…',
    ]);
    assert.equal(
      labels('modelRetired', 'eu.anthropic.claude-3-7-sonnet-20250219-v1:0', 'eu-west-1')[0],
      'Use eu.anthropic.claude-sonnet-4-6',
    );
  });
});
