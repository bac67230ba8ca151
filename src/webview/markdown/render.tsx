// Converts markdown-it's tokens to elements. Unknown tokens are shown as text.
import type { Token } from 'markdown-it';
import { h } from 'preact';
import { fill } from '../kit/format';
import { accessibleText } from '../kit/accessibleText';
import { codeBlock } from './code';
import { codeOf } from '../../markdown/codeBlocks';
import { followable, namesOtherHost, readable } from '../../markdown/links';
import { chunks } from '../../markdown/limits';
import type { Child, RenderContext } from './renderContext';

/** Deeper elements are left out but their text is kept, since browsers recurse over the page. */
const maxDepth = 100;

/** Elements, some with a class. The page's own headings have level 2, so those of a reply begin at 3. */
const tags: Readonly<Record<string, string>> = {
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

export function renderTokens(tokens: readonly Token[], context: RenderContext): readonly Child[] {
  const top: Child[] = [];
  const stack: Open[] = [];
  const add = (...contents: readonly Child[]) => (stack.at(-1)?.children ?? top).push(...contents);
  for (const token of tokens) {
    if (token.nesting === 1) stack.push({ close: closing(token, stack.length, context), children: [] });
    else if (token.nesting === -1) {
      const open = stack.pop();
      if (open) add(...open.close(open.children));
    } else add(...leaf(token, context));
  }
  return top;
}

/** A block shown as plain text. */
export function plainBlock(text: string): Child {
  return (
    <div class="plain">
      {chunks(text).map((piece) => (
        <div>{piece}</div>
      ))}
    </div>
  );
}

function leaf(token: Token, context: RenderContext): readonly Child[] {
  switch (token.type) {
    case 'inline':
      return [...taskCheckbox(token, context), ...renderTokens(token.children ?? [], context)];
    case 'fence':
    case 'code_block':
      return [codeBlock(codeOf(token) ?? '', token.info, context)];
    case 'plain_block':
      return [plainBlock(token.content)];
    case 'code_inline':
      return [<code>{token.content}</code>];
    case 'hr':
      return [<hr />];
    case 'hardbreak':
      return [<br />];
    case 'softbreak':
      return ['\n'];
    case 'image':
      return [image(token, context)];
    case 'formula':
      return [
        <span class="formula" dir="ltr">
          {token.content}
        </span>,
      ];
    case 'formula_block':
      return [
        <div class="formula" dir="ltr">
          {token.content}
        </div>,
      ];
    case 'footnote_reference':
      return [footnoteReference(token.info, context)];
    case 'reference_definition':
      return [];
    default:
      return token.content ? [token.content] : [];
  }
}

function closing(token: Token, depth: number, context: RenderContext): Open['close'] {
  if (token.hidden || depth >= maxDepth) return (children) => children;
  switch (token.type) {
    case 'link_open':
      return (children) => link(attribute(token, 'href'), children);
    case 'footnote_open':
      return (children) => [
        <div class="footnote">
          <span class="label" tabIndex={-1}>
            {token.info}
          </span>{' '}
          <div>{children}</div>
        </div>,
      ];
    case 'summary_open':
      return (children) => [<summary>{children.length > 0 ? children : context.strings.details}</summary>];
    case 'list_item_open':
      if (token.meta?.['isTask']) return (children) => [<li class="task">{children}</li>];
  }
  const [tag, name] = (
    tags[token.type === 'heading_open' ? token.tag : token.type.replace(/_open$/, '')] ?? ''
  ).split('.');
  if (!tag) return (children) => children;
  if (tag === 'table')
    return (children) => [
      <div class="table">
        <table>{children}</table>
      </div>,
    ];
  const attributes = { class: name ?? alignmentOf(tag, token), ...attributesOf(token, tag) };
  return (children) => [h(tag, attributes, children)];
}

/** The checkbox of a task: read-only, with a label for screen readers. */
function taskCheckbox({ meta }: Token, { strings }: RenderContext): readonly Child[] {
  const isDone = meta?.['isDone'];
  if (typeof isDone !== 'boolean') return [];
  const name = isDone ? strings.taskDone : strings.taskOpen;
  return [<input class="box" type="checkbox" disabled aria-label={name} checked={isDone} />, ' '];
}

function footnoteReference(label: string, { strings }: RenderContext): Child {
  const name = fill(strings.footnote, label);
  return (
    <sup>
      <button
        type="button"
        class="footnote-reference"
        aria-label={name}
        title={name}
        onClick={({ currentTarget }) => showFootnote(label, currentTarget)}
      >
        {label}
      </button>
    </sup>
  );
}

/** Scrolls to the definition in the same reply and focuses it. */
function showFootnote(label: string, from: HTMLElement): void {
  const labels = from.closest('.markdown')?.querySelectorAll<HTMLElement>('.footnote > .label') ?? [];
  const definition = [...labels].find(({ textContent }) => textContent.toLowerCase() === label.toLowerCase());
  definition?.scrollIntoView({ block: 'nearest' });
  definition?.focus({ preventScroll: true });
}

function attributesOf(token: Token, tag: string): Readonly<Record<string, unknown>> {
  if (tag === 'details') return token.attrGet('open') === null ? {} : { open: true };
  const start = tag === 'ol' ? attribute(token, 'start') : '';
  return start ? { start } : {};
}

/** The class for a column's alignment. markdown-it gives it as a style, which the page's policy blocks. */
function alignmentOf(tag: string, token: Token): string | undefined {
  const side = /^text-align:(left|center|right)$/.exec(attribute(token, 'style'))?.[1];
  return tag === 'td' || tag === 'th' ? side : undefined;
}

/** A link. Its address follows if its text names another host, or if the link can't be opened. */
function link(address: string, children: readonly Child[]): readonly Child[] {
  const href = followable(address);
  const displayedAddress = readable(href ?? address);
  const text = accessibleText([...children]);
  if (href !== undefined) {
    const followed = (
      <a href={href} title={displayedAddress}>
        {children}
      </a>
    );
    return namesOtherHost(text, href) ? [followed, ` (${displayedAddress})`] : [followed];
  }
  return address === '' || text === displayedAddress || text === address
    ? children
    : [...children, ` (${displayedAddress})`];
}

function image(token: Token, { strings }: RenderContext): Child {
  const address = attribute(token, 'src');
  const description = token.content.trim();
  const displayedAddress = readable(address);
  const text = strings.picture.replace('{0}', () =>
    description ? `${description} (${displayedAddress})` : displayedAddress,
  );
  return <span class="picture">{link(address, [text]).slice(0, 1)}</span>;
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}
