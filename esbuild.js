// Builds the extension into dist/ and, with --tests, everything under test/ into out/.
//
// What activation does not need is a chunk, loaded by `await import('./x.chunk')`: src/…/x.chunk.ts becomes
// dist/x.js. dist/engine.js loads the AWS SDK, which takes about 100 ms. The extension is CommonJS, so that VS Code's
// proxy hooks reach `require('https')`, and esbuild splits only ESM: so the chunks are split as ESM, and then made
// CommonJS. What several of them import is in dist/shared-*.js, once. The entry is built apart, as one file, because
// VS Code waits for it at start: what it imports is in a chunk again, so that must have no state.
const { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const { findProvider } = require('@pydantic/genai-prices');
const esbuild = require('esbuild');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');

const shared = {
  bundle: true,
  minify: production,
  sourcemap: !production && 'linked',
  legalComments: 'none',
  logLevel: 'warning',
  define: { 'process.env.NODE_ENV': '"production"' },
};

/** Every x.chunk.ts under src/, by the name of the file that it becomes. */
const chunks = {};
for (const file of readdirSync('src', { recursive: true })) {
  const name = /([\w-]+)\.chunk\.ts$/.exec(file)?.[1];
  if (name === undefined) continue;
  if (name in chunks || name === 'extension' || name === 'webview') throw new Error(`dist/${name}.js twice`);
  chunks[name] = path.join('src', file);
}

/** Keeps `import('./x.chunk')` a `require` at run time, of the file that the chunk becomes. */
const chunkLoading = {
  name: 'chunk-loading',
  setup(build) {
    build.onResolve({ filter: /\.chunk$/ }, ({ kind, path: name }) => {
      if (kind === 'entry-point') return undefined;
      if (kind === 'dynamic-import')
        return { path: `./${path.posix.basename(name, '.chunk')}.js`, external: true };
      return { errors: [{ text: `${name} is loaded by import() alone` }] };
    });
  },
};

/** Bedrock's prices in the place of src/prices/bedrockList.ts, which takes them from a package with everybody's. */
const bedrocksPricesOnly = {
  name: 'bedrocks-prices-only',
  setup(build) {
    build.onLoad({ filter: /[\\/]src[\\/]prices[\\/]bedrockList\.ts$/ }, () => {
      const models = findProvider({ providerId: 'aws' })?.models ?? [];
      if (models.length < 50) throw new Error('genai-prices no longer knows Bedrock’s models');
      const timed = models.find(({ prices }) => JSON.stringify(prices).includes('time_of_date'));
      if (timed) throw new Error(`${timed.id} has a price by the hour, which packageList.ts does not read`);
      const list = models.map(({ id, match, prices }) => ({ id, match, prices }));
      return { contents: `export const bedrockList = ${JSON.stringify(list)};` };
    });
  },
};

/**
 * What several pages load, or a page and the host, as a script of its own that sets a global: the package would
 * otherwise hold it several times. In Node the same file is a module.
 */
const preact = `
  export { Fragment, h, render } from 'preact';
  export { useLayoutEffect, useRef, useState } from 'preact/hooks';
  export { jsx, jsxs } from 'preact/jsx-runtime';
`;
const scripts = {
  preact: { stdin: { contents: preact, resolveDir: __dirname }, from: /^preact(\/hooks|\/jsx-runtime)?$/ },
  markdown: {
    entryPoints: [chunks.markdown],
    from: /\/markdown\/(blockSplitter|codeBlocks|fencedLines|limits|links)$/,
  },
};
const globalOf = (name) => `bedrockGateway_${name}`;

/** Takes from the global what such a script has. */
const scriptsApart = {
  name: 'scripts-apart',
  setup(build) {
    for (const [name, { from }] of Object.entries(scripts)) {
      build.onResolve({ filter: from }, ({ path: module, importer }) => {
        // What is not below src/markdown may be called so as well.
        const isOurs = name !== 'markdown' || module.startsWith('../../markdown/');
        return isOurs && importer ? { path: name, namespace: 'script' } : undefined;
      });
    }
    build.onLoad({ filter: /.*/, namespace: 'script' }, ({ path: name }) => ({
      contents: `module.exports = ${globalOf(name)};`,
    }));
  },
};

/**
 * What the SDK would load and never uses here: its search for credentials in the environment and in ~/.aws (they are
 * always given), a library that recognises browsers, and all of its packages' package.json but the version. And
 * `await import()` inside of it becomes a plain import: else each would be split off as a file of its own.
 */
const unusedOfSdk = {
  'credential-provider-node':
    'export const defaultProvider = () => () => Promise.reject(new Error("Credentials are given"));',
  bowser: 'export default {};',
};

const sdkWhole = {
  name: 'sdk-whole',
  setup(build) {
    for (const [name, contents] of Object.entries(unusedOfSdk))
      build.onLoad(
        { filter: new RegExp(`node_modules[\\\\/](@aws-sdk[\\\\/])?${name}[\\\\/].*\\.m?js$`) },
        () => ({
          contents,
        }),
      );
    build.onLoad({ filter: /node_modules[\\/]@aws-sdk[\\/][^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
    build.onLoad({ filter: /node_modules[\\/]@(aws-sdk|smithy)[\\/].*\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      const imports = [];
      const contents = source.replace(/\bawait import\(("[^"]+")\)/g, (_, module) => {
        imports.push(`import * as imported${imports.length} from ${module};`);
        return `imported${imports.length - 1}`;
      });
      return imports.length > 0 ? { contents: imports.join('\n') + contents } : undefined;
    });
  },
};

/**
 * Grammars that have much in common, such as each one's list of CSS properties, next to each other: deflate, the
 * package's compression, finds what repeats within 32 KB.
 */
const alike = ['css', 'less', 'scss', 'javascript', 'typescript', 'c', 'cpp', 'arduino', 'objectivec'];

const alikeGrammarsTogether = {
  name: 'alike-grammars-together',
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/]lowlight[\\/]lib[\\/]common\.js$/ }, ({ path }) => {
      const imports = alike.map((name) => `import 'highlight.js/lib/languages/${name}';`);
      return { contents: [...imports, readFileSync(path, 'utf8')].join('\n') };
    });
  },
};

