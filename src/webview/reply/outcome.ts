// How a reply ended, where it did not simply end; and the line of facts under every reply.
import type { OutcomeView, ReplyStat, PanelStrings } from '../../protocol/reply';
import { button, h, type Child, type VNode } from '../kit/vnode';

export function endingContents(
  ending: OutcomeView | undefined,
  act: (action: string) => void,
): readonly Child[] {
  if (!ending) return [];
  const { kind, title, advice, said, actions } = ending;
  const parts: readonly Child[] = [
    ...(title ? [h('p.title', [title])] : []),
    ...(advice ? [h('p.advice', [advice])] : []),
    ...(said ? [h('blockquote.said', [said], { attributes: { dir: 'auto' } })] : []),
    ...(actions.length > 0 ? [h('div.actions', actions.map(actionShape))] : []),
  ];
  return parts.length > 0 ? [h(`div.ending.${kind}`, parts)] : [];

  function actionShape({ id, label }: OutcomeView['actions'][number], index: number): VNode {
    return button(label, () => act(id), index === 0 ? 'primary' : 'secondary');
  }
}

export function factsContents(
  facts: readonly ReplyStat[],
  words: PanelStrings,
  copyFact: (what: NonNullable<ReplyStat['copy']>, from: HTMLElement) => void,
  copyReply: ((from: HTMLElement) => void) | undefined,
): readonly Child[] {
  return [
    ...(facts.length > 0 ? [h('ul.facts', facts.map(factShape))] : []),
    ...(copyReply ? [button(words.copyReply, copyReply)] : []),
  ];

  function factShape({ text, detail, copy }: ReplyStat): VNode {
    const name = detail ? `${text}: ${detail}` : undefined;
    if (copy) return h('li', [button(text, (from) => copyFact(copy, from), 'fact', name, detail)]);
    const attributes = name === undefined ? {} : { title: detail ?? '', 'aria-label': name };
    return h('li', [text], { attributes });
  }
}
