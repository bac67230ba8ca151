// A prompt and its reply on the page. replyText.ts draws the text of the reply.
import { useState } from 'preact/hooks';
import { chunks } from '../../markdown/limits';
import { Details } from './details';
import { StatLine, OutcomeBox } from './outcome';
import { Prompt } from './prompt';
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
    <article data-turn={id}>
      <Prompt view={view} strings={strings} memory={context.memory} />
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

/** The model's reasoning, collapsed; drawn only while it is expanded. */
function Reasoning({ turn: { id, reasoning, context } }: TurnProps) {
  const { strings, memory } = context;
  const name = `${id} reasoning`;
  const [open, setOpen] = useState(memory.isUnfolded(name));
  return (
    <details
      class="reasoning"
      hidden={!reasoning}
      open={open}
      onToggle={({ currentTarget }) => {
        memory.rememberUnfolded(name, currentTarget.open);
        setOpen(currentTarget.open);
      }}
    >
      <summary>{strings.reasoning}</summary>
      <div class="words">{open && chunks(reasoning).map((piece) => <div>{piece}</div>)}</div>
    </details>
  );
}