/**
 * The exports of a chunk as getters, which see later values and cycles as ESM's do. esbuild would write helpers into each
 * of the many small files, which are longer than some of them.
 */
function withPlainExports(text) {
  const [list, names] = /\bexport\s*\{([^{}]*)\};?(?=\s*(?:\/\/#[^\n]*\s*)?$)/.exec(text) ?? [];
  // A script of a thread exports nothing.
  if (list === undefined) return text;
  const getters = names
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map((each) => {
      const [own, exported = own] = each.split(' as ');
      return `get ${exported}() { return ${own}; }`;
    });
  // On the first line, so that the lines of the source map stay.
  return `module.exports = { ${getters.join(', ')} }; ${text.replace(list, '')}`;
}

/** Writes what was split as ESM as CommonJS. */
const asCommonJs = {
  name: 'as-common-js',
  setup(build) {
    const { minify, target, sourcemap } = build.initialOptions;
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path: file, text } of outputFiles) {
        const { code, map } = await esbuild.transform(withPlainExports(text), {
          format: 'cjs',
          platform: 'node',
          minify,
          target,
          sourcemap: sourcemap && 'external',
        });
        mkdirSync(path.dirname(file), { recursive: true });
        if (map) writeFileSync(`${file}.map`, map);
        writeFileSync(file, map ? `${code}//# sourceMappingURL=${path.basename(file)}.map\n` : code);
      }
    });
  },
};

const node = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  // import('node:http') inside the SDK becomes a require: VS Code's proxy hooks do not see the former.
  supported: { 'dynamic-import': false },
};

/** The chunks that are for the host alone. */
const hostChunks = Object.fromEntries(Object.entries(chunks).filter(([name]) => !(name in scripts)));

