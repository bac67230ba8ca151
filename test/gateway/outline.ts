/** What a few patterns find in a prompt. */
export interface Findings {
  readonly characters: number;
  readonly words: number;
  readonly lines: number;
  /** Headings, functions and classes in order, or else the first lines. */
  readonly outline: readonly string[];
  readonly code: string;
  readonly language: string;
}

const outlinePatterns: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['heading', /^#{1,6}\s+(.+?)\s*#*$/],
  ['function', /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*([\w$]+)/],
  [
    'function',
    /^\s*(?:export\s+)?(?:const|let|var)\s+([\w$]+)[^=]*=\s*(?:async\s*)?(?:\([^)]*\)|[\w$]+)\s*=>/,
  ],
  ['function', /^\s*(?:pub\s+)?(?:async\s+)?(?:def|fn|func|fun|sub)\s+(?:\([^)]*\)\s*)?([\w$]+)/],
  ['function', /^\s*(?:public|private|protected|static|final)\b[^(]{0,120}?\b([\w$]+)\s*\(/],
  ['type', /^\s*(?:export\s+)?(?:abstract\s+)?(?:class|interface|struct|enum|trait|type)\s+([\w$]+)/],
];

const maxOutlineLength = 12;
/** Longer lines are no heading, declaration or fence, and would slow the patterns down. */
const maxLineLength = 300;

export function findings(text: string): Findings {
  const lines = text.split(/\r\n|\r|\n/);
  const marked = lines.slice(0, 5000).flatMap((line) => {
    for (const [kind, pattern] of line.length <= maxLineLength ? outlinePatterns : []) {
      const name = pattern.exec(line)?.[1];
      if (name !== undefined) return [`${kind} ${name}`];
    }
    return [];
  });
  const first = lines.filter((line) => line.trim() !== '').slice(0, 3);
  return {
    characters: Array.from(text).length,
    words: text.split(/\s+/).filter(Boolean).length,
    lines: lines.length,
    outline: (marked.length ? marked : first.map((line) => line.trim().slice(0, 80))).slice(
      0,
      maxOutlineLength,
    ),
    ...(fencedPart(text) ?? { code: text, language: '' }),
  };
}

/** The first fenced block, unchanged, and its language. */
function fencedPart(text: string): Pick<Findings, 'code' | 'language'> | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.length <= maxLineLength && /^(```|~~~)/.test(line));
  const [, fence = '', language = ''] = /^(`{3,}|~{3,})[ \t]*([^\s`]*)/.exec(lines[start] ?? '') ?? [];
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith(fence));
  if (start < 0 || length < 0) return undefined;
  return { code: `${lines.slice(start + 1, start + 1 + length).join('\n')}\n`, language };
}

/** Fences a text with a fence that nothing in it can close. */
export function fenced(text: string, language: string): string {
  const longest = Array.from(text.matchAll(/`+/g), ([run]) => run.length).reduce((a, b) => Math.max(a, b), 2);
  const ticks = '`'.repeat(longest + 1);
  return `${ticks}${language}\n${text}${text.endsWith('\n') ? '' : '\n'}${ticks}`;
}
