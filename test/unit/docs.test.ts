// README and docs/ against what they write about: nobody notices here when one of the two changes alone.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expand, inputsOf } from '../../src/prompt/variables';
import { project } from '../vscode/project';
import {
  anchorsIn,
  brokenLinks,
  codeSpans,
  documents,
  linksIn,
  read,
  rowsOf,
  section,
  shellCommands,
} from './docs';

/** The parts of JSON Schema that settings use. */
interface Schema {
  readonly default?: unknown;
  readonly scope?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: object;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema;
}

const manifest = JSON.parse(read('package.json')) as {
  scripts: Record<string, string>;
  contributes: {
    configuration: { properties: Record<string, Schema> }[];
    commands: { command: string; title: string }[];
  };
};
const texts = JSON.parse(read('package.nls.json')) as Record<string, string>;
const readme = read('README.md');
const development = read('docs/development.md');
const foldersIn = (folder: string) =>
  readdirSync(path.join(project, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

describe('README', () => {
  it('is read in a minute or two', () => {
    const lines = readme.split('\n');
    assert.ok(lines.length <= 150, `${lines.length} lines`);
    assert.deepEqual(
      lines.filter((line) => line.length > 120),
      [],
    );
    assert.equal(linksIn(readme).filter(({ isPicture }) => isPicture).length, 1);
  });

  it('leads to every document', () => {
    const targets = linksIn(readme).map(({ target }) => target);
    assert.deepEqual(
      documents.filter((file) => file !== 'README.md' && !targets.includes(file)),
      [],
    );
  });

  it('gives the commands that the continuous integration runs', () => {
    const commands = read('.ci/run')
      .split('\n')
      .filter((line) => line.startsWith('npm '));
    assert.equal(commands.length, 2);
    assert.deepEqual(shellCommands(section(readme, '## Develop')), commands);
    assert.deepEqual(shellCommands(section(development, '## Build and test')), commands);
  });

  it('leads from a clone to a reply, and to the retry policy', () => {
    assert.deepEqual(shellCommands(section(readme, '## Try it in two commands')), ['npm ci', 'npm start']);
    assert.ok(codeSpans(section(readme, '## Develop')).includes('src/core/retryPolicy.ts'));
  });
});

describe('the documents', () => {
  it('have no link that leads nowhere', () => {
    assert.ok(documents.flatMap((file) => linksIn(read(file))).length > 50);
    assert.deepEqual(
      documents.flatMap((file) => brokenLinks(file)),
      [],
    );
  });

  it('have no two headings with one anchor', () => {
    for (const file of documents.filter((each) => each !== 'CHANGELOG.md')) {
      const anchors = anchorsIn(read(file));
      assert.deepEqual(anchors, [...new Set(anchors)], file);
    }
  });

  it('show every picture', () => {
    const shown = documents.flatMap((file) => linksIn(read(file)).filter(({ isPicture }) => isPicture));
    const names = shown.map(({ target }) => path.basename(target)).sort();
    assert.deepEqual(names, readdirSync(path.join(project, 'media', 'pictures')).sort());
  });

  it('name commands as VS Code does', () => {
    const titles = manifest.contributes.commands.map(
      ({ title }) => `Bedrock: ${texts[title.replaceAll('%', '')]}`,
    );
    for (const file of documents) {
      const named = [...read(file).matchAll(/\*\*(Bedrock: [^*]+)\*\*/g)].map(([, title]) => title!);
      assert.deepEqual(
        named.filter((title) => !titles.includes(title)),
        [],
        file,
      );
    }
  });

  it('name buttons, tabs and choices as the extension does', () => {
    const sentences = Object.keys(JSON.parse(read('l10n/bundle.l10n.json')) as object);
    for (const [file, labels] of Object.entries({
      'README.md': ['Details', 'Stop'],
      'docs/activity.md': ['Requests', 'By Model', 'By Day', 'What if?'],
      'docs/check.md': [
        ...['Begin', 'Clear Observations', 'Copy Report', 'Details'],
        ...['Copy as curl, for the gateway', 'Copy as curl, for AWS'],
      ],
      'docs/credentials.md': [
        ...['AWS keys stored in the gateway', 'AWS access keys, stored in VS Code'],
        ...['Bedrock API key, stored in VS Code', 'AWS profile (~/.aws)'],
      ],
      'docs/gateway.md': ['Send Again', 'Clear Observations'],
      'docs/prompts.md': ['Send', 'Send Again', 'Done', 'Stopped', 'Incomplete', 'Blocked', 'Failed'],
    }))
      for (const label of labels) {
        assert.ok(read(file).includes(`**${label}**`), `${file}: ${label}`);
        assert.ok(sentences.includes(label), label);
      }
  });

  it('name npm scripts that there are', () => {
    const builtIn = ['npm ci', 'npm install'];
    for (const file of documents) {
      const text = read(file);
      const commands = [...codeSpans(text), ...shellCommands(text)].filter((code) => code.startsWith('npm '));
      const missing = commands.filter((code) => {
        const script = /^npm (?:run )?([\w:]+)/.exec(code)?.[1] ?? '';
        return !builtIn.includes(code) && !Object.hasOwn(manifest.scripts, script);
      });
      assert.deepEqual(missing, [], file);
    }
  });
});

describe('docs/settings.md', () => {
  const settings = Object.assign(
    {},
    ...manifest.contributes.configuration.map(({ properties }) => properties),
  ) as Record<string, Schema>;
  const text = read('docs/settings.md');
  const prefix = 'bedrockGateway.';
  /** Those whose default is too long for a line. */
  const described: Readonly<Record<string, string>> = {
    models: 'a built-in list',
    prompts: 'a few built-in prompts',
  };

  it('describes every setting, and no other', () => {
    const headings = [...text.matchAll(/^### `([\w.]+)`$/gm)].map(([, name = '']) => prefix + name);
    assert.deepEqual(headings.sort(), Object.keys(settings).sort());
  });

  for (const [key, setting] of Object.entries(settings))
    it(`says what ${key} is by default, who can set it, and which values it takes`, () => {
      const name = key.slice(prefix.length);
      const part = section(text, `### \`${name}\``);
      const value = described[name] ?? `\`${JSON.stringify(setting.default)}\``;
      const scope = setting.scope === 'application' ? ' User settings only.' : '';
      assert.equal(part.trim().split('\n')[0], `Default: ${value}.${scope}`);
      if (described[name]) assert.ok(Object.keys(setting.default as object).length > 0);
      const values = [setting, ...(setting.anyOf ?? [])].flatMap(
        ({ enum: choices = [], minimum, maximum }) =>
          minimum === undefined || maximum === undefined ? choices : [...choices, minimum, maximum],
      );
      const missing = values.filter((each) => !codeSpans(part).includes(String(each)));
      assert.deepEqual(missing, []);
    });

  it('describes every field of a model', () => {
    const { anyOf = [] } = settings[`${prefix}models`]?.additionalProperties ?? {};
    const properties = anyOf.flatMap((each) => Object.keys(each.properties ?? {}));
    const rows = rowsOf(section(text, '### `models`')).map(([name = '']) => name.replaceAll('`', ''));
    assert.deepEqual(rows.sort(), properties.sort());
  });
});

describe('docs/prompts.md', () => {
  const text = read('docs/prompts.md');

  it('describes every command, with its ID', () => {
    const rows = rowsOf(section(text, '## Commands')).map(([title, id]) => [id, title]);
    const commands = manifest.contributes.commands.map(({ command, title }) => [
      `\`${command}\``,
      `**Bedrock: ${texts[title.replaceAll('%', '')]}**`,
    ]);
    assert.deepEqual(rows.sort(), commands.sort());
  });

  it('lists the variables of saved prompts', () => {
    const variables = rowsOf(section(text, '## Saved prompts')).map(([name = '']) =>
      name.replaceAll('`', ''),
    );
    const named = [...texts['setting.prompts.text']!.matchAll(/\$\{[^}]+\}/g)].map(([name]) => name);
    assert.deepEqual(variables.sort(), named.sort());
    assertStandForSomething(variables);
  });

  it('lists the variables of VS Code’s prompt files', () => {
    const variables = rowsOf(section(text, '### Variables of VS Code')).map(([name = '']) =>
      name.replaceAll('`', ''),
    );
    assert.ok(variables.length > 4);
    assertStandForSomething(variables);
  });

  function assertStandForSomething(variables: readonly string[]): void {
    const files = { file: 'F', fileBasename: 'F', fileBasenameNoExtension: 'F', fileDirname: 'F' };
    const values = {
      ...files,
      selection: 'S',
      language: 'L',
      diagnostics: 'D',
      workspaceFolderBasename: 'W',
    };
    for (const variable of variables) {
      const inputs = new Map(inputsOf(variable).map(({ name }) => [name, 'I']));
      assert.match(expand(`${variable}\${selection}`, { ...values, inputs }), /^[SLFDIW]\s*S$/, variable);
    }
  }
});

describe('docs/development.md', () => {
  it('describes every npm script', () => {
    const named = [...codeSpans(development), ...shellCommands(development)].map(
      (code) => /^npm (?:run )?([\w:]+)/.exec(code)?.[1],
    );
    assert.deepEqual(
      Object.keys(manifest.scripts).filter((script) => !named.includes(script)),
      [],
    );
  });

  it('names files and folders that exist', () => {
    const paths = codeSpans(development).filter((code) =>
      /^(src|test|docs|l10n|media)\/[\w./-]*$/.test(code),
    );
    assert.ok(paths.length > 50);
    assert.deepEqual(
      paths.filter((file) => !existsSync(path.join(project, file))),
      [],
    );
  });

  it('shows every room of src and test', () => {
    const [layout = ''] = /```\nsrc\/\n[^]*?```/.exec(section(development, '## The layout')) ?? [];
    const [src = '', test = ''] = layout.split('\ntest/\n');
    const entries = (part: string, indent: string) =>
      [...part.matchAll(new RegExp(`^${indent}(\\w+)/ `, 'gm'))].map(([, name]) => name!).sort();
    assert.deepEqual(entries(src, '  '), foldersIn('src').sort());
    assert.deepEqual(entries(src, '    '), foldersIn(path.join('src', 'core')).sort());
    assert.deepEqual(entries(test, '  '), foldersIn('test').sort());
  });

  it('tells the way of a prompt in fewer than 40 files, each named once', () => {
    const way = rowsOf(section(development, '## The way of a prompt')).map(([file = '']) => file);
    assert.equal(way[0], '`src/prompt/commands.ts`');
    assert.ok(way.includes('`src/core/ask.ts`'));
    assert.ok(way.length > 25 && way.length < 40, `${way.length} files`);
    assert.deepEqual(way, [...new Set(way)]);
  });

  it('names every bench', () => {
    const [, list = ''] = /const benches.*= {\n([^}]*)}/.exec(read('test/bench/main.ts')) ?? [];
    const benches = [...list.matchAll(/^ {2}'?([\w-]+)'?[:,]/gm)].map(([, name]) => name!);
    assert.ok(benches.length >= 6);
    const named = rowsOf(section(development, '## Bench and soak')).map(([name = '']) =>
      name.replaceAll('`', ''),
    );
    assert.deepEqual(named.sort(), benches.sort());
  });
});
