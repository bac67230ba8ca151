// All that is known of a request, beside the list.
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
  #shown = '';

  constructor(deps: OpenRowDeps) {
    this.#deps = deps;
    this.element.className = 'pane';
    this.element.hidden = true;
    // Where the focus goes when what had it is gone.
    this.element.tabIndex = -1;
  }

  show(row: OpenRow | undefined, words: ActivityPage['words']): void {
    const { element } = this;
    element.hidden = !row;
    // Nothing of one request, such as how far it was scrolled, is another's.
    if (row?.id !== this.#shown) element.scrollTop = 0;
    render(row ? <OpenRowContents key={row.id} row={row} words={words} deps={this.#deps} /> : null, element);
    if (row) element.setAttribute('aria-label', row.title);
    if (row && row.id !== this.#shown) this.#deps.announce(heard(row));
    this.#shown = row?.id ?? '';
  }
}

/** Of requests of one model, which it is: when it was sent, and how it went. */
function heard({ title, facts }: OpenRow): string {
  return [title, ...facts.slice(0, 2).map(({ value }) => value)].join(', ');
}

interface OpenRowProps {
  readonly row: OpenRow;
  readonly words: ActivityPage['words'];
  readonly deps: OpenRowDeps;
}

export function OpenRowContents({ row, words, deps }: OpenRowProps) {
  const { id, title, facts, actions } = row;
  return (
    <>
      <div class="top">
        <h2>{title}</h2>
        <Button onPress={deps.close} name={words.close}>
          ×
        </Button>
      </div>
      <div class="told">
        {actions.length > 0 && (
          <div class="actions">
            {actions.map(({ id: action, label, copies }) => (
              <Button
                key={action}
                kind="secondary"
                onPress={(from) => {
                  deps.post({ type: 'act', row: id, action });
                  if (copies) showCopied(from, words.copied, deps.announce);
                }}
              >
                {label}
              </Button>
            ))}
          </div>
        )}
        <dl class="pairs">
          {facts.map(({ label, value }) => (
            <div>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Attempts row={row} words={words} deps={deps} />
      </div>
    </>
  );
}

function Attempts({ row, words, deps: { post, announce } }: OpenRowProps) {
  const { id, attempts, attemptWords, withoutAttempts } = row;
  if (attempts.length === 0 || !attemptWords)
    return withoutAttempts ? <p class="quietly">{withoutAttempts}</p> : null;
  return (
    <>
      <h3>{words.details}</h3>
      {attempts.map((attempt) => (
        <Attempt
          attempt={attempt}
          words={attemptWords}
          copy={(what, from) => {
            post({ type: 'copyDetail', row: id, attempt: attempt.number, what });
            showCopied(from, words.copied, announce);
          }}
        />
      ))}
    </>
  );
}
