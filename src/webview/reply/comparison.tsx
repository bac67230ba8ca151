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
              {headings.map((heading) => (
                <th scope="col">{heading}</th>
              ))}
              <th />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ turn, cells, isShown, isCompared }) => (
              <tr key={turn} class={isShown ? 'shown' : ''} aria-current={isShown}>
                {cells.map((cell) => (
                  <td>{cell}</td>
                ))}
                <td>
                  {!isShown && !isCompared && <Button onClick={() => compare(turn)}>{compareWith}</Button>}
                </td>
              </tr>
            ))}
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
