// The table of usage by model or by day.
import type { ActivityPage, Sort, TableRow, TableView } from '../../protocol/activity';

type Column = TableView['columns'][number];

interface Sorting {
  readonly sort: Sort;
  readonly strings: ActivityPage['strings'];
  readonly choose: (sort: Sort) => void;
}

export function UsageTable({
  table: { columns, rows, total },
  ...sorting
}: Sorting & { readonly table: TableView }) {
  return (
    <table class="usage">
      <thead>
        <tr>
          {columns.map((column) => (
            <Heading column={column} {...sorting} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <UsageRow row={row} columns={columns} />
        ))}
      </tbody>
      <tfoot>
        <UsageRow row={total} columns={columns} />
      </tfoot>
    </table>
  );
}

function Heading({ column, sort, strings, choose }: Sorting & { readonly column: Column }) {
  const { id, label, hint, isNumeric } = column;
  const isSorted = id === sort.column;
  const orderText = sort.descending ? strings.sortedDown : strings.sortedUp;
  const title = [hint, isSorted ? orderText : ''].filter(Boolean).join('\n');
  return (
    <th
      class={isNumeric ? 'figure' : undefined}
      scope="col"
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        class="sort"
        title={title || undefined}
        onClick={() => choose(nextSort(id, isNumeric, sort))}
      >
        {label}
        <span class="arrow" aria-hidden="true">
          {isSorted ? (sort.descending ? '▼' : '▲') : ''}
        </span>
      </button>
    </th>
  );
}

/** The sort order after a click: reversed for the same column; else numbers from the largest, names from A. */
export function nextSort(column: string, isNumeric: boolean, current: Sort): Sort {
  return { column, descending: column === current.column ? !current.descending : isNumeric };
}

/** The first cell is the row's name, with a bar for its share of the cost. */
function UsageRow({
  row: { share, cells },
  columns,
}: {
  readonly row: TableRow;
  readonly columns: readonly Column[];
}) {
  return (
    <tr>
      {cells.map(({ text, hint }, index) =>
        index === 0 ? (
          <th scope="row" title={hint} style={{ '--share': share }}>
            <span class="name">{text}</span>
          </th>
        ) : (
          <td class={columns[index]?.isNumeric ? 'figure' : undefined} title={hint}>
            {text}
          </td>
        ),
      )}
    </tr>
  );
}
