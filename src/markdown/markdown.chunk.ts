// Markdown as pages and host read it, in one file that both load: dist/markdown.js. The host does when the code of a
// reply is copied, a page before its own script.
export * from './blockSplitter';
export * from './codeBlocks';
export * from './fencedLines';
export * from './limits';
export * from './links';
