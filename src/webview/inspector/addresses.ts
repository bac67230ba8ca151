// The heart of it, to be seen: one path, signed for one host and sent to another.
import type { Addresses, AttemptView, Copied, PanelStrings } from '../../protocol/reply';
import { button, h, type Child, type VNode } from '../kit/vnode';
import { filled } from '../kit/format';

export function addressesContents(
  { method, signed, sent, end, covers }: Addresses,
  words: PanelStrings,
  copy: (what: Copied, from: HTMLElement) => void,
): Child[] {
  return [
    h('div.addresses', [address('signed', signed), address('sent', sent)]),
    ...(covers ? [h('p.quietly', [covers])] : []),
  ];

  function address(what: 'signed' | 'sent', { title, beginning }: Addresses['sent']): VNode {
    return h('div.address', [
      h('div.heading', [
        h('h4', [title]),
        button(words.copy, (from) => copy(what, from), 'quiet', filled(words.copyNamed, title)),
      ]),
      h('div.beginning', [h('span.method', [method]), ' ', ...breakable(beginning)], {
        attributes: { dir: 'ltr' },
      }),
      h('div.end', breakable(end), { attributes: { dir: 'ltr', title: words.sameInBoth } }),
      h('div.same', [words.sameInBoth]),
    ]);
  }
}

/** What AWS saw otherwise than it was signed, line below line, so that what differs stands one above the other. */
export function differingContents(differing: AttemptView['differing'], words: PanelStrings): Child[] {
  return [
    h('h4', [words.differing]),
    ...differing.map(({ name, ours, theirs }) =>
      h(
        'dl.pairs.differing',
        [
          h('div', [h('dt', [`${words.signedAs} · ${name}`]), h('dd', [ours])]),
          h('div', [h('dt', [`${words.seenAs} · ${name}`]), h('dd', [theirs])]),
        ],
        { attributes: { dir: 'ltr' } },
      ),
    ),
  ];
}

/** Lines may end after a `/`, so that both addresses break at the same places. */
function breakable(text: string): Child[] {
  return text.split(/(?<=\/)(?=[^/])/).flatMap((part) => [part, h('wbr')]);
}
