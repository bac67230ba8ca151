// The pane beside the list with all details of a request.
import { render } from 'preact';
import type { ActivityPage, ActivityToHost, OpenRow } from '../../protocol/activity';
import { Attempt } from '../inspector/attempt';
import type { Announce } from '../kit/announcer';
import { Button } from '../kit/button';
import { showCopied } from '../kit/showCopied';

export interface OpenRowDeps {
  readonly post: (message: ActivityToHost) => void;
  readonly announce: Announce;
  readonly close: () => void;
}

export class OpenRowPane {
  readonly element = document.createElement('section');
  readonly #deps: OpenRowDeps;
  #shownId = '';

  constructor(deps: OpenRowDeps) {
    this.#deps = deps;
    this.element.className = 'pane';
    this.element.hidden = true;
    // Takes the focus when the focused element is removed.
    this.element.tabIndex = -1;
  }

  show(row: OpenRow | undefined, strings: ActivityPage['strings']): void {
    const { element } = this;
    element.hidden = !row;
    // Another request starts at the top.
    if (row?.id !== this.#shownId) element.scrollTop = 0;
    render(
      row ? <OpenRowContents key={row.id} row={row} strings={strings} deps={this.#deps} /> : null,
      element,
    );
    if (row) element.setAttribute('aria-label', row.title);
    if (row && row.id !== this.#shownId) this.#deps.announce(announcement(row));
    this.#shownId = row?.id ?? '';
  }
}

/** What a screen reader announces: the model, when the request was sent, and its outcome. */
function announcement({ title, fields }: OpenRow): string {
  return [title, ...fields.slice(0, 2).map(({ value }) => value)].join(', ');
}

interface OpenRowProps {
  readonly row: OpenRow;
  readonly strings: ActivityPage['strings'];
  readonly deps: OpenRowDeps;
}

export function OpenRowContents({ row, strings, deps }: OpenRowProps) {
  const { id, title, fields, actions } = row;
  return (
    <>
      <div class="top">
        <h2>{title}</h2>
        <Button onClick={deps.close} name={strings.close}>
          ×
        </Button>
      </div>
      <div class="content">
        {actions.length > 0 && (
          <div class="actions">
            {actions.map(({ id: action, label, copies }) => (
              <Button
                key={action}
                kind="secondary"
                onClick={(from) => {
                  deps.post({ type: 'act', row: id, action });
                  if (copies) showCopied(from, strings.copied, deps.announce);
                }}
              >
                {label}
              </Button>
            ))}
          </div>
        )}
        <dl class="pairs">
          {fields.map(({ label, value }) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Attempts row={row} strings={strings} deps={deps} />
      </div>
    </>
  );
}

function Attempts({ row, strings, deps: { post, announce } }: OpenRowProps) {
  const { id, attempts, attemptStrings, noAttemptsReason } = row;
  if (attempts.length === 0 || !attemptStrings)
    return noAttemptsReason ? <p class="quietly">{noAttemptsReason}</p> : null;
  return (
    <>
      <h3>{strings.details}</h3>
      {attempts.map((attempt) => (
        <Attempt
          attempt={attempt}
          strings={attemptStrings}
          copy={(what, from) => {
            post({ type: 'copyDetail', row: id, attempt: attempt.number, what });
            showCopied(from, strings.copied, announce);
          }}
        />
      ))}
    </>
  );
}
