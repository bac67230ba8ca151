// The composer below the conversation. Its text field is made once and never drawn again, so that nothing that arrives
// disturbs the cursor, the undo steps or an input method in it.
import { render } from 'preact';
import type { PendingView } from '../../protocol/attachments';
import type { ComposerView, EditsView } from '../../protocol/composer';
import type { PanelStrings, ReplyToHost } from '../../protocol/reply';
import { inLines } from '../../util/inLines';
import type { Announce } from '../kit/announcer';
import { AboveField, BelowField } from './aroundField';
import { openDropTarget } from './attachments/dropTarget';
import { Intake } from './attachments/intake';
import type { Pictures } from './attachments/pictures';
import { announceChanges } from './composerChanges';
import { DraftSync } from './draftSync';
import { isTakenByInputMethod } from './inputMethod';
import { Questions } from './questions';

export interface ComposerPageDeps {
  readonly post: (message: ReplyToHost) => void;
  readonly announce: Announce;
  readonly pictures: Pictures;
  /** The prompts of the shown turns, the first one first. */
  readonly prompts: () => readonly string[];
  /** Called before a prompt is sent. Not for one that is queued: its time is not the user's choice. */
  readonly onSend: () => void;
}

/** What decides what the buttons do. */
interface ComposerState {
  readonly strings: PanelStrings;
  readonly conversation: string;
  readonly view: ComposerView;
  /** The reply that a prompt would follow is running. */
  readonly isRunning: boolean;
}

export class ComposerPage {
  readonly #root = document.createElement('footer');
  /** Outside of what scrolls: the user may overlook nothing of a question. */
  readonly #questions = document.createElement('div');
  readonly #above = document.createElement('div');
  readonly #field = document.createElement('textarea');
  readonly #below = document.createElement('div');
  readonly #overlay = document.createElement('div');
  readonly #intake: Intake;
  readonly #deps: ComposerPageDeps;
  readonly #sync: DraftSync;
  #state: ComposerState | undefined;
  #editing: EditsView['editing'];
  /** Turn → what was typed in place of its prompt, and not sent. */
  #rewrites = new Map<string, string>();
  /** How many prompts the arrow keys have gone back, while the recalled text is unchanged. */
  #recalled = 0;
  /** The user has tried to send the prompt while something was being attached to it. */
  #isHurried = false;

