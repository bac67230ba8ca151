// Questions about prompts that the reply panel asks, next to the prompt. VS Code hides a notification after some seconds,
// and by then the composer is empty: the prompt would look lost.
import { randomUUID } from 'node:crypto';
import { type Disposable, EventEmitter } from 'vscode';
import type { TypedPrompt } from '../history/draft';
import type { AskUser } from '../ui/messages';

type AskedPrompt = Pick<TypedPrompt, 'text' | 'attachments'>;

export interface OpenQuestion {
  readonly id: string;
  /** The prompt that waits for the answer. */
  readonly prompt: AskedPrompt;
  readonly text: string;
  readonly buttons: readonly string[];
}

interface Open {
  readonly conversation: string;
  readonly question: OpenQuestion;
  readonly resolve: (button: string | undefined) => void;
}

export class OpenQuestions implements Disposable {
  /** By the ID of the question, the oldest first. */
  private readonly open = new Map<string, Open>();
  private readonly changed = new EventEmitter<string>();
  /** Fires with the ID of the conversation whose questions have changed. */
  readonly onDidChange = this.changed.event;
  private readonly asked = new EventEmitter<string>();
  /** Fires with the ID of the conversation in which there is a new question. */
  readonly onDidAsk = this.asked.event;

  of(conversation: string): readonly OpenQuestion[] {
    return [...this.open.values()]
      .filter((each) => each.conversation === conversation)
      .map(({ question }) => question);
  }

  /**
   * Returns what asks about a prompt of a conversation. It resolves to undefined if the conversation is deleted, or
   * `isThere` says that it has been.
   */
  askerFor(conversation: string, prompt: AskedPrompt, isThere: () => boolean): AskUser {
    return (text, ...buttons) =>
      new Promise((resolve) => {
        if (!isThere()) {
          resolve(undefined);
          return;
        }
        const id = randomUUID();
        this.open.set(id, { conversation, question: { id, prompt, text, buttons }, resolve });
        this.changed.fire(conversation);
        this.asked.fire(conversation);
      });
  }

  /** @param button the index of the button; nothing happens if the question has been answered meanwhile. */
  answer(id: string, button: number): void {
    this.close(id, this.open.get(id)?.question.buttons[button]);
  }

  /** Closes the questions of conversations that are deleted. */
  forget(conversations: readonly string[] | 'all'): void {
    for (const [id, { conversation }] of this.open)
      if (conversations === 'all' || conversations.includes(conversation)) this.close(id, undefined);
  }

  /** Leaves the questions without an answer: the drafts keep their prompts for the next session. */
  dispose(): void {
    this.changed.dispose();
    this.asked.dispose();
  }

  private close(id: string, button: string | undefined): void {
    const closed = this.open.get(id);
    if (!closed) return;
    this.open.delete(id);
    closed.resolve(button);
    this.changed.fire(closed.conversation);
  }
}
