// Task lists: "[ ]" and "[x]" at the beginning of an item become check boxes.
import type { StateCore } from 'markdown-it';

const box = /^\[([ xX])\][ \t]+(?=\S)/;

/** Removes the box from an item's text, and marks the item and its text token. */
export function tasksRule({ tokens }: StateCore): void {
  tokens.forEach((inline, at) => {
    const item = inline.type === 'inline' ? tokens[at - 2] : undefined;
    if (item?.type !== 'list_item_open') return;
    const [whole, mark] = box.exec(inline.content) ?? [];
    if (whole === undefined) return;
    item.meta = { isTask: true };
    inline.content = inline.content.slice(whole.length);
    inline.meta = { isDone: mark !== ' ' };
  });
}
