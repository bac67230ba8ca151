// From markdown-it's tokens to shapes. What a token is not listed for is shown as its text.
import type { Token } from 'markdown-it';
import { button, h, shapeText, type Attribute, type Child, type VNode, type Tag } from '../kit/vnode';
import { filled } from '../kit/format';
import { codeBlock } from './code';
import { followable, namesOtherHost, readable } from './links';
import { chunks } from './limits';
import type { RenderContext } from './renderContext';

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
  ...{ u: 'u', sub: 'sub', sup: 'sup', kbd: 'kbd', mark: 'mark', code: 'code' },
  details: 'details.folded',
  summary: 'summary',
};

interface Open {
  readonly close: (children: readonly Child[]) => readonly Child[];
  readonly children: Child[];
}

export function renderTokens(tokens: readonly Token[], around: RenderContext): readonly Child[] {
  const top: Child[] = [];
  const stack: Open[] = [];
  const add = (...contents: readonly Child[]) => (stack.at(-1)?.children ?? top).push(...contents);
  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ close: closing(token, stack.length, around), children: [] });
    else if (token.nesting === -1) {
      const open = stack.pop();
      if (open) add(...open.close(open.children));
    } else add(...leaf(token, around));
  }
  return top;
}

/** A block that is shown as it was written. */
export function plain(text: string): VNode {
  return h(
    'div.plain',
    chunks(text).map((piece) => h('div', [piece])),
  );
}

function leaf(token: Token, around: RenderContext): readonly Child[] {
  switch (token.type) {
    case 'inline':
      return [...box(token, around), ...renderTokens(token.children ?? [], around)];
    case 'fence':
    case 'code_block':
      return [codeBlock(withoutLastNewline(token.content), token.info, around)];
    case 'code_inline':
      return [h('code', [token.content])];
    case 'hr':
      return [h('hr')];
    case 'hardbreak':
      return [h('br')];
    case 'softbreak':
      return ['\n'];
    case 'image':
      return [picture(token, around)];
    case 'formula':
      return [h('span.formula', [token.content], { attributes: { dir: 'ltr' } })];
    case 'formula_block':
      return [h('div.formula', [token.content], { attributes: { dir: 'ltr' } })];
    case 'footnote_reference':
      return [footnoteReference(token.info, around)];
    case 'reference_definition':
      return [];
    default:
      return token.content ? [token.content] : [];
  }
}

function closing(token: Token, depth: number, around: RenderContext): Open['close'] {
  if (token.hidden || depth >= deepest) return (children) => children;
  switch (token.type) {
    case 'link_open':
      return (children) => link(attribute(token, 'href'), children);
    case 'footnote_open':
      return (children) => [h('div.footnote', [footnoteLabel(token.info), ' ', h('div', children)])];
    case 'summary_open':
      return (children) => [h('summary', children.length > 0 ? children : [around.words.details])];
    case 'list_item_open':
      if (token.meta?.['isTask']) return (children) => [h('li.task', children)];
  }
  const tag = tags[token.type === 'heading_open' ? token.tag : token.type.replace(/_open$/, '')];
  if (!tag) return (children) => children;
  if (tag === 'table') return (children) => [h('div.table', [h('table', children)])];
  return (children) => [h(aligned(tag, token), children, { attributes: attributesOf(token, tag) })];
}

/** The box of a task: shown, and heard, but not to be changed. */
function box({ meta }: Token, { words }: RenderContext): readonly Child[] {
  const isDone = meta?.['isDone'];
  if (typeof isDone !== 'boolean') return [];
  const attributes = {
    type: 'checkbox',
    disabled: '',
    'aria-label': isDone ? words.taskDone : words.taskOpen,
    ...(isDone && { checked: '' }),
  };
  return [h('input.box', [], { attributes }), ' '];
}

function footnoteLabel(label: string): VNode {
  return h('span.label', [label], { attributes: { tabindex: '-1' } });
}

function footnoteReference(label: string, { words }: RenderContext): VNode {
  return h('sup', [
    button(label, (from) => showFootnote(label, from), 'footnote-reference', filled(words.footnote, label)),
  ]);
}

/** Brings the reader to the definition in the same reply. */
function showFootnote(label: string, from: HTMLElement): void {
  const labels = from.closest('.markdown')?.querySelectorAll<HTMLElement>('.footnote > .label') ?? [];
  const found = [...labels].find(({ textContent }) => textContent.toLowerCase() === label.toLowerCase());
  found?.scrollIntoView({ block: 'nearest' });
  found?.focus({ preventScroll: true });
}

function attributesOf(token: Token, tag: string): Partial<Record<Attribute, string>> {
  if (tag === 'details.folded') return token.attrGet('open') === null ? {} : { open: '' };
  const start = tag === 'ol' ? attribute(token, 'start') : '';
  return start ? { start } : {};
}

/** A column's alignment comes as a style, which the page's policy forbids: it becomes a class. */
function aligned(tag: Tag | `${Tag}.${string}`, token: Token): Tag | `${Tag}.${string}` {
  const side = /^text-align:(left|center|right)$/.exec(attribute(token, 'style'))?.[1];
  return side && (tag === 'td' || tag === 'th') ? `${tag}.${side}` : tag;
}

/** A link; with its address after it where its text does not say where it leads, or says otherwise. */
function link(address: string, children: readonly Child[]): readonly Child[] {
  const href = followable(address);
  const shown = readable(href ?? address);
  const text = shapeText(children);
  if (href !== undefined) {
    const followed = h('a', children, { attributes: { href, title: shown } });
    return namesOtherHost(text, href) ? [followed, ` (${shown})`] : [followed];
  }
  return address === '' || text === shown || text === address ? children : [...children, ` (${shown})`];
}

function picture(token: Token, { words }: RenderContext): VNode {
  const address = attribute(token, 'src');
  const description = token.content.trim();
  const shown = readable(address);
  const text = words.picture.replace('{0}', () => (description ? `${description} (${shown})` : shown));
  return h('span.picture', link(address, [text]).slice(0, 1));
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function withoutLastNewline(text: string): string {
  return text.endsWith('\n') ? text.slice(0, -1) : text;
}
