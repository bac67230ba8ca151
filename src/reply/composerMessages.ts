// Handles what the user does in the composer and with the versions of a turn.
import { randomUUID } from 'node:crypto';
import { l10n } from 'vscode';
import { withEditBegun, withEditCancelled } from '../history/draft';
import { requestTitle } from '../history/summary';
import { areAttached, attachmentOf } from '../prompt/attachment';
import { sentPrompt } from '../prompt/promptContent';
import { takeLastTurns } from '../prompt/takeLastTurns';
import { shortName } from '../models/modelIds';
import type { ReplyToHost, ReplyToWebview } from '../protocol/reply';
import type { SetUpDialogs } from '../setup/loadSetUp';
import { loadPart } from '../util/loadPart';
import { plainText } from '../util/plainText';
import { type ComposerParts, turnsOffered } from './composerView';

/** The messages of the composer, and of the buttons that send a prompt again. */
const composerTypes = {
  draft: () => l10n.t('Send'),
  submit: () => l10n.t('Send'),
  editPrompt: () => l10n.t('Edit'),
  cancelEdit: () => l10n.t('Cancel'),
  answer: () => l10n.t('Send'),
  editQueued: () => l10n.t('Edit'),
  removeQueued: () => l10n.t('Remove'),
  sendQueued: () => l10n.t('Send Now'),
  attach: () => l10n.t('Attach Selection'),
  detach: () => l10n.t('Remove'),
  pickModel: () => l10n.t('Select Model…'),
  takeLastTurns: () => l10n.t('New Conversation'),
  sendAgain: () => l10n.t('Send Again'),
  askAnotherModel: () => l10n.t('Ask Another Model…'),
  version: () => l10n.t('Versions'),
  compare: () => l10n.t('Compare versions'),
  place: () => l10n.t('Reading Position'),
} as const;

export type ComposerMessage = Extract<ReplyToHost, { type: keyof typeof composerTypes }>;

export function isComposerMessage(message: { readonly type: string }): message is ComposerMessage {
  return Object.hasOwn(composerTypes, message.type);
}

/** What the user calls the action of a message; error messages name it. */
export function composerMessageName({ type }: ComposerMessage): string {
  return composerTypes[type]();
}

export interface ComposerMessageParts extends ComposerParts {
  readonly setUp: Pick<SetUpDialogs, 'pickModel'>;
  /** Called when something is no longer attached. */
  readonly onDetach: () => void;
  /** Posts a message to the page. */
  readonly post: (message: ReplyToWebview) => void;
  /** Shows a conversation in the panel. */
  readonly show: (conversation: string) => Promise<void>;
}

/** Carries out what a message asks for. */
export async function handleComposerMessage(
  message: ComposerMessage,
  {
    conversations,
    drafts,
    composer,
    pending,
    questions,
    lastEditor,
    setUp,
    costs,
    labelOf,
    show,
    post,
    onDetach,
  }: ComposerMessageParts,
): Promise<void> {
  const promptOfTurn = (id: string) => {
    const turn = conversations.turn(id);
    return turn && sentPrompt(turn.request);
  };
  switch (message.type) {
    case 'draft':
      drafts.update(message.conversation, { text: message.text });
      return;
    case 'submit':
      await composer.submit(message.conversation, message.text);
      return;
    case 'editPrompt': {
      const turn = conversations.turn(message.turn);
      if (!turn) return;
      const { conversation } = turn.request;
      drafts.set(conversation, withEditBegun(drafts.get(conversation), message, promptOfTurn));
      return;
    }
    case 'cancelEdit':
      drafts.set(message.conversation, withEditCancelled(drafts.get(message.conversation), promptOfTurn));
      return;
    case 'answer':
      questions.answer(message.question, message.button);
      return;
    case 'editQueued':
      composer.editQueued(message.conversation, message.prompt);
      return;
    case 'removeQueued':
      composer.queue.take(message.conversation, message.prompt);
      return;
    case 'sendQueued':
      await composer.sendQueued(message.conversation, message.prompt);
      return;
    case 'attach': {
      const attached = attachmentOf(lastEditor.editor, randomUUID());
      const { attachments } = drafts.get(message.conversation);
      if (attached && !areAttached(attached.sources, attachments))
        drafts.update(message.conversation, { attachments: [...attachments, attached] });
      return;
    }
    case 'detach': {
      const { attachments } = drafts.get(message.conversation);
      drafts.update(message.conversation, {
        attachments: attachments.filter(({ id }) => id !== message.attachment),
      });
      onDetach();
      return;
    }
    case 'pickModel': {
      const model = await setUp.pickModel(
        l10n.t('Model of This Conversation'),
        composer.modelOf(message.conversation),
      );
      if (model !== undefined) drafts.update(message.conversation, { model });
      return;
    }
    case 'takeLastTurns': {
      const count = turnsOffered(message.conversation, { conversations, drafts, composer });
      if (count === 0) return;
      const taken = takeLastTurns(message.conversation, count, { conversations, drafts });
      pending.move(message.conversation, taken);
      await show(taken);
      return;
    }
    case 'sendAgain': {
      const turn = conversations.turn(message.turn);
      if (turn) await composer.resend(turn);
      return;
    }
    case 'askAnotherModel': {
      const turn = conversations.turn(message.turn);
      if (!turn) return;
      const prompt = plainText(requestTitle(turn.request), 60);
      const model = await setUp.pickModel(
        l10n.t('Ask Another Model: “{0}”', prompt),
        turn.request.target.model,
      );
      if (model !== undefined) await composer.resend(turn, { model, mayBeCached: true });
      return;
    }
    case 'version': {
      const { ids, index } = conversations.versions(message.turn);
      const other = ids[index + message.by];
      if (other !== undefined) conversations.showVersion(other);
      return;
    }
    case 'compare': {
      const turns = conversations.versions(message.turn).ids.flatMap((id) => conversations.turn(id) ?? []);
      const versions = turns.map((turn) => {
        const { model } = turn.request.target;
        return { turn, model: shortName(model, labelOf(model)), cost: costs.of(turn) };
      });
      const { compareVersions } = await loadPart(() => import('./comparison.chunk'));
      post({
        type: 'comparison',
        turn: message.turn,
        view: compareVersions(versions, message.turn, message.with),
      });
      return;
    }
    case 'place':
      drafts.update(message.conversation, { position: message.place });
      return;
  }
}
