// A reply as the page draws it, in one line of text that tests can read and compare.
import { BlockSplitter } from '../../../src/webview/markdown/blockSplitter';
import { OpenCode } from '../../../src/webview/markdown/openCode';
import { parse, type References } from '../../../src/webview/markdown/parser';
import { healPartialMarkdown } from '../../../src/webview/markdown/healPartialMarkdown';
import { plain, renderTokens } from '../../../src/webview/markdown/render';
import type { Child, VNode } from '../../../src/webview/kit/vnode';
import { words } from './words';

export const around = { words, copyCode: () => undefined };

/** All elements, depth first. */
export function elementsOf(contents: readonly Child[]): readonly VNode[] {
  return contents.flatMap((content) =>
    typeof content === 'string' ? [] : [content, ...elementsOf(content.children)],
  );
}

/**
 * The text with its elements, as `<tag.class>…</tag>`, of a link with its address. Its own "<" is "&lt;"; the colours
 * of code are left out.
 */
export function outlineOf(contents: readonly Child[]): string {
  return contents
    .map((content) => {
      if (typeof content === 'string') return content.replaceAll('<', '&lt;');
      const { tag, class: name, attributes = {}, children } = content;
      if (name?.startsWith('hljs') || tag === 'button') return outlineOf(children);
      const states = (['checked', 'open'] as const).filter((state) => state in attributes);
      const head = [[tag, ...(name?.split(' ') ?? [])].join('.'), attributes.href ?? [], states]
        .flat(2)
        .join(' ');
      return tag === 'br' || tag === 'input' ? `<${head}>` : `<${head}>${outlineOf(children)}</${tag}>`;
    })
    .join('');
}

export function drawn(source: string): readonly Child[] {
  return renderTokens(parse(source, {}), around);
}

/** The reply as it stands when it has arrived in these parts and is over. */
export function drawnInParts(parts: readonly string[]): readonly Child[] {
  const growth = new BlockSplitter();
  const regions = [...parts.flatMap((part) => growth.take(part)), ...growth.end()];
  const references: References = {};
  const draw = ({ source, plain: isPlain }: (typeof regions)[number]) =>
    isPlain ? [plain(source)] : renderTokens(parse(source, references), around);
  for (const region of regions) draw(region);
  return regions.flatMap(draw);
}

/** The reply as it stands while no more of it has arrived than this. */
export function drawnSoFar(begun: string): readonly Child[] {
  const growth = new BlockSplitter();
  const references: References = {};
  const finished = growth
    .take(begun)
    .flatMap(({ source }) => renderTokens(parse(source, references), around));
  const { region, fence } = growth.tail;
  if (fence) return [...finished, new OpenCode().shape(region.source, fence, around, 0)];
  const tail = healPartialMarkdown(region.source);
  return [...finished, ...renderTokens(parse(tail, Object.create(references) as References, true), around)];
}

/** A reply, and how it is drawn. */
export type Case = readonly [source: string, outline: string];
