// Questions about prompts, above the composer. The prompts wait there for the answers.
import type { QuestionView } from '../../protocol/composer';
import type { ReplyToHost } from '../../protocol/reply';
import { Button } from '../kit/button';

export function Questions({
  questions,
  post,
}: {
  readonly questions: readonly QuestionView[];
  readonly post: (message: ReplyToHost) => void;
}) {
  return (
    <>
      {questions.map((question) => (
        <Question key={question.id} {...{ question, post }} />
      ))}
    </>
  );
}

function Question({
  question: { id, prompt, text, buttons },
  post,
}: {
  readonly question: QuestionView;
  readonly post: (message: ReplyToHost) => void;
}) {
  return (
    <section class="question" aria-label={text}>
      <p class="text">{prompt}</p>
      <p>{text}</p>
      <p class="buttons">
        {buttons.map((label, button) => (
          <Button
            key={label}
            kind={button === 0 ? 'primary' : 'secondary'}
            onClick={(_, count) => {
              // The second click of two may be meant for the question before, whose place this one has taken.
              if (count < 2) post({ type: 'answer', question: id, button });
            }}
          >
            {label}
          </Button>
        ))}
      </p>
    </section>
  );
}
