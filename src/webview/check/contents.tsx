// The view of a check.
import type { CheckView, HopView, LineView, OwnButton } from '../../protocol/check';
import { Button } from '../kit/button';

export interface Pressing {
  /** A button of the panel itself. */
  readonly own: (action: string, from: HTMLElement) => void;
  /** A button of the stage that failed. */
  readonly act: (action: string) => void;
}

interface CheckProps {
  readonly view: CheckView;
  readonly pressing: Pressing;
}

/** The same parts always, hidden while they say nothing: what a reader has focused or selected stays. */
export function CheckContents({ view, pressing }: CheckProps) {
  const { heading, subject, beforehand, phase, stages, summary, changed, settledHeading, settled } = view;
  return (
    <>
      <h2>{heading}</h2>
      <Sentence kind="subject" text={subject} />
      <Sentence kind="beforehand" text={beforehand} />
      <div class="progress" aria-hidden="true" hidden={phase !== 'running'} />
      <ol class="hops">
        {stages.map((stage) => (
          <Hop stage={stage} view={view} pressing={pressing} />
        ))}
      </ol>
      {/* Takes the focus when Stop is gone: a second press of the key must not begin anew. */}
      <p class="summary" tabIndex={-1} hidden={!summary}>
        {phase === 'ended' ? <strong>{summary}</strong> : summary}
      </p>
      <Sentence kind="changed" text={changed} />
      <div class="actions">
        {view.actions.map((action) => (
          <Own action={action} pressing={pressing} />
        ))}
      </div>
      <h2 class="settled">{settledHeading}</h2>
      <ul class="settled">
        {settled.map(({ question, answer }) => (
          <li>
            {`${question} `}
            <strong>{answer}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}

function Sentence({ kind, text }: { readonly kind: string; readonly text: string }) {
  return (
    <p class={kind} hidden={!text}>
      {text}
    </p>
  );
}

/** Of those that are offered at once, the first. */
const primary: ReadonlySet<string> = new Set(['begin', 'stop']);

function Own({
  action: { id, label, offered },
  pressing,
}: {
  readonly action: OwnButton;
  readonly pressing: Pressing;
}) {
  return (
    <Button
      kind={primary.has(id) ? 'primary' : 'secondary'}
      onPress={(from) => pressing.own(id, from)}
      hidden={!offered}
    >
      {label}
    </Button>
  );
}

const marks: { readonly [S in HopView['state']]: string } = {
  waiting: '○',
  running: '◌',
  passed: '✓',
  cautioned: '!',
  failed: '✕',
  notReached: '–',
};

function Hop({ stage, view, pressing }: CheckProps & { readonly stage: HopView }) {
  const { title, state, stateText, found, took, remark, problem } = stage;
  return (
    <li class={`hop ${state}`}>
      <span class="mark" aria-hidden="true">
        {marks[state]}
      </span>
      <div class="told">
        <div class="line">
          <strong>{title}</strong>
          <span class="state">{stateText}</span>
          {took && <span class="took">{took}</span>}
        </div>
        {found && <div class="found">{found}</div>}
        {remark && <div class="remark">{remark}</div>}
        {problem && <Problem problem={problem} view={view} pressing={pressing} />}
      </div>
    </li>
  );
}

function Problem({
  problem: { title, advice, said, actions, lines },
  view,
  pressing,
}: CheckProps & { readonly problem: NonNullable<HopView['problem']> }) {
  return (
    <div class="ending failed">
      <p class="title">{title}</p>
      <p class="advice">{advice}</p>
      {said && (
        <blockquote class="said" dir="auto">
          {said}
        </blockquote>
      )}
      {lines && <Lines lines={lines} view={view} />}
      {actions.length > 0 && (
        <div class="actions">
          {actions.map(({ id, label }) => (
            <Button kind="secondary" onPress={() => pressing.act(id)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

function Lines({
  lines,
  view: { lineHeads, differs },
}: {
  readonly lines: readonly LineView[];
  readonly view: CheckView;
}) {
  return (
    <div class="table">
      <table>
        <thead>
          <tr>
            {[lineHeads.part, lineHeads.ours, lineHeads.theirs].map((head) => (
              <th>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr class={line.differs ? 'differs' : undefined}>
              <td>
                {line.name}
                {line.differs && <em>{` (${differs})`}</em>}
              </td>
              {[line.ours, line.theirs].map((text) => (
                <td>
                  <code>{text}</code>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What a screen reader hears as it changes: the stage that runs, or how it ended. */
export function news({ phase, stages, summary, changed }: CheckView): string {
  const failed = stages.find(({ problem }) => problem);
  if (phase === 'ended')
    return [summary, failed?.problem?.title, failed?.problem?.advice, changed].filter(Boolean).join('\n');
  const running = stages.find(({ state }) => state === 'running');
  return running ? `${running.title}: ${running.stateText}` : summary;
}