  constructor(deps: ComposerPageDeps) {
    this.#deps = deps;
    this.#sync = new DraftSync(deps.post, () => this.#field.value);
    this.#root.id = 'composer';
    this.#root.hidden = true;
    this.#below.className = 'row';
    this.#field.rows = 1;
    this.#field.dir = 'auto';
    this.#questions.className = 'questions';
    this.#above.className = 'above';
    this.#root.append(this.#questions, this.#above, this.#field, this.#below);
    this.#overlay.className = 'drop';
    this.#overlay.hidden = true;
    document.body.append(this.#root, this.#overlay);
    this.#intake = new Intake({
      post: deps.post,
      onThumbnail: (bytes, thumbnail) => deps.pictures.add(bytes, thumbnail),
      onChange: () => this.#render(),
    });
    openDropTarget({
      ...{ field: this.#field, overlay: this.#overlay },
      take: (found) => {
        if (this.#state) this.#intake.take(this.#state.conversation, found);
      },
    });
    const setHeight = () =>
      document.documentElement.style.setProperty('--composer', `${this.#root.offsetHeight}px`);
    this.#field.addEventListener('input', () => {
      this.#recalled = 0;
      this.#sync.changed();
      this.#renderIfEmptied();
    });
    this.#field.addEventListener('keydown', (event) => this.#pressed(event));
    this.#field.addEventListener('blur', () => this.#sync.flush());
    document.addEventListener('visibilitychange', () => this.#sync.flush());
    addEventListener('pagehide', () => this.#sync.flush());
    // In the next frame: what depends on it is watched too, and would be told within the same one.
    new ResizeObserver(() => requestAnimationFrame(setHeight)).observe(this.#root);
  }

  /** Shows a conversation's composer. Its text and its edits are replaced only if they are another conversation's. */
  show(state: ComposerState, draft: string, edits: EditsView = { rewrites: [] }): void {
    const isOther = state.conversation !== this.#state?.conversation;
    if (isOther) this.#sync.flush();
    this.#state = state;
    this.#root.hidden = false;
    this.#field.placeholder = state.strings.placeholder;
    this.#field.ariaLabel = state.strings.composer;
    this.#overlay.textContent = state.strings.dropToAttach;
    if (isOther) {
      this.#field.value = draft;
      this.#editing = edits.editing;
      this.#rewrites = new Map(edits.rewrites.map(({ turn, text }) => [turn, text]));
      this.#recalled = 0;
      this.#sync.begin(state.conversation);
    }
    // Draws the composer, too.
    this.#intake.shown(state.view.preparing);
  }

  update(conversation: string, view: ComposerView): void {
    if (!this.#state || conversation !== this.#state.conversation) return;
    const before = this.#state;
    this.#state = { ...before, view };
    announceChanges(before, view, this.#deps.announce);
    // Draws the composer, too.
    this.#intake.shown(view.preparing);
  }

  /** The host is done with these files. */
  attachDone(files: readonly string[]): void {
    this.#intake.done(files);
  }

  setRunning(isRunning: boolean): void {
    if (!this.#state || this.#state.isRunning === isRunning) return;
    this.#state = { ...this.#state, isRunning };
    this.#render();
  }

  focus(): void {
    this.#field.focus();
  }

  /** A prompt was not sent: the edit of a turn's prompt, or what was typed at the end. */
  putBack(conversation: string, text: string, edited?: string): void {
    if (conversation !== this.#state?.conversation) return;
    const current = this.#editing;
    if (current?.turn === edited) this.#setText(inLines(text, this.#field.value));
    else if (edited !== undefined) {
      this.#keepRewrite(edited, text);
      if (!current) this.#beginEdit(edited, text);
    } else if (current) this.#editing = { ...current, before: inLines(text, current.before) };
    this.#deps.announce(this.#state.strings.promptBack);
  }

  /** Puts the prompt of a turn into the composer, or what was typed in its place and not sent. */
  edit(turn: string, prompt: string): void {
    this.#beginEdit(turn, prompt);
    this.focus();
  }

  #beginEdit(turn: string, prompt: string): void {
    const current = this.#editing;
    if (current?.turn === turn) return;
    const before = this.#field.value;
    if (current) this.#keepRewrite(current.turn, before);
    const text = this.#rewrites.get(turn) ?? prompt;
    this.#rewrites.delete(turn);
    this.#editing = { turn, before: current?.before ?? before };
    this.#deps.post({ type: 'editPrompt', turn, text, before });
    this.#sync.told(text);
    this.#setText(text);
    this.#render();
  }

  #keepRewrite(turn: string, text: string): void {
    if (text.trim()) this.#rewrites.set(turn, inLines(text, this.#rewrites.get(turn) ?? ''));
  }

  #setText(text: string): void {
    this.#field.value = text;
    this.#field.setSelectionRange(text.length, text.length);
    this.#sync.changed();
    this.#renderIfEmptied();
  }

  #pressed(event: KeyboardEvent): void {
    if (isTakenByInputMethod(event)) return;
    const isPlain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key === 'Escape' && isPlain && this.#editing) {
      // A reply that is running is not what is meant.
      event.stopPropagation();
      this.#cancelEdit();
    } else if (event.key === 'Enter' && isPlain) {
      event.preventDefault();
      if (!event.repeat) this.#submit();
    } else if (event.key === 'ArrowUp' && isPlain) this.#recall(event, 1);
    else if (event.key === 'ArrowDown' && isPlain) this.#recall(event, -1);
  }

  /** Goes back through the prompts of the conversation, from an empty composer on. */
  #recall(event: KeyboardEvent, by: 1 | -1): void {
    const { lastPrompt = '' } = this.#state?.view ?? {};
    const shown = this.#deps.prompts();
    const prompts = shown.length > 0 ? shown : [lastPrompt].filter(Boolean);
    if (this.#recalled === 0 && (this.#field.value || by < 0)) return;
    const recalled = Math.min(this.#recalled + by, prompts.length);
    event.preventDefault();
    this.#setText(recalled === 0 ? '' : (prompts.at(-recalled) ?? ''));
    this.#recalled = recalled;
  }

  #submit(): void {
    const { conversation, view, strings } = this.#state ?? {};
    const text = this.#field.value;
    if (!conversation || !view || !strings || (!text.trim() && view.attachments.length === 0)) return;
    // Else it would go without that.
    if (this.#preparing.length > 0) {
      this.#isHurried = true;
      this.#deps.announce(strings.notReady);
      this.#render();
      return;
    }
    if (this.#editing || !this.#state?.isRunning) this.#deps.onSend();
    this.#deps.post({ type: 'submit', conversation, text });
    this.#recalled = 0;
    this.#field.value = this.#editing?.before ?? '';
    this.#editing = undefined;
    this.#sync.told(this.#field.value);
    this.#render();
  }

  /** Gives the edit up, and keeps what was typed in it for the next time. */
  #cancelEdit(): void {
    const { conversation } = this.#state ?? {};
    if (!conversation || !this.#editing) return;
    this.#sync.flush();
    this.#deps.post({ type: 'cancelEdit', conversation });
    const { turn, before } = this.#editing;
    this.#keepRewrite(turn, this.#field.value);
    this.#editing = undefined;
    this.#sync.told(before);
    this.#setText(before);
    this.#render();
    this.focus();
  }

  /** Puts a queued prompt into the composer, which is not a part of the prompt that is edited there. */
  #editQueued(prompt: string): void {
    const { conversation } = this.#state ?? {};
    if (!conversation) return;
    this.#cancelEdit();
    this.#deps.post({ type: 'editQueued', conversation, prompt });
  }

  #takeLastTurns(): void {
    const { conversation } = this.#state ?? {};
    if (!conversation) return;
    // What is typed moves along; the host has all of it now.
    this.#sync.flush();
    this.#field.value = '';
    this.#sync.told('');
    this.#deps.post({ type: 'takeLastTurns', conversation });
  }

