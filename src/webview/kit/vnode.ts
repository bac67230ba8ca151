// What the page should look like, as plain data: made without a page, tested without a page, and brought
// to the page by patch.ts. It has no room for HTML, a style or a script.

export type Tag =
  | 'a'
  | 'blockquote'
  | 'br'
  | 'button'
  | 'code'
  | 'dd'
  | 'del'
  | 'details'
  | 'div'
  | 'dl'
  | 'dt'
  | 'em'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'hr'
  | 'input'
  | 'kbd'
  | 'label'
  | 'li'
  | 'mark'
  | 'nav'
  | 'ol'
  | 'option'
  | 'p'
  | 'pre'
  | 'select'
  | 'span'
  | 'strong'
  | 'sub'
  | 'summary'
  | 'sup'
  | 'table'
  | 'tbody'
  | 'td'
  | 'tfoot'
  | 'th'
  | 'thead'
  | 'tr'
  | 'u'
  | 'ul'
  | 'wbr';

export interface VNode {
  readonly tag: Tag;
  readonly class?: string;
  /**
   * Names it among its siblings: its element never becomes another's, nor another's its own, so that a button which
   * has the focus does what it did.
   */
  readonly key?: string;
  readonly attributes?: Readonly<Partial<Record<Attribute, string>>>;
  /** Custom properties of its style, for figures that CSS draws: a style attribute would be blocked. */
  readonly figures?: Readonly<Record<`--${string}`, number>>;
  readonly click?: (element: HTMLElement) => void;
  /** Of a select or an input: what is chosen or typed, until the reader does otherwise. */
  readonly value?: string;
  /** Called with what the reader has chosen or typed. */
  readonly enter?: (value: string) => void;
  readonly children: readonly Child[];
}

export type Child = VNode | string;

export type Attribute =
  | 'aria-controls'
  | 'aria-expanded'
  | 'aria-hidden'
  | 'aria-label'
  | 'aria-rowindex'
  | 'aria-selected'
  | 'aria-sort'
  | 'checked'
  | 'dir'
  | 'disabled'
  | 'hidden'
  | 'href'
  | 'id'
  | 'open'
  | 'placeholder'
  | 'role'
  | 'scope'
  | 'spellcheck'
  | 'start'
  | 'tabindex'
  | 'title'
  | 'type'
  | 'value';

/** `tag` may carry a class: 'div.code'. */
export function h(
  tag: Tag | `${Tag}.${string}`,
  children: readonly Child[] = [],
  rest: Omit<VNode, 'tag' | 'class' | 'children'> = {},
): VNode {
  const dot = tag.indexOf('.');
  if (dot < 0) return { tag: tag as Tag, children, ...rest };
  return { tag: tag.slice(0, dot) as Tag, class: tag.slice(dot + 1).replaceAll('.', ' '), children, ...rest };
}

export function button(
  label: string,
  click: (element: HTMLElement) => void,
  kind = 'quiet',
  name?: string,
  title = name,
): VNode {
  const attributes = {
    type: 'button',
    ...(name === undefined ? {} : { 'aria-label': name }),
    ...(title === undefined ? {} : { title }),
  };
  return { tag: 'button', class: kind, attributes, click, children: [label] };
}

const lineEnding: ReadonlySet<Tag> = new Set([
  'blockquote',
  'br',
  'details',
  'div',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'li',
  'p',
  'pre',
  'summary',
  'td',
  'th',
  'tr',
]);

/** What a reader hears of it: its text without its buttons. */
export function shapeText(contents: readonly Child[]): string {
  return contents
    .map((content) => {
      if (typeof content === 'string') return content;
      if (content.tag === 'button') return '';
      if (content.tag === 'input') return content.attributes?.['aria-label'] ?? '';
      const text = shapeText(content.children);
      return lineEnding.has(content.tag) ? `${text}\n` : text;
    })
    .join('');
}
