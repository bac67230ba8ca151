// Usage by model or by day, as shapes.
import type { ActivityPage, Sort, TableRow, TableView } from '../../protocol/activity';
import { type VNode, button, h } from '../kit/vnode';

type Words = ActivityPage['words'];
type Column = TableView['columns'][number];

export function tableShape(
  { columns, rows, total }: TableView,
  sort: Sort,
  words: Words,
  choose: (sort: Sort) => void,
): VNode {
  return h('table.usage', [
    h('thead', [
      h(
        'tr',
        columns.map((column) => headingShape(column, sort, words, choose)),
      ),
    ]),
    h(
      'tbody',
      rows.map((row) => rowShape(row, columns)),
    ),
    h('tfoot', [rowShape(total, columns)]),
  ]);
}

function headingShape(
  { id, label, hint, figure }: Column,
  sort: Sort,
  words: Words,
  choose: (sort: Sort) => void,
): VNode {
  const isSorted = id === sort.column;
  const how = sort.descending ? words.sortedDown : words.sortedUp;
  const title = [hint, isSorted ? how : ''].filter(Boolean).join('\n');
  const press = () => choose(sortedAnew(id, figure, sort));
  const heading = button(label, press, 'sort', undefined, title || undefined);
  const arrow = h('span.arrow', [isSorted ? (sort.descending ? '▼' : '▲') : ''], {
    attributes: { 'aria-hidden': 'true' },
  });
  const aria = isSorted ? ({ 'aria-sort': sort.descending ? 'descending' : 'ascending' } as const) : {};
  return h(figure ? 'th.figure' : 'th', [{ ...heading, children: [label, arrow] }], {
    attributes: { scope: 'col', ...aria },
  });
}

/** Pressed again, a column is sorted the other way; at first, figures from the largest and names from A. */
export function sortedAnew(column: string, figure: boolean, before: Sort): Sort {
  return { column, descending: column === before.column ? !before.descending : figure };
}

/** The first cell names the row; its bar is the row's share of the cost. */
function rowShape({ share, cells }: TableRow, columns: readonly Column[]): VNode {
  return h(
    'tr',
    cells.map(({ text, hint }, index) => {
      const title = hint === undefined ? {} : { title: hint };
      if (index === 0)
        return h('th', [h('span.name', [text])], {
          attributes: { scope: 'row', ...title },
          figures: { '--share': share },
        });
      return h(columns[index]?.figure ? 'td.figure' : 'td', [text], { attributes: title });
    }),
  );
}
