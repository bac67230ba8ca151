// All that is known of a request, beside the list.
import type { ActivityPage, OpenRow } from '../../protocol/activity';
import { announce } from '../kit/announcer';
import { attemptShape } from '../inspector/attempt';
import { patch } from '../kit/patch';
import { type Child, button, h } from '../kit/vnode';
import { showCopied } from '../kit/showCopied';
import { post } from './host';

export class OpenRowPane {
  readonly element = document.createElement('section');
  readonly #close: () => void;
  #shown = '';

  constructor(close: () => void) {
    this.#close = close;
    this.element.className = 'pane';
    this.element.hidden = true;
    // Where the focus goes when what had it is gone.
    this.element.tabIndex = -1;
  }

  show(row: OpenRow | undefined, words: ActivityPage['words']): void {
    const { element } = this;
    element.hidden = !row;
    // Nothing of one request, such as how far it was scrolled, is another's.
    if (row?.id !== this.#shown) {
      element.replaceChildren();
      element.scrollTop = 0;
    }
    if (!row) {
      this.#shown = '';
      return;
    }
    element.setAttribute('aria-label', row.title);
    patch(element, openRowContents(row, words, this.#close));
    if (row.id !== this.#shown) announce(heard(row));
    this.#shown = row.id;
  }
}

/** Of requests of one model, which it is: when it was sent, and how it went. */
function heard({ title, facts }: OpenRow): string {
  return [title, ...facts.slice(0, 2).map(({ value }) => value)].join(', ');
}

function openRowContents(row: OpenRow, words: ActivityPage['words'], close: () => void): readonly Child[] {
  const { id, title, facts, actions } = row;
  return [
    h('div.top', [h('h2', [title]), button('×', close, 'quiet', words.close)]),
    h('div.told', [
      ...(actions.length > 0
        ? [
            h(
              'div.actions',
              actions.map(({ id: action, label, copies }) => ({
                ...button(
                  label,
                  (from) => {
                    post({ type: 'act', row: id, action });
                    if (copies) showCopied(from, words.copied);
                  },
                  'secondary',
                ),
                key: action,
              })),
            ),
          ]
        : []),
      h(
        'dl.pairs',
        facts.map(({ label, value }) => h('div', [h('dt', [label]), h('dd', [value])])),
      ),
      ...attemptsContents(row, words),
    ]),
  ];
}

function attemptsContents(
  { id, attempts, attemptWords, withoutAttempts }: OpenRow,
  words: ActivityPage['words'],
): readonly Child[] {
  if (attempts.length === 0 || !attemptWords)
    return withoutAttempts ? [h('p.quietly', [withoutAttempts])] : [];
  return [
    h('h3', [words.details]),
    ...attempts.map((attempt) =>
      attemptShape(attempt, attemptWords, (what, from) => {
        post({ type: 'copyDetail', row: id, attempt: attempt.number, what });
        showCopied(from, words.copied);
      }),
    ),
  ];
}
