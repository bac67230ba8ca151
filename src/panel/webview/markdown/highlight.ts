// Colours for code, by lowlight's common grammars. A language is never guessed: guessing tries them all.
import { common, createLowlight } from 'lowlight';
import { shape, type Content } from '../shape';

const lowlight = createLowlight(common);

/** Grammars are regular expressions, and slow on very long code and lines. */
const longestCode = 60_000;
const longestLine = 2_000;

type Node = ReturnType<typeof lowlight.highlight>['children'][number];

/** Undefined when the language is unknown or the code is too long. */
export function highlighted(code: string, language: string): readonly Content[] | undefined {
  if (!isHighlightable(code, language)) return undefined;
  return contents(lowlight.highlight(language.toLowerCase(), code).children);
}

export function isHighlightable(code: string, language: string): boolean {
  if (!language || code.length > longestCode || !lowlight.registered(language.toLowerCase())) return false;
  return code.length <= longestLine || code.split('\n').every((line) => line.length <= longestLine);
}

function contents(nodes: readonly Node[]): readonly Content[] {
  return nodes.flatMap((node): readonly Content[] => {
    if (node.type === 'text') return [node.value];
    if (node.type !== 'element') return [];
    const names = node.properties.className;
    const classes = Array.isArray(names) ? names.join('.') : '';
    return [shape(`span.${classes}`, contents(node.children))];
  });
}
