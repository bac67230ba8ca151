// A reply as the page draws it, in one line of text that tests can read and compare.
import { Growth } from '../../../src/webview/markdown/blockSplitter';
import { OpenCode } from '../../../src/webview/markdown/openCode';
import { parse, type References } from '../../../src/webview/markdown/parser';
import { presentable } from '../../../src/webview/markdown/healPartialMarkdown';
import { plain, shapes } from '../../../src/webview/markdown/render';
import type { Content, Shape } from '../../../src/webview/kit/vnode';
import { words } from './words';

export const around = { words, copyCode: () => undefined };

/** All elements, depth first. */
export function elementsOf(contents: readonly Content[]): readonly Shape[] {
  return contents.flatMap((content) =>
    typeof content === 'string' ? [] : [content, ...elementsOf(content.children)],
  );
}

/**
 * The text with its elements, as `<tag.class>…</tag>`, of a link with its address. Its own "<" is "&lt;"; the colours
 * of code are left out.
 */
export function outlineOf(contents: readonly Content[]): string {
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

export function drawn(source: string): readonly Content[] {
  return shapes(parse(source, {}), around);
}

/** The reply as it stands when it has arrived in these parts and is over. */
export function drawnInParts(parts: readonly string[]): readonly Content[] {
  const growth = new Growth();
  const regions = [...parts.flatMap((part) => growth.take(part)), ...growth.end()];
  const references: References = {};
  const draw = ({ source, plain: isPlain }: (typeof regions)[number]) =>
    isPlain ? [plain(source)] : shapes(parse(source, references), around);
  for (const region of regions) draw(region);
  return regions.flatMap(draw);
}

/** The reply as it stands while no more of it has arrived than this. */
export function drawnSoFar(begun: string): readonly Content[] {
  const growth = new Growth();
  const references: References = {};
  const finished = growth.take(begun).flatMap(({ source }) => shapes(parse(source, references), around));
  const { region, fence } = growth.tail;
  if (fence) return [...finished, new OpenCode().shape(region.source, fence, around, 0)];
  const tail = presentable(region.source);
  return [...finished, ...shapes(parse(tail, Object.create(references) as References, true), around)];
}

/** A reply, and how it is drawn. */
export type Case = readonly [source: string, outline: string];
