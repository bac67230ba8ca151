// The view of a check as shapes.
import type { CheckView, HopView, LineView, OwnButton } from '../../protocol/check';
import { type Child, type VNode, button, h } from '../kit/vnode';

export interface Pressing {
  /** A button of the panel itself. */
  readonly own: (action: string, from: HTMLElement) => void;
  /** A button of the stage that failed. */
  readonly act: (action: string) => void;
}

/** The same parts always, hidden while they say nothing: what a reader has focused or selected stays. */
export function checkContents(view: CheckView, pressing: Pressing): readonly Child[] {
  const { heading, subject, beforehand, phase, stages, summary, changed, settledHeading, settled } = view;
  return [
    h('h2', [heading]),
    ...[said('p.subject', subject), said('p.beforehand', beforehand)],
    h('div.progress', [], {
      attributes: { 'aria-hidden': 'true', ...(phase !== 'running' && { hidden: '' }) },
    }),
    h(
      'ol.hops',
      stages.map((stage) => hopShape(stage, view, pressing)),
    ),
    // Takes the focus when Stop is gone: a second press of the key must not begin anew.
    h('p.summary', [phase === 'ended' ? h('strong', [summary]) : summary], {
      attributes: { tabindex: '-1', ...(!summary && { hidden: '' }) },
    }),
    said('p.changed', changed),
    h(
      'div.actions',
      view.actions.map((action) => ownButton(action, pressing)),
    ),
    h('h2.settled', [settledHeading]),
    h(
      'ul.settled',
      settled.map(({ question, answer }) => h('li', [`${question} `, h('strong', [answer])])),
    ),
  ];
}

function said(tag: 'p.subject' | 'p.beforehand' | 'p.changed', text: string): VNode {
  return h(tag, [text], text ? {} : { attributes: { hidden: '' } });
}

/** Of those that are offered at once, the first. */
const primary: ReadonlySet<string> = new Set(['begin', 'stop']);

function ownButton({ id, label, offered }: OwnButton, { own }: Pressing): VNode {
  const drawn = button(label, (from) => own(id, from), primary.has(id) ? 'primary' : 'secondary');
  return offered ? drawn : { ...drawn, attributes: { ...drawn.attributes, hidden: '' } };
}

const marks: { readonly [S in HopView['state']]: string } = {
  waiting: '○',
  running: '◌',
  passed: '✓',
  cautioned: '!',
  failed: '✕',
  notReached: '–',
};

function hopShape(stage: HopView, view: CheckView, pressing: Pressing): VNode {
  const { title, state, stateText, found, took, remark, problem } = stage;
  return h(`li.hop.${state}`, [
    h('span.mark', [marks[state]], { attributes: { 'aria-hidden': 'true' } }),
    h('div.told', [
      h('div.line', [
        h('strong', [title]),
        h('span.state', [stateText]),
        ...(took ? [h('span.took', [took])] : []),
      ]),
      ...(found ? [h('div.found', [found])] : []),
      ...(remark ? [h('div.remark', [remark])] : []),
      ...(problem ? [problemShape(problem, view, pressing)] : []),
    ]),
  ]);
}

function problemShape(
  { title, advice, said, actions, lines }: NonNullable<HopView['problem']>,
  view: CheckView,
  { act }: Pressing,
): VNode {
  return h('div.ending.failed', [
    h('p.title', [title]),
    h('p.advice', [advice]),
    ...(said ? [h('blockquote.said', [said], { attributes: { dir: 'auto' } })] : []),
    ...(lines ? [linesShape(lines, view)] : []),
    ...(actions.length > 0
      ? [
          h(
            'div.actions',
            actions.map(({ id, label }) => button(label, () => act(id), 'secondary')),
          ),
        ]
      : []),
  ]);
}

function linesShape(lines: readonly LineView[], { lineHeads, differs }: CheckView): VNode {
  const cell = (text: string) => h('td', [h('code', [text])]);
  return h('div.table', [
    h('table', [
      h('thead', [
        h(
          'tr',
          [lineHeads.part, lineHeads.ours, lineHeads.theirs].map((head) => h('th', [head])),
        ),
      ]),
      h(
        'tbody',
        lines.map((line) =>
          h(line.differs ? 'tr.differs' : 'tr', [
            h('td', [line.name, ...(line.differs ? [h('em', [` (${differs})`])] : [])]),
            cell(line.ours),
            cell(line.theirs),
          ]),
        ),
      ),
    ]),
  ]);
}

/** What a screen reader hears as it changes: the stage that runs, or how it ended. */
export function news({ phase, stages, summary, changed }: CheckView): string {
  const failed = stages.find(({ problem }) => problem);
  if (phase === 'ended')
    return [summary, failed?.problem?.title, failed?.problem?.advice, changed].filter(Boolean).join('\n');
  const running = stages.find(({ state }) => state === 'running');
  return running ? `${running.title}: ${running.stateText}` : summary;
}
