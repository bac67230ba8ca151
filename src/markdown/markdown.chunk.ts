// The Markdown parser of the pages and the host, in one file that both load: dist/markdown.js. The host loads it to
// copy a reply's code, a page before its own script.
export * from './blockSplitter';
export * from './codeBlocks';
export * from './fencedLines';
export * from './limits';
export * from './links';
