// What an attempt did on the wire, as it looks under a reply and beside the live log.
import type { AttemptView, Copied, PanelStrings } from '../../protocol/reply';
import { addressesContents, differingContents } from './addresses';
import { button, h, type Child, type VNode } from '../kit/vnode';
import { filled } from '../kit/format';

type Copy = (what: Copied, from: HTMLElement) => void;

export function attemptShape(attempt: AttemptView, words: PanelStrings, copy: Copy): VNode {
  const { title, notes, addresses, differing, traces, request, answer, copies } = attempt;
  const headers = [request, answer].filter((each) => each !== undefined);
  return h('div.attempt', [
    h('h3', [title]),
    ...notes.map((note) => h('p.quietly', [note])),
    ...(addresses ? addressesContents(addresses, words, copy) : []),
    ...(differing.length > 0 ? differingContents(differing, words) : []),
    ...timesContents(attempt, words),
    ...(traces.length > 0
      ? [
          h('h4', [words.traces]),
          h(
            'dl.pairs',
            traces.map((trace) => traceShape(trace, words, copy)),
          ),
        ]
      : []),
    ...headers.flatMap(({ title: heading, rows }) => [
      h('h4', [heading]),
      h(
        'dl.pairs',
        rows.map(({ name, value }) => pair(name, [value])),
        { attributes: { dir: 'ltr' } },
      ),
    ]),
    ...(copies.length > 0
      ? [
          h(
            'div.actions',
            copies.map(({ label, copy: what }) => button(label, (from) => copy(what, from), 'secondary')),
          ),
        ]
      : []),
  ]);
}

function timesContents({ spans }: AttemptView, words: PanelStrings): Child[] {
  return [
    h('h4', [words.times]),
    h(
      'ul.waterfall',
      spans.map(({ kind, name, time, detail, from, to }) =>
        h('li', [
          h('span.name', [name]),
          h('span.track', [h(`span.span.${kind}`, [], { figures: { '--from': from, '--to': to } })], {
            attributes: { 'aria-hidden': 'true', dir: 'ltr' },
          }),
          h('span.time', [time]),
          ...(detail ? [h('span.detail', [detail])] : []),
        ]),
      ),
    ),
  ];
}

function traceShape(
  { name, value, copy: what }: AttemptView['traces'][number],
  words: PanelStrings,
  copy: Copy,
): VNode {
  const label = `${filled(words.copyNamed, name)}: ${value}`;
  return pair(name, [
    button(value, (from) => copy(what, from), 'fact', label, filled(words.copyNamed, name)),
  ]);
}

function pair(name: string, value: readonly Child[]): VNode {
  return h('div', [h('dt', [name]), h('dd', value)]);
}
