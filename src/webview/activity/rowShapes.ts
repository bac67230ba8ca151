// The live log's heading and its rows as shapes.
import type { ActivityPage, RowView } from '../../protocol/activity';
import { type Content, type Shape, shape } from '../kit/vnode';

type Columns = ActivityPage['requests']['columns'];

export function headingShape(columns: Columns): Shape {
  return shape(
    'div.row.labels',
    columns.map(({ id, label }) =>
      shape(`span.cell.${id}`, [label], { attributes: { role: 'columnheader', title: label } }),
    ),
    { attributes: { role: 'row', 'aria-rowindex': '1' } },
  );
}

/** What stands before the outcome, for the eye alone: its words say the same. */
const marks: { readonly [S in RowView['state']]: string } = {
  running: '',
  done: '',
  stopped: '■',
  cut: '!',
  blocked: '!',
  failed: '✕',
};

/** The element of a row, by its place in the list. */
export function idOf(index: number): string {
  return `row${index}`;
}

/** A row; without its view, one that the host has still to tell. */
export function rowShape(
  index: number,
  row: RowView | undefined,
  columns: Columns,
  isCurrent: boolean,
): Shape {
  const attributes = {
    role: 'row',
    id: idOf(index),
    // The heading is the first.
    'aria-rowindex': String(index + 2),
    'aria-selected': String(isCurrent),
  };
  const { state, hit, cells } = row ?? { state: 'done', hit: false, cells: [] };
  return shape(
    `div.row.${state}${hit ? '.hit' : ''}`,
    columns.map(({ id }, column) => cellShape(id, cells[column] ?? '', marks[state])),
    { attributes, figures: { '--index': index } },
  );
}

function cellShape(id: Columns[number]['id'], text: string, mark: string): Shape {
  const attributes = { role: 'gridcell', title: text };
  return shape(`span.cell.${id}`, cellContents(id, text, mark), { attributes });
}

function cellContents(id: Columns[number]['id'], text: string, mark: string): readonly Content[] {
  if (id === 'outcome') return [shape('span.sign', [mark], { attributes: { 'aria-hidden': 'true' } }), text];
  // Without an answer of the cache there is nothing to mark.
  return id === 'cache' && text ? [shape('span.answer', [text])] : [text];
}
