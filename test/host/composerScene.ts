// A conversation in the host half of the composer, whose replies and questions end when the test says so.
import assert from 'node:assert/strict';
import { Conversations } from '../../src/conversation/conversations';
import { Drafts } from '../../src/conversation/drafts';
import type { Outcome, ReplyEvent, Turn } from '../../src/core/model/reply';
import { type Request, promptOf } from '../../src/core/model/request';
import { Composer } from '../../src/prompt/composer';
import { OpenQuestions } from '../../src/prompt/openQuestions';
import { PendingAttachments } from '../../src/prompt/pendingAttachments';
import { type PromptInput, buildRequest } from '../../src/prompt/requestBuilder';
import {
  type ComposerMessage,
  type ComposerMessageParts,
  handleComposerMessage,
} from '../../src/reply/composerMessages';
import { until } from '../limits';
import { prepared } from '../unit/asking';

const { target, parameters, gateway, authentication } = prepared({
  url: 'https://gateway.example/v1/account/gateway',
}).request;
export const configOf = (model: string) => ({
  target: { ...target, model },
  ...{ parameters, gateway, authentication },
});

const outcomes = {
  done: { kind: 'done', stopReason: 'end_turn' },
  stopped: { kind: 'stopped' },
} as const satisfies Record<string, Outcome>;

/** A conversation, called "one", whose replies and questions end when the test says so. */
export class Scene {
  readonly requests: Request[] = [];
  /** Whether there is a question about each prompt before it is sent. */
  asks = false;
  readonly questions = new OpenQuestions();
  settingsModel = 'A';
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly pending: PendingAttachments;
  readonly composer: Composer;
  private readonly ends = new Map<string, (outcome: Outcome) => void>();

  constructor() {
    const onError = (error: unknown) => assert.fail(String(error));
    const ends = this.ends;
    async function* ask(request: Request): AsyncGenerator<ReplyEvent, void> {
      const outcome = await new Promise<Outcome>((resolve) => ends.set(request.id, resolve));
      ends.delete(request.id);
      if (outcome.kind === 'done') yield { type: 'text', text: `Reply to ${promptOf(request)}` };
      yield { type: 'ended', outcome };
    }
    this.conversations = new Conversations(() => Promise.resolve({ ask, endedLine: () => '' }), {
      info: () => undefined,
    });
    this.drafts = new Drafts({ files: () => undefined, onError });
    this.pending = new PendingAttachments(this.drafts);
    const { conversations, drafts, pending, questions } = this;
    this.composer = new Composer({
      ...{ conversations, drafts, pending, questions, queueName: () => 'Queue' },
      report: (_, error) => onError(error),
      sender: {
        send: async (input, options) => {
          const asked = this.asks && (await options?.ask?.('Send it?', 'Send', 'Cancel'));
          const isSent = !this.asks || (asked === 'Send' && options?.isStillWanted?.() !== false);
          if (isSent) this.send(input);
          return isSent;
        },
        resend: (input) => {
          this.send(input);
          return Promise.resolve();
        },
      },
    });
  }

  private send(input: PromptInput): void {
    const request = buildRequest(input, configOf(input.model ?? this.settingsModel));
    this.requests.push(request);
    void this.conversations.send(request);
  }

  /** Handles a message of the page that needs nothing else. */
  handle(message: ComposerMessage): Promise<void> {
    const { conversations, drafts, pending, composer } = this;
    return handleComposerMessage(message, {
      ...{ conversations, drafts, pending, composer },
      onDetach: () => undefined,
    } as unknown as ComposerMessageParts);
  }

  get draft() {
    return this.drafts.get('one');
  }

  get queued(): readonly string[] {
    return this.composer.queue.of('one').map(({ text }) => text);
  }

  /** The queued prompts that wait for the user. */
  get held(): readonly string[] {
    return this.composer.queue
      .of('one')
      .filter((prompt) => this.composer.queue.isHeld(prompt))
      .map(({ text }) => text);
  }

  sendNow(text: string): Promise<void> {
    const prompt = this.draft.queue.find((queued) => queued.text === text);
    assert.ok(prompt, text);
    return this.composer.sendQueued('one', prompt.id);
  }

  /** The prompts of the shown branch. */
  get shown(): readonly string[] {
    return (this.conversations.get('one')?.turns ?? []).map(({ request }) => promptOf(request));
  }

  get sent(): readonly string[] {
    return this.requests.map(promptOf);
  }

  get model(): string | undefined {
    return this.composer.modelOf('one');
  }

  /** The last turn with this prompt. */
  turn(prompt: string): Turn {
    const request = this.requests.findLast((each) => promptOf(each) === prompt);
    const turn = request && this.conversations.turn(request.id);
    assert.ok(turn, prompt);
    return turn;
  }

  submit(text: string): Promise<void> {
    return this.composer.submit('one', text);
  }

  /** Ends the reply to the last prompt with this text. */
  async end(prompt: string, outcome: keyof typeof outcomes = 'done'): Promise<void> {
    await this.endRequest(this.turn(prompt).request.id, outcome);
  }

  async endRequest(id: string, outcome: keyof typeof outcomes = 'done'): Promise<void> {
    await until(() => this.ends.has(id), 'it is being answered');
    this.ends.get(id)?.(outcomes[outcome]);
    await until(() => !this.conversations.isRunning(id), 'the reply has ended');
    // What follows from that is done.
    await new Promise(setImmediate);
  }

  async answer(isSent: boolean): Promise<void> {
    await until(() => this.questions.of('one').length > 0, 'a question is open');
    this.questions.answer(this.questions.of('one')[0]?.id ?? '', isSent ? 0 : 1);
    await new Promise(setImmediate);
  }

  dispose(): void {
    for (const end of this.ends.values()) end(outcomes.stopped);
    for (const part of [this.composer, this.pending, this.questions, this.drafts, this.conversations])
      part.dispose();
  }
}
