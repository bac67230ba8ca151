// A prompt and its reply on the page. replyText.ts draws the text of the reply.
import { useState } from 'preact/hooks';
import type { OutcomeView } from '../../protocol/reply';
import { chunks } from '../../markdown/limits';
import { Comparison } from './comparison';
import { Details } from './details';
import { StatLine, OutcomeBox } from './outcome';
import { Prompt } from './prompt';
import { turnElementId } from './turnElements';
import { Status } from './status';
import type { TurnModel } from './turnModel';

export interface TurnProps {
  readonly turn: TurnModel;
}

export function TurnArticle({ turn }: TurnProps) {
  const { id, view, state, footer, context } = turn;
  const { strings, post, showCopied } = context;
  const { phase, hasText } = footer;
  return (
    <article id={turnElementId(id)}>
      <Prompt
        view={turn.promptView}
        strings={strings}
        {...{ memory: context.memory, pictures: context.pictures }}
        openAttachment={(attachment) => post({ type: 'openAttachment', attachment, turn: id })}
        edit={() => context.edit(id, view.prompt)}
        showVersion={(by) => post({ type: 'version', turn: id, by })}
      />
      <h2>{strings.reply}</h2>
      <div class="note">{state.note && <p>{state.note}</p>}</div>
      <Reasoning turn={turn} />
      <div
        class="markdown"
        dir="auto"
        aria-busy={turn.isRunning}
        ref={(element) => {
          if (element) turn.text.attach(element);
        }}
      />
      <div class="outcome">
        <OutcomeBox outcome={footer.outcome} act={(action) => post({ type: 'act', turn: id, action })} />
      </div>
      <div class="foot">
        <StatLine
          stats={footer.stats}
          strings={strings}
          copyStat={(what, from) => {
            post({ type: 'copyStat', turn: id, what });
            showCopied(from);
          }}
          resend={
            phase === 'ended' && !offersSendAgain(footer.outcome)
              ? () => context.resend('sendAgain', id)
              : undefined
          }
          askAnother={phase === 'ended' ? () => context.resend('askAnotherModel', id) : undefined}
          copyReply={
            phase === 'ended' && hasText
              ? (from) => {
                  post({ type: 'copyReply', turn: id });
                  showCopied(from);
                }
              : undefined
          }
        />
      </div>
      <Comparison turn={turn} />
      <Details turn={turn} />
      <div class="status">
        <Status
          state={state}
          since={turn.since}
          strings={strings}
          stop={() => post({ type: 'stop', turn: id })}
        />
      </div>
    </article>
  );
}

/** A failure has its own button for that. */
function offersSendAgain(outcome: OutcomeView | undefined): boolean {
  return outcome?.actions.some(({ id }) => id === 'sendAgain') ?? false;
}

/** The model's reasoning, collapsed; drawn only while it is expanded. */
function Reasoning({ turn: { id, reasoning, context, state } }: TurnProps) {
  const { strings, memory } = context;
  const name = `${id} reasoning`;
  const [open, setOpen] = useState(memory.isUnfolded(name));
  // A model may think without showing it: then there is nothing to unfold.
  if (!reasoning) return state.thinking ? <p class="reasoning">{state.thinking}</p> : null;
  return (
    <details
      class="reasoning"
      open={open}
      onToggle={({ currentTarget }) => {
        memory.rememberUnfolded(name, currentTarget.open);
        setOpen(currentTarget.open);
      }}
    >
      <summary>{state.thinking ?? strings.reasoning}</summary>
      <div class="words">{open && chunks(reasoning).map((piece) => <div>{piece}</div>)}</div>
    </details>
  );
}
