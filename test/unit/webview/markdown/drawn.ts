// A reply as the page draws it, in one line of text that tests can read and compare.
import { render } from 'preact';
import { BlockSplitter, type Region } from '../../../../src/markdown/blockSplitter';
import { tokensOf, unfinishedTokens } from '../../../../src/markdown/codeBlocks';
import { parse, type References } from '../../../../src/markdown/parser';
import { OpenCode } from '../../../../src/webview/markdown/openCode';
import { plainBlock, renderTokens } from '../../../../src/webview/markdown/render';
import type { Child, RenderContext } from '../../../../src/webview/markdown/renderContext';
import { strings } from '../strings';

export function context(): RenderContext {
  return { strings, onCode: () => undefined, canReplace: true, numbers: { next: 0 } };
}

/** The elements of the page, drawn. */
export function onPage(contents: readonly Child[]): HTMLElement {
  const page = document.createElement('div');
  render([...contents], page);
  return page;
}

/** All elements, depth first. */
export function elementsOf(contents: readonly Child[]): readonly HTMLElement[] {
  return [...onPage(contents).querySelectorAll<HTMLElement>('*')];
}

/**
 * The text with its elements, as `<tag.class>…</tag>`, of a link with its address. Its own "<" is "&lt;"; the colours
 * of code are left out.
 */
export function outlineOf(contents: readonly Child[]): string {
  return outlineIn(onPage(contents));
}

function outlineIn(parent: Node): string {
  return [...parent.childNodes]
    .map((node) => {
      if (!(node instanceof HTMLElement)) return (node.textContent ?? '').replaceAll('<', '&lt;');
      const tag = node.localName;
      // One of a code block's buttons stands for all.
      if (tag === 'button' && parent instanceof HTMLElement && parent.className === 'bar')
        return node.textContent === strings.copyCode ? strings.copyCode : '';
      if (tag === 'button' || node.className.startsWith('hljs')) return outlineIn(node);
      const states = (['checked', 'open'] as const).filter(
        (state) => (node as Partial<Record<'checked' | 'open', boolean>>)[state],
      );
      const name = [tag, ...node.classList].join('.');
      const head = [name, node.getAttribute('href') ?? [], states].flat(2).join(' ');
      return tag === 'br' || tag === 'input' ? `<${head}>` : `<${head}>${outlineIn(node)}</${tag}>`;
    })
    .join('');
}

export function drawn(source: string): readonly Child[] {
  return renderTokens(parse(source, {}), context());
}

function drawRegion(region: Region, references: References): readonly Child[] {
  const tokens = tokensOf(region, references);
  return tokens ? renderTokens(tokens, context()) : [plainBlock(region.source)];
}

/** The reply as it stands when it has arrived in these parts and is over. */
export function drawnInParts(parts: readonly string[]): readonly Child[] {
  const growth = new BlockSplitter();
  const regions = [...parts.flatMap((part) => growth.push(part)), ...growth.end()];
  const references: References = {};
  for (const region of regions) drawRegion(region, references);
  return regions.flatMap((region) => drawRegion(region, references));
}

/** The reply as it stands while no more of it has arrived than this. */
export function drawnSoFar(begun: string): readonly Child[] {
  const growth = new BlockSplitter();
  const references: References = {};
  const finished = growth.push(begun).flatMap((region) => drawRegion(region, references));
  const { region, fence } = growth.tail;
  if (fence) return [...finished, new OpenCode().draw(region.source, fence, context(), 0)];
  const tokens = unfinishedTokens(region, Object.create(references) as References);
  return [...finished, ...(tokens ? renderTokens(tokens, context()) : [plainBlock(region.source)])];
}

/** A reply, and how it is drawn. */
export type Case = readonly [source: string, outline: string];
