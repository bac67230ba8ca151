// What an attempt did on the wire, as it looks under a reply and beside the live log.
import type { AttemptView, Copied, Words } from '../../protocol/reply';
import { addressesContents, differingContents } from './addresses';
import { button, shape, type Content, type Shape } from '../kit/vnode';
import { filled } from '../kit/format';

type Copy = (what: Copied, from: HTMLElement) => void;

export function attemptShape(attempt: AttemptView, words: Words, copy: Copy): Shape {
  const { title, notes, addresses, differing, traces, request, answer, copies } = attempt;
  const headers = [request, answer].filter((each) => each !== undefined);
  return shape('div.attempt', [
    shape('h3', [title]),
    ...notes.map((note) => shape('p.quietly', [note])),
    ...(addresses ? addressesContents(addresses, words, copy) : []),
    ...(differing.length > 0 ? differingContents(differing, words) : []),
    ...timesContents(attempt, words),
    ...(traces.length > 0
      ? [
          shape('h4', [words.traces]),
          shape(
            'dl.pairs',
            traces.map((trace) => traceShape(trace, words, copy)),
          ),
        ]
      : []),
    ...headers.flatMap(({ title: heading, rows }) => [
      shape('h4', [heading]),
      shape(
        'dl.pairs',
        rows.map(({ name, value }) => pair(name, [value])),
        { attributes: { dir: 'ltr' } },
      ),
    ]),
    ...(copies.length > 0
      ? [
          shape(
            'div.actions',
            copies.map(({ label, copy: what }) => button(label, (from) => copy(what, from), 'secondary')),
          ),
        ]
      : []),
  ]);
}

function timesContents({ spans }: AttemptView, words: Words): Content[] {
  return [
    shape('h4', [words.times]),
    shape(
      'ul.waterfall',
      spans.map(({ kind, name, time, detail, from, to }) =>
        shape('li', [
          shape('span.name', [name]),
          shape('span.track', [shape(`span.span.${kind}`, [], { figures: { '--from': from, '--to': to } })], {
            attributes: { 'aria-hidden': 'true', dir: 'ltr' },
          }),
          shape('span.time', [time]),
          ...(detail ? [shape('span.detail', [detail])] : []),
        ]),
      ),
    ),
  ];
}

function traceShape(
  { name, value, copy: what }: AttemptView['traces'][number],
  words: Words,
  copy: Copy,
): Shape {
  const label = `${filled(words.copyNamed, name)}: ${value}`;
  return pair(name, [
    button(value, (from) => copy(what, from), 'fact', label, filled(words.copyNamed, name)),
  ]);
}

function pair(name: string, value: readonly Content[]): Shape {
  return shape('div', [shape('dt', [name]), shape('dd', value)]);
}