const extension = [
  {
    ...node,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    plugins: [chunkLoading],
  },
  {
    ...node,
    entryPoints: hostChunks,
    outdir: 'dist',
    format: 'esm',
    splitting: true,
    chunkNames: 'shared-[hash]',
    write: false,
    sourcemap: !production && 'inline',
    // ESM sources first: the SDK's own ESM tree-shakes, its CommonJS does not (339 KB against 487).
    mainFields: ['module', 'main'],
    plugins: [chunkLoading, bedrocksPricesOnly, sdkWhole, asCommonJs],
  },
  {
    ...shared,
    entryPoints: {
      webview: 'src/webview/reply/main.ts',
      checkWebview: 'src/webview/check/main.ts',
      activityWebview: 'src/webview/activity/main.ts',
    },
    outdir: 'dist',
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    plugins: [scriptsApart, alikeGrammarsTogether],
  },
  ...Object.entries(scripts).map(([name, { from: _, ...entry }]) => ({
    ...shared,
    ...entry,
    outfile: `dist/${name}.js`,
    platform: 'browser',
    format: 'iife',
    globalName: globalOf(name),
    footer: { js: `if (typeof module === 'object') module.exports = ${globalOf(name)};` },
    target: 'es2022',
  })),
];

/** Every .ts and .tsx under test/ is an entry, so that no list of tests is kept by hand. */
const testEntries = readdirSync('test', { recursive: true })
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
  .map((file) => path.join('test', file));

const testBuild = {
  ...node,
  minify: false,
  sourcemap: 'linked',
  packages: 'external',
  entryPoints: testEntries,
  outbase: '.',
  outdir: 'out',
};

/** The licences of all that is bundled: theirs ask for it. */
function writeNotices(results) {
  const packages = new Set();
  for (const { metafile } of results)
    for (const file of Object.keys(metafile.inputs)) {
      const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
      if (found) packages.add(found[1]);
    }
  const notices = [...packages].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(path.join(folder, file), 'utf8').trim() : `Licence: ${license}`;
    return { head: `${name} ${version}`, text };
  });
  // Many of the AWS SDK's packages share one text.
  const byText = grouped(notices);
  const parts = [...byText].map(([text, of]) => `${of.map(({ head }) => head).join(', ')}\n\n${text}\n`);
  writeFileSync('dist/notices.txt', parts.join('\n----------------------------------------\n\n'));
}

/** Of no use without the sources. */
const notShipped = ['development.md'];

/**
 * README and docs/ for the package. VS Code's page of an extension shows no picture that is not on the web, neither a
 * file of ours nor one inside the text (https://github.com/microsoft/vscode-vsce/issues/1196), and opens no link that
 * does not lead to the web. So README's list of documents says where they are, and its other links are plain text.
 * Tables go without the blanks that align their columns.
 */
function writeDocuments() {
  const forPackage = (text) =>
    text
      .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n+/gm, '')
      .replace(/^\|.*\|$/gm, (row) => row.replace(/ {2,}/g, ' ').replace(/-{4,}/g, '---'));
  const whereIs = (document) =>
    notShipped.includes(document) ? 'in the source only' : `\`dist/docs/${document}\``;
  const readme = forPackage(readFileSync('README.md', 'utf8'))
    .replace(/^- \[(.+)\]\(docs\/(.+)\):/gm, (_, title, document) => `- ${title} (${whereIs(document)}):`)
    .replace(/\[([^\]]+)\]\((?!https:)[^)]*\)/g, '$1');
  writeFileSync('dist/README.md', readme);
  mkdirSync('dist/docs');
  for (const document of readdirSync('docs').filter((name) => !notShipped.includes(name)))
    writeFileSync(
      path.join('dist', 'docs', document),
      forPackage(readFileSync(path.join('docs', document), 'utf8')),
    );
}

function grouped(notices) {
  const byText = new Map();
  for (const notice of notices) byText.set(notice.text, [...(byText.get(notice.text) ?? []), notice]);
  return byText;
}

async function main() {
  const builds = tests ? [testBuild] : extension;
  if (watch) {
    for (const options of builds) await (await esbuild.context({ ...options, logLevel: 'info' })).watch();
    return;
  }
  rmSync(tests ? 'out' : 'dist', { recursive: true, force: true });
  const results = await Promise.all(builds.map((options) => esbuild.build({ ...options, metafile: true })));
  if (!production || tests) return;
  writeNotices(results);
  writeDocuments();
}

main().catch(() => process.exit(1));
