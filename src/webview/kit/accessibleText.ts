// The text that a screen reader announces for elements before they are drawn: without buttons.
import type { ComponentChildren, VNode } from 'preact';

const lineEnding: ReadonlySet<unknown> = new Set([
  ...['blockquote', 'br', 'details', 'div', 'li', 'p', 'pre', 'summary'],
  ...['h2', 'h3', 'h4', 'h5', 'h6'],
  ...['td', 'th', 'tr'],
]);

/** Accepts only elements and fragments: the text of a component is not known before it is drawn. */
export function accessibleText(contents: ComponentChildren): string {
  if (Array.isArray(contents)) return contents.map(accessibleText).join('');
  if (typeof contents === 'string' || typeof contents === 'number') return String(contents);
  if (typeof contents !== 'object' || contents === null) return '';
  const { type, props } = contents as VNode<{
    readonly 'aria-label'?: string;
    readonly children?: ComponentChildren;
  }>;
  if (type === 'button') return '';
  if (type === 'input') return props['aria-label'] ?? '';
  const text = accessibleText(props.children);
  return lineEnding.has(type) ? `${text}\n` : text;
}