  /** The Send button depends on whether there is a text. */
  #renderIfEmptied(): void {
    const isEmpty = !this.#field.value.trim();
    if (isEmpty !== this.#wasEmpty) this.#render();
  }

  #wasEmpty = true;

  /** What is being attached to what is typed: all that the host says, and what the page has taken since. */
  get #preparing(): readonly PendingView[] {
    const { view, conversation } = this.#state ?? {};
    return view && conversation ? [...view.preparing, ...this.#intake.preparing(conversation)] : [];
  }

  #render(): void {
    const state = this.#state;
    if (!state) return;
    const { strings, conversation, view, isRunning } = state;
    const { post, pictures } = this.#deps;
    this.#wasEmpty = !this.#field.value.trim();
    const preparing = this.#preparing;
    this.#isHurried &&= preparing.length > 0;
    const around = { strings, conversation, view, post };
    const focused = document.activeElement;
    render(<Questions questions={view.questions} post={post} />, this.#questions);
    render(
      <AboveField
        {...{ ...around, preparing, pictures }}
        isEditing={!!this.#editing}
        isHurried={this.#isHurried}
        cancelEdit={() => this.#cancelEdit()}
        editQueued={(prompt) => this.#editQueued(prompt)}
        takeLastTurns={() => this.#takeLastTurns()}
        cancelFile={(file) => this.#intake.remove(file)}
      />,
      this.#above,
    );
    render(
      <BelowField
        {...around}
        canSend={preparing.length === 0 && (!this.#wasEmpty || view.attachments.length > 0)}
        isQueued={isRunning && !this.#editing}
        submit={() => {
          this.#submit();
          this.focus();
        }}
      />,
      this.#below,
    );
    // The button that was pressed is gone, such as Remove with its prompt.
    if (focused && !focused.isConnected) this.focus();
  }
}
