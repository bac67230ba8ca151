// The heart of it, to be seen: one path, signed for one host and sent to another.
import type { Addresses, AttemptView, Copied, Words } from '../../protocol/reply';
import { button, shape, type Content, type Shape } from '../kit/vnode';
import { filled } from '../kit/format';

export function addressesContents(
  { method, signed, sent, end, covers }: Addresses,
  words: Words,
  copy: (what: Copied, from: HTMLElement) => void,
): Content[] {
  return [
    shape('div.addresses', [address('signed', signed), address('sent', sent)]),
    ...(covers ? [shape('p.quietly', [covers])] : []),
  ];

  function address(what: 'signed' | 'sent', { title, beginning }: Addresses['sent']): Shape {
    return shape('div.address', [
      shape('div.heading', [
        shape('h4', [title]),
        button(words.copy, (from) => copy(what, from), 'quiet', filled(words.copyNamed, title)),
      ]),
      shape('div.beginning', [shape('span.method', [method]), ' ', ...breakable(beginning)], {
        attributes: { dir: 'ltr' },
      }),
      shape('div.end', breakable(end), { attributes: { dir: 'ltr', title: words.sameInBoth } }),
      shape('div.same', [words.sameInBoth]),
    ]);
  }
}

/** What AWS saw otherwise than it was signed, line below line, so that what differs stands one above the other. */
export function differingContents(differing: AttemptView['differing'], words: Words): Content[] {
  return [
    shape('h4', [words.differing]),
    ...differing.map(({ name, ours, theirs }) =>
      shape(
        'dl.pairs.differing',
        [
          shape('div', [shape('dt', [`${words.signedAs} · ${name}`]), shape('dd', [ours])]),
          shape('div', [shape('dt', [`${words.seenAs} · ${name}`]), shape('dd', [theirs])]),
        ],
        { attributes: { dir: 'ltr' } },
      ),
    ),
  ];
}

/** Lines may end after a `/`, so that both addresses break at the same places. */
function breakable(text: string): Content[] {
  return text.split(/(?<=\/)(?=[^/])/).flatMap((part) => [part, shape('wbr')]);
}
