// The few HTML tags without attributes that models write into Markdown: they become our own elements. All other tags,
// and unpaired ones, are text.
import type { StateInline, Token } from 'markdown-it';

/** The element for each pair of tags, by markdown-it's name or its own. */
const pairs: Readonly<Record<string, string>> = {
  ...{ b: 'strong', strong: 'strong', i: 'em', em: 'em', s: 's', del: 's', u: 'u', ins: 'u' },
  ...{ sub: 'sub', sup: 'sup', kbd: 'kbd', mark: 'mark', code: 'code' },
};

/** A pattern for the names of all tags that are not shown as text. */
export const tagNames = `(?:br|${Object.keys(pairs).join('|')})`;

const tag = new RegExp(`<(/?)(${tagNames})\\s*(/?)>`, 'iy');

export function tagRule(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== '<') return false;
  tag.lastIndex = state.pos;
  const [whole, isClosing, name = '', isVoid] = tag.exec(state.src) ?? [];
  if (whole === undefined || state.pos + whole.length > state.posMax) return false;
  const isBreak = name.toLowerCase() === 'br';
  if (isVoid && !isBreak) return false;
  if (!silent) {
    const token = state.push(isBreak ? 'hardbreak' : 'tag', '', 0);
    if (!isBreak) token.content = whole;
    token.markup = name.toLowerCase();
    token.info = isClosing ? 'close' : 'open';
  }
  state.pos += whole.length;
  return true;
}

/** Pairs the tags of a text, after emphasis was parsed: a pair must contain complete elements. */
export function pairTags({ src, tokens }: StateInline): void {
  if (!src.includes('<')) return;
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.nesting === 1) open.push(token);
    else if (token.nesting === -1) while (isTag(open.pop()));
    else if (!isTag(token)) continue;
    else if (token.info === 'open') open.push(token);
    else pairWith(token, open);
  }
  for (const token of tokens) if (isTag(token)) token.type = 'text';
}

function isTag(token: Token | undefined): token is Token {
  return token?.type === 'tag';
}

function pairWith(closing: Token, open: Token[]): void {
  const at = open.findLastIndex((token) => !isTag(token) || token.markup === closing.markup);
  const opening = open[at];
  if (!isTag(opening)) return;
  open.length = at;
  const name = pairs[closing.markup] ?? closing.markup;
  Object.assign(opening, { type: `${name}_open`, nesting: 1, content: '' });
  Object.assign(closing, { type: `${name}_close`, nesting: -1, content: '' });
}

/** The closing tag for `name`. */
export const closingTag = (name: string): string => `</${name}>`;
