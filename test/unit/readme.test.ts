// What README points to is there: a picture or a heading that was renamed leaves a hole that nobody sees here.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { project } from '../vscode/project';

const readme = readFileSync(path.join(project, 'README.md'), 'utf8');
const targets = [...readme.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => target ?? []);
const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(
  ([, title = '']) =>
    `#${title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')}`,
);

describe('README', () => {
  it('shows pictures and names files that exist', () => {
    const files = targets.filter((target) => !/^(https?:|#)/.test(target));
    assert.ok(files.length >= 5);
    assert.deepEqual(
      files.filter((file) => !existsSync(path.join(project, file))),
      [],
    );
  });

  it('points to headings that it has', () => {
    const headings = targets.filter((target) => target.startsWith('#'));
    assert.ok(headings.length >= 3);
    assert.deepEqual(
      headings.filter((heading) => !anchors.includes(heading)),
      [],
    );
  });
});
