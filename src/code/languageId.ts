// The VS Code language of a code block.
import { languages } from 'vscode';
import { language } from '../markdown/fencedLines';

/** What models write after a fence → VS Code's language ID, where the two differ. */
const aliases: ReadonlyMap<string, string> = new Map(
  Object.entries({
    shellscript: 'sh,bash,zsh,shell,ksh,console,shellsession,fish',
    javascript: 'js,mjs,cjs,node',
    javascriptreact: 'jsx',
    typescript: 'ts,mts,cts',
    typescriptreact: 'tsx',
    python: 'py,python3,pyi,pycon,ipython',
    ruby: 'rb',
    rust: 'rs',
    go: 'golang',
    csharp: 'cs,c#',
    fsharp: 'fs,f#',
    vb: 'vbnet,visualbasic',
    cpp: 'c++,cc,cxx,hpp,hxx',
    c: 'h',
    'objective-c': 'objc,objectivec,m',
    'objective-cpp': 'mm,objectivecpp',
    java: 'jsp',
    kotlin: 'kt,kts',
    powershell: 'ps1,pwsh,ps,psm1',
    bat: 'cmd,batch,batchfile,dos',
    yaml: 'yml',
    markdown: 'md,mdx',
    plaintext: 'txt,text,plain',
    html: 'htm,xhtml',
    xml: 'xsd,svg,plist,xsl',
    dockerfile: 'docker,containerfile',
    makefile: 'make,mk,mak',
    jsonc: 'json5',
    latex: 'tex',
    perl: 'pl',
    haskell: 'hs',
    elixir: 'ex,exs',
    erlang: 'erl',
    clojure: 'clj,cljs,edn',
    coffeescript: 'coffee',
    diff: 'patch',
    ini: 'cfg,conf',
    graphql: 'gql',
    terraform: 'tf,hcl',
    proto3: 'proto,protobuf',
    julia: 'jl',
    razor: 'cshtml',
    handlebars: 'hbs',
  }).flatMap(([id, words]) => words.split(',').map((word) => [word, id] as const)),
);

/** The ID for an info string; undefined if VS Code has no such language, so that it may detect one. */
export async function languageIdOf(info: string): Promise<string | undefined> {
  const word = language(info).toLowerCase();
  if (!word) return undefined;
  const known = await languages.getLanguages();
  return [word, aliases.get(word)].find((id) => id !== undefined && known.includes(id));
}
