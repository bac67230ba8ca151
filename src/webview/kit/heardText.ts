// What a reader hears of elements that are about to be drawn: their text without their buttons.
import type { ComponentChildren, VNode } from 'preact';

const lineEnding: ReadonlySet<unknown> = new Set([
  ...['blockquote', 'br', 'details', 'div', 'li', 'p', 'pre', 'summary'],
  ...['h2', 'h3', 'h4', 'h5', 'h6'],
  ...['td', 'th', 'tr'],
]);

/** Elements and fragments alone: a component's text is not known before it is drawn. */
export function heardText(contents: ComponentChildren): string {
  if (Array.isArray(contents)) return contents.map(heardText).join('');
  if (typeof contents === 'string' || typeof contents === 'number') return String(contents);
  if (typeof contents !== 'object' || contents === null) return '';
  const { type, props } = contents as VNode<{
    readonly 'aria-label'?: string;
    readonly children?: ComponentChildren;
  }>;
  if (type === 'button') return '';
  if (type === 'input') return props['aria-label'] ?? '';
  const text = heardText(props.children);
  return lineEnding.has(type) ? `${text}\n` : text;
}
