// Lists of tasks: "[ ]" and "[x]" at the beginning of an item become boxes.
import type { StateCore } from 'markdown-it';

const box = /^\[([ xX])\][ \t]+(?=\S)/;

/** Takes the box off an item's text and notes it: at the item, and as the first thing in its text. */
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
