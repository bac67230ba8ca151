// How a reply ended, where it did not simply end; and the line of facts under every reply.
import type { Ending, Fact, Words } from '../../protocol/reply';
import { button, shape, type Content, type Shape } from '../kit/vnode';

export function endingContents(
  ending: Ending | undefined,
  act: (action: string) => void,
): readonly Content[] {
  if (!ending) return [];
  const { kind, title, advice, said, actions } = ending;
  const parts: readonly Content[] = [
    ...(title ? [shape('p.title', [title])] : []),
    ...(advice ? [shape('p.advice', [advice])] : []),
    ...(said ? [shape('blockquote.said', [said], { attributes: { dir: 'auto' } })] : []),
    ...(actions.length > 0 ? [shape('div.actions', actions.map(actionShape))] : []),
  ];
  return parts.length > 0 ? [shape(`div.ending.${kind}`, parts)] : [];

  function actionShape({ id, label }: Ending['actions'][number], index: number): Shape {
    return button(label, () => act(id), index === 0 ? 'primary' : 'secondary');
  }
}

export function factsContents(
  facts: readonly Fact[],
  words: Words,
  copyFact: (what: NonNullable<Fact['copy']>, from: HTMLElement) => void,
  copyReply: ((from: HTMLElement) => void) | undefined,
): readonly Content[] {
  return [
    ...(facts.length > 0 ? [shape('ul.facts', facts.map(factShape))] : []),
    ...(copyReply ? [button(words.copyReply, copyReply)] : []),
  ];

  function factShape({ text, detail, copy }: Fact): Shape {
    const name = detail ? `${text}: ${detail}` : undefined;
    if (copy) return shape('li', [button(text, (from) => copyFact(copy, from), 'fact', name, detail)]);
    const attributes = name === undefined ? {} : { title: detail ?? '', 'aria-label': name };
    return shape('li', [text], { attributes });
  }
}
