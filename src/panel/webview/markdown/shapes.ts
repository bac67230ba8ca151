// From markdown-it's tokens to shapes. What a token is not listed for is shown as its text.
import type { Token } from 'markdown-it';
import { shape, type Attribute, type Content, type Shape, type Tag } from '../shape';
import { codeBlock } from './code';
import { followable, readable } from './links';
import { pieces } from './limits';
import type { Surroundings } from './surroundings';

/** Elements inside elements beyond this are left out, their text is not: browsers recurse over the page. */
const deepest = 100;

/** The page's own headings are of level 2, so those of a reply begin at 3. */
const tags: Readonly<Record<string, Tag | `${Tag}.${string}`>> = {
  paragraph: 'p',
  h1: 'h3.first',
  h2: 'h4.second',
  h3: 'h5.third',
  h4: 'h6.fourth',
  h5: 'h6.fourth',
  h6: 'h6.fourth',
  bullet_list: 'ul',
  ordered_list: 'ol',
  list_item: 'li',
  blockquote: 'blockquote',
  table: 'table',
  thead: 'thead',
  tbody: 'tbody',
  tr: 'tr',
  th: 'th',
  td: 'td',
  em: 'em',
  strong: 'strong',
  s: 'del',
};

interface Open {
  readonly close: (children: readonly Content[]) => readonly Content[];
  readonly children: Content[];
}

export function shapes(tokens: readonly Token[], around: Surroundings): readonly Content[] {
  const top: Content[] = [];
  const stack: Open[] = [];
  const add = (...contents: readonly Content[]) => (stack.at(-1)?.children ?? top).push(...contents);
  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ close: closing(token, stack.length), children: [] });
    else if (token.nesting === -1) {
      const open = stack.pop();
      if (open) add(...open.close(open.children));
    } else add(...leaf(token, around));
  }
  return top;
}

/** A block that is shown as it was written. */
export function plain(text: string): Shape {
  return shape(
    'div.plain',
    pieces(text).map((piece) => shape('div', [piece])),
  );
}

function leaf(token: Token, around: Surroundings): readonly Content[] {
  switch (token.type) {
    case 'inline':
      return shapes(token.children ?? [], around);
    case 'fence':
    case 'code_block':
      return [codeBlock(withoutLastNewline(token.content), token.info, around)];
    case 'code_inline':
      return [shape('code', [token.content])];
    case 'hr':
      return [shape('hr')];
    case 'hardbreak':
      return [shape('br')];
    case 'softbreak':
      return ['\n'];
    case 'image':
      return [picture(token, around)];
    case 'reference_definition':
      return [];
    default:
      return token.content ? [token.content] : [];
  }
}

function closing(token: Token, depth: number): Open['close'] {
  if (token.hidden || depth >= deepest) return (children) => children;
  if (token.type === 'link_open') return (children) => link(attribute(token, 'href'), children);
  const tag = tags[token.type === 'heading_open' ? token.tag : token.type.replace(/_open$/, '')];
  if (!tag) return (children) => children;
  if (tag === 'table') return (children) => [shape('div.table', [shape('table', children)])];
  return (children) => [shape(aligned(tag, token), children, { attributes: attributesOf(token, tag) })];
}

function attributesOf(token: Token, tag: string): Partial<Record<Attribute, string>> {
  const start = tag === 'ol' ? attribute(token, 'start') : '';
  return start ? { start } : {};
}

/** A column's alignment comes as a style, which the page's policy forbids: it becomes a class. */
function aligned(tag: Tag | `${Tag}.${string}`, token: Token): Tag | `${Tag}.${string}` {
  const side = /^text-align:(left|center|right)$/.exec(attribute(token, 'style'))?.[1];
  return side && (tag === 'td' || tag === 'th') ? `${tag}.${side}` : tag;
}

function link(address: string, children: readonly Content[]): readonly Content[] {
  const href = followable(address);
  if (href !== undefined) return [shape('a', children, { attributes: { href, title: readable(href) } })];
  const shown = readable(address);
  const text = children.length === 1 ? children[0] : undefined;
  return address === '' || text === shown || text === address ? children : [...children, ` (${shown})`];
}

function picture(token: Token, { words }: Surroundings): Shape {
  const address = attribute(token, 'src');
  const description = token.content.trim();
  const shown = readable(address);
  const text = words.picture.replace('{0}', () => (description ? `${description} (${shown})` : shown));
  return shape('span.picture', link(address, [text]).slice(0, 1));
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function withoutLastNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
