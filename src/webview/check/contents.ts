// The view of a check as shapes.
import type { CheckView, HopView, LineView, OwnButton } from '../../protocol/check';
import { type Content, type Shape, button, shape } from '../kit/vnode';

export interface Pressing {
  /** A button of the panel itself. */
  readonly own: (action: string, from: HTMLElement) => void;
  /** A button of the hop that failed. */
  readonly act: (action: string) => void;
}

/** The same parts always, hidden while they say nothing: what a reader has focused or selected stays. */
export function checkContents(view: CheckView, pressing: Pressing): readonly Content[] {
  const { heading, subject, beforehand, phase, hops, summary, changed, settledHeading, settled } = view;
  return [
    shape('h2', [heading]),
    ...[said('p.subject', subject), said('p.beforehand', beforehand)],
    shape('div.progress', [], {
      attributes: { 'aria-hidden': 'true', ...(phase !== 'running' && { hidden: '' }) },
    }),
    shape(
      'ol.hops',
      hops.map((hop) => hopShape(hop, view, pressing)),
    ),
    // Takes the focus when Stop is gone: a second press of the key must not begin anew.
    shape('p.summary', [phase === 'ended' ? shape('strong', [summary]) : summary], {
      attributes: { tabindex: '-1', ...(!summary && { hidden: '' }) },
    }),
    said('p.changed', changed),
    shape(
      'div.actions',
      view.actions.map((action) => ownButton(action, pressing)),
    ),
    shape('h2.settled', [settledHeading]),
    shape(
      'ul.settled',
      settled.map(({ question, answer }) => shape('li', [`${question} `, shape('strong', [answer])])),
    ),
  ];
}

function said(tag: 'p.subject' | 'p.beforehand' | 'p.changed', text: string): Shape {
  return shape(tag, [text], text ? {} : { attributes: { hidden: '' } });
}

/** Of those that are offered at once, the first. */
const primary: ReadonlySet<string> = new Set(['begin', 'stop']);

function ownButton({ id, label, offered }: OwnButton, { own }: Pressing): Shape {
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

function hopShape(hop: HopView, view: CheckView, pressing: Pressing): Shape {
  const { title, state, stateText, found, took, remark, problem } = hop;
  return shape(`li.hop.${state}`, [
    shape('span.mark', [marks[state]], { attributes: { 'aria-hidden': 'true' } }),
    shape('div.told', [
      shape('div.line', [
        shape('strong', [title]),
        shape('span.state', [stateText]),
        ...(took ? [shape('span.took', [took])] : []),
      ]),
      ...(found ? [shape('div.found', [found])] : []),
      ...(remark ? [shape('div.remark', [remark])] : []),
      ...(problem ? [problemShape(problem, view, pressing)] : []),
    ]),
  ]);
}

function problemShape(
  { title, advice, said, actions, lines }: NonNullable<HopView['problem']>,
  view: CheckView,
  { act }: Pressing,
): Shape {
  return shape('div.ending.failed', [
    shape('p.title', [title]),
    shape('p.advice', [advice]),
    ...(said ? [shape('blockquote.said', [said], { attributes: { dir: 'auto' } })] : []),
    ...(lines ? [linesShape(lines, view)] : []),
    ...(actions.length > 0
      ? [
          shape(
            'div.actions',
            actions.map(({ id, label }) => button(label, () => act(id), 'secondary')),
          ),
        ]
      : []),
  ]);
}

function linesShape(lines: readonly LineView[], { lineHeads, differs }: CheckView): Shape {
  const cell = (text: string) => shape('td', [shape('code', [text])]);
  return shape('div.table', [
    shape('table', [
      shape('thead', [
        shape(
          'tr',
          [lineHeads.part, lineHeads.ours, lineHeads.theirs].map((head) => shape('th', [head])),
        ),
      ]),
      shape(
        'tbody',
        lines.map((line) =>
          shape(line.differs ? 'tr.differs' : 'tr', [
            shape('td', [line.name, ...(line.differs ? [shape('em', [` (${differs})`])] : [])]),
            cell(line.ours),
            cell(line.theirs),
          ]),
        ),
      ),
    ]),
  ]);
}

/** What a screen reader hears as it changes: the hop that runs, or how it ended. */
export function news({ phase, hops, summary, changed }: CheckView): string {
  const failed = hops.find(({ problem }) => problem);
  if (phase === 'ended')
    return [summary, failed?.problem?.title, failed?.problem?.advice, changed].filter(Boolean).join('\n');
  const running = hops.find(({ state }) => state === 'running');
  return running ? `${running.title}: ${running.stateText}` : summary;
}
