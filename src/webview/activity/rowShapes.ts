// The live log's heading and its rows as shapes.
import type { ActivityPage, RowView } from '../../protocol/activity';
import { type Child, type VNode, h } from '../kit/vnode';

type Columns = ActivityPage['requests']['columns'];

export function headingShape(columns: Columns): VNode {
  return h(
    'div.row.labels',
    columns.map(({ id, label }) =>
      h(`span.cell.${id}`, [label], { attributes: { role: 'columnheader', title: label } }),
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
export function rowElementId(index: number): string {
  return `row${index}`;
}

/** A row; without its view, one that the host has still to tell. */
export function rowShape(
  index: number,
  row: RowView | undefined,
  columns: Columns,
  isCurrent: boolean,
): VNode {
  const attributes = {
    role: 'row',
    id: rowElementId(index),
    // The heading is the first.
    'aria-rowindex': String(index + 2),
    'aria-selected': String(isCurrent),
  };
  const { state, hit, cells } = row ?? { state: 'done', hit: false, cells: [] };
  return h(
    `div.row.${state}${hit ? '.hit' : ''}`,
    columns.map(({ id }, column) => cellShape(id, cells[column] ?? '', marks[state])),
    { attributes, figures: { '--index': index } },
  );
}

function cellShape(id: Columns[number]['id'], text: string, mark: string): VNode {
  const attributes = { role: 'gridcell', title: text };
  return h(`span.cell.${id}`, cellContents(id, text, mark), { attributes });
}

function cellContents(id: Columns[number]['id'], text: string, mark: string): readonly Child[] {
  if (id === 'outcome') return [h('span.sign', [mark], { attributes: { 'aria-hidden': 'true' } }), text];
  // Without an answer of the cache there is nothing to mark.
  return id === 'cache' && text ? [h('span.answer', [text])] : [text];
}
