// Checks types and runs ESLint on the same programs: to make them is most of the work of both. Prints what is wrong;
// the exit code is 1 if anything is. `npm run types` and `npm run lint` do the same, each by itself.
import path from 'node:path';
import { ESLint } from 'eslint';
import ts from 'typescript';

const project = path.dirname(import.meta.dirname);
const configurations = ['tsconfig.json', 'src/webview/tsconfig.json', 'test/tsconfig.json'];

function programOf(configuration) {
  const file = path.join(project, configuration);
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: report };
  const parsed = ts.getParsedCommandLineOfConfigFile(file, {}, host);
  if (!parsed) process.exit(1);
  parsed.errors.forEach(report);
  return ts.createProgram(
    parsed.fileNames,
    parsed.options,
    sharing(ts.createCompilerHost(parsed.options, true)),
  );
}

const sources = new Map();

/** The programs' options differ only in what is global, so that they can have all parsed files in common. */
function sharing(host) {
  const parse = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...options) => {
    if (!sources.has(name)) sources.set(name, parse(name, ...options));
    return sources.get(name);
  };
  return host;
}

function report(diagnostic) {
  process.exitCode = 1;
  const host = {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => project,
    getNewLine: () => '\n',
  };
  console.log(ts.formatDiagnostic(diagnostic, host).trim());
}

const programs = configurations.map(programOf);
for (const program of programs) ts.getPreEmitDiagnostics(program).forEach(report);

const eslint = new ESLint({
  cwd: project,
  overrideConfig: [
    { files: ['**/*.ts', '**/*.tsx'], languageOptions: { parserOptions: { programs, project: false } } },
  ],
});
const results = await eslint.lintFiles(['.']);
const text = await (await eslint.loadFormatter('stylish')).format(results);
if (text) console.log(text);
if (results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0)) process.exitCode = 1;
