// The versions of a turn at a glance. The page requests the comparison from the host when it is expanded.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ComparisonView } from '../../protocol/reply';
import { Button } from '../kit/button';
import type { TurnModel } from './turnModel';

export function Comparison({ turn }: { readonly turn: TurnModel }) {
  const { id, promptView, comparison, context } = turn;
  const { strings, post, memory } = context;
  const name = `${id} comparison`;
  const count = promptView.version?.count ?? 1;
  const [open, setOpen] = useState(memory.isUnfolded(name));
  const isOver = turn.footer.phase === 'ended';
  const requested = useRef('');
  useLayoutEffect(() => {
    const state = `${count} ${String(isOver)}`;
    if (!open || count < 2 || requested.current === state) return;
    requested.current = state;
    post({ type: 'compare', turn: id });
  }, [open, count, isOver]);
  if (count < 2) return null;
  return (
    <details
      class="details comparison"
      open={open}
      onToggle={({ currentTarget }) => {
        memory.rememberUnfolded(name, currentTarget.open);
        setOpen(currentTarget.open);
      }}
    >
      <summary>{strings.compare}</summary>
      {open && comparison && (
        <ComparisonTable
          view={comparison}
          compareWith={strings.compareWith}
          compare={(other) => post({ type: 'compare', turn: id, with: other })}
        />
      )}
    </details>
  );
}

/** A column for each version: the panel is narrow, and there are seldom more than three. */
function ComparisonTable({
  view: { headings, rows, differences },
  compareWith,
  compare,
}: {
  readonly view: ComparisonView;
  readonly compareWith: string;
  readonly compare: (turn: string) => void;
}) {
  const { title, parts = [], note } = differences ?? {};
  return (
    <div>
      <div class="table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="row">{headings[0]}</th>
              {rows.map(({ turn, cells, isShown }) => (
                <th key={turn} scope="col" class={isShown ? 'shown' : ''} aria-current={isShown}>
                  {cells[0]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {headings.slice(1).map((heading, index) => (
              <tr>
                <th scope="row">{heading}</th>
                {rows.map(({ turn, cells, isShown }) => (
                  <td key={turn} class={isShown ? 'shown' : ''}>
                    {cells[index + 1]}
                  </td>
                ))}
              </tr>
            ))}
            {rows.some(isOffered) && (
              <tr>
                <td />
                {rows.map((row) => (
                  <td key={row.turn}>
                    {isOffered(row) && (
                      <Button
                        name={`${compareWith}: ${row.cells[0] ?? ''}`}
                        onClick={() => compare(row.turn)}
                      >
                        {compareWith}
                      </Button>
                    )}
                  </td>
                ))}
              </tr>
            )}
          </tbody>
        </table>
      </div>
      {title && <h4>{title}</h4>}
      {note && <p class="quietly">{note}</p>}
      {parts.length > 0 && (
        <p class="differences" dir="auto">
          {parts.map(({ kind, text }) =>
            kind === 'added' ? <ins>{text}</ins> : kind === 'removed' ? <del>{text}</del> : text,
          )}
        </p>
      )}
    </div>
  );
}

/** Whether the words of a version can be compared with those of the shown one, and are not. */
function isOffered({ isShown, isCompared }: ComparisonView['rows'][number]): boolean {
  return !isShown && !isCompared;
}
