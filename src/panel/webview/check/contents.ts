// The view of a check as shapes.
import type { CheckView, HopView, LineView } from '../../../check/protocol';
import { type Content, type Shape, button, shape } from '../shape';

export interface Pressing {
  /** A button of the panel itself. */
  readonly own: (action: string, from: HTMLElement) => void;
  /** A button of the hop that failed. */
  readonly act: (action: string) => void;
}

export function checkContents(view: CheckView, pressing: Pressing): readonly Content[] {
  const { heading, subject, beforehand, phase, hops, summary, settledHeading, settled, actions } = view;
  return [
    shape('h2', [heading]),
    ...(subject ? [shape('p.subject', [subject])] : []),
    ...(beforehand ? [shape('p.beforehand', [beforehand])] : []),
    shape('div.progress', [], { attributes: { 'aria-hidden': 'true' } }),
    shape(
      'ol.hops',
      hops.map((hop) => hopShape(hop, view, pressing)),
    ),
    ...(summary ? [shape(`p.summary.${phase}`, [summary])] : []),
    shape(
      'div.actions',
      actions.map(({ id, label }, index) =>
        button(label, (from) => pressing.own(id, from), index === 0 ? 'primary' : 'secondary'),
      ),
    ),
    shape('h2.settled', [settledHeading]),
    shape(
      'ul.settled',
      settled.map(({ question, answer }) => shape('li', [`${question} `, shape('strong', [answer])])),
    ),
  ].filter(({ class: name }) => phase === 'running' || name !== 'progress');
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
export function news({ phase, hops, summary }: CheckView): string {
  const failed = hops.find(({ problem }) => problem);
  if (phase === 'ended')
    return [summary, failed?.problem?.title, failed?.problem?.advice].filter(Boolean).join('\n');
  const running = hops.find(({ state }) => state === 'running');
  return running ? `${running.title}: ${running.stateText}` : summary;
}
