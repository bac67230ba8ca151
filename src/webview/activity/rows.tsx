// The heading and the rows of the live log.
import type { ActivityPage, RowView } from '../../protocol/activity';

type Columns = ActivityPage['requests']['columns'];

export function Headings({ columns }: { readonly columns: Columns }) {
  return (
    <div class="row labels" role="row" aria-rowindex={1}>
      {columns.map(({ id, label }) => (
        <span class={`cell ${id}`} role="columnheader" title={label}>
          {label}
        </span>
      ))}
    </div>
  );
}

/** The mark before the outcome. It is decorative: the text says the same. */
const marks: { readonly [S in RowView['state']]: string } = {
  running: '',
  done: '',
  stopped: '■',
  cut: '!',
  blocked: '!',
  failed: '✕',
};

/** The element ID of the row at an index. */
export function rowElementId(index: number): string {
  return `row${index}`;
}

export interface RowProps {
  /** 0-based. */
  readonly index: number;
  /** undefined if the host has not sent it yet. */
  readonly row: RowView | undefined;
  readonly columns: Columns;
  readonly isCurrent: boolean;
}

export function Row({ index, row, columns, isCurrent }: RowProps) {
  const { state, hit, cells, from } = row ?? { state: 'done', hit: false, cells: [], from: undefined };
  return (
    <div
      class={`row ${state}${hit ? ' hit' : ''}`}
      role="row"
      id={rowElementId(index)}
      // 1-based, and the heading is row 1.
      aria-rowindex={index + 2}
      aria-selected={isCurrent}
      style={{ '--index': index }}
    >
      {columns.map(({ id }, column) => (
        <Cell
          id={id}
          text={cells[column] ?? ''}
          mark={marks[state]}
          from={id === 'model' ? from : undefined}
        />
      ))}
    </div>
  );
}

function Cell({
  id,
  text,
  mark,
  from,
}: {
  readonly id: Columns[number]['id'];
  readonly text: string;
  readonly mark: string;
  readonly from: string | undefined;
}) {
  if (from !== undefined)
    return (
      <span class={`cell ${id} marked`} role="gridcell" title={`${text} · ${from}`}>
        <span class="name">{text}</span> <span class="from">{from}</span>
      </span>
    );
  return (
    <span class={`cell ${id}`} role="gridcell" title={text}>
      {id === 'outcome' && (
        <span class="sign" aria-hidden="true">
          {mark}
        </span>
      )}
      {/* An empty cell gets no mark. */}
      {id === 'cache' && text ? <span class="answer">{text}</span> : text}
    </span>
  );
}
