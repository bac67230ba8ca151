// The contents of the Check Connection page.
import type { CheckView, StageView, LineView, PanelButton } from '../../protocol/check';
import { Button } from '../kit/button';

export interface ButtonHandlers {
  /** Called for one of the panel's own buttons. */
  readonly panel: (action: string, from: HTMLElement) => void;
  /** Called for a button of the stage that failed. */
  readonly remedy: (action: string) => void;
}

interface CheckProps {
  readonly view: CheckView;
  readonly handlers: ButtonHandlers;
}

/** All parts are always on the page, hidden while they are empty, so that focus and selection survive. */
export function CheckContents({ view, handlers }: CheckProps) {
  const { heading, subject, plan, phase, stages, summary, changed, observationsHeading, observations } = view;
  return (
    <>
      <h2>{heading}</h2>
      <Sentence kind="subject" text={subject} />
      <Sentence kind="plan" text={plan} />
      <div class="progress" aria-hidden="true" hidden={phase !== 'running'} />
      <ol class="stages">
        {stages.map((stage) => (
          <Stage stage={stage} view={view} handlers={handlers} />
        ))}
      </ol>
      {/* Takes the focus when Stop is gone: a second key press must not begin another check. */}
      <p class="summary" tabIndex={-1} hidden={!summary}>
        {phase === 'ended' ? <strong>{summary}</strong> : summary}
      </p>
      <Sentence kind="changed" text={changed} />
      <div class="actions">
        {view.actions.map((action) => (
          <PanelButtonView action={action} pressing={handlers} />
        ))}
      </div>
      <h2 class="settled">{observationsHeading}</h2>
      <ul class="settled">
        {observations.map(({ question, answer }) => (
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

/** The button that comes first among those that are offered. */
const primary: ReadonlySet<string> = new Set(['begin', 'stop']);

function PanelButtonView({
  action: { id, label, offered },
  pressing,
}: {
  readonly action: PanelButton;
  readonly pressing: ButtonHandlers;
}) {
  return (
    <Button
      kind={primary.has(id) ? 'primary' : 'secondary'}
      onClick={(from) => pressing.panel(id, from)}
      hidden={!offered}
    >
      {label}
    </Button>
  );
}

const marks: { readonly [S in StageView['state']]: string } = {
  waiting: '○',
  running: '◌',
  passed: '✓',
  warned: '!',
  failed: '✕',
  notReached: '–',
};

function Stage({ stage, view, handlers }: CheckProps & { readonly stage: StageView }) {
  const { title, state, stateText, result, duration, warning, problem } = stage;
  return (
    <li class={`stage ${state}`}>
      <span class="mark" aria-hidden="true">
        {marks[state]}
      </span>
      <div class="content">
        <div class="line">
          <strong>{title}</strong>
          <span class="state">{stateText}</span>
          {duration && <span class="took">{duration}</span>}
        </div>
        {result && <div class="found">{result}</div>}
        {warning && <div class="remark">{warning}</div>}
        {problem && <Problem problem={problem} view={view} handlers={handlers} />}
      </div>
    </li>
  );
}

function Problem({
  problem: { title, advice, providerMessage, actions, lines },
  view,
  handlers,
}: CheckProps & { readonly problem: NonNullable<StageView['problem']> }) {
  return (
    <div class="problem failed">
      <p class="title">{title}</p>
      <p class="advice">{advice}</p>
      {providerMessage && (
        <blockquote class="quote" dir="auto">
          {providerMessage}
        </blockquote>
      )}
      {lines && <Lines lines={lines} view={view} />}
      {actions.length > 0 && (
        <div class="actions">
          {actions.map(({ id, label }) => (
            <Button kind="secondary" onClick={() => handlers.remedy(id)}>
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
            {[lineHeads.part, lineHeads.signed, lineHeads.received].map((head) => (
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
              {[line.signed, line.received].map((text) => (
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

/** What a screen reader announces: the running stage, or how the check ended. */
export function announcement({ phase, stages, summary, changed }: CheckView): string {
  const failed = stages.find(({ problem }) => problem);
  if (phase === 'ended')
    return [summary, failed?.problem?.title, failed?.problem?.advice, changed].filter(Boolean).join('\n');
  const running = stages.find(({ state }) => state === 'running');
  return running ? `${running.title}: ${running.stateText}` : summary;
}
