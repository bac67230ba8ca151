// What the composer under a conversation shows.
import { l10n } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Drafts } from '../conversation/drafts';
import { isBlank } from '../core/model/blank';
import { type Attachment, attachmentName } from '../history/attachment';
import type { Costs } from '../prices/costs';
import { shortName } from '../models/modelIds';
import { areAttached } from '../prompt/attachment';
import type { Composer } from '../prompt/composer';
import type { OpenQuestions } from '../prompt/openQuestions';
import type { PendingAttachments } from '../prompt/pendingAttachments';
import { sentPrompt } from '../prompt/promptContent';
import type { Awaited } from '../prompt/promptQueue';
import { type LastEditor, rangesIn, sourceOf } from '../prompt/selection';
import type { QueuedPrompt } from '../history/draft';
import type { ComposerView, QueueView } from '../protocol/composer';
import { readModelId, unlessInvalid } from '../settings';
import { oneLine, shortened } from '../util/plainText';
import { attachmentView, costOfTokens } from './attachmentViews';
import { nextTarget, sizeView, turnsToTake } from './conversationSize';
import { firstAndMore } from '../ui/format';
import { sourceName } from './view';

export interface ComposerParts {
  readonly conversations: Conversations;
  readonly drafts: Drafts;
  readonly composer: Composer;
  readonly pending: PendingAttachments;
  readonly questions: OpenQuestions;
  readonly lastEditor: LastEditor;
  readonly costs: Costs;
  readonly labelOf: (model: string) => string | undefined;
}

/** Prompts that wait are shown by their beginning. */
const maxBeginningLength = 200;

export function composerView(conversation: string, parts: ComposerParts): ComposerView {
  const { conversations, drafts, composer, labelOf } = parts;
  const draft = drafts.get(conversation);
  const { editing, attachments } = draft;
  const model = nextModel(conversation, composer);
  const turns = conversations.get(conversation)?.turns ?? [];
  // An edited prompt is sent after what comes before it, without the turns that the edit leaves behind.
  const branch = editing ? conversations.before(editing.turn) : turns;
  const size = sizeView({ branch, all: conversations.allTurns(conversation), draft, model }, parts.costs);
  const costOf = costOfTokens(model === undefined ? undefined : nextTarget(model, branch), parts.costs);
  const latest = turns.length === 0 ? conversations.ids.at(-1) : undefined;
  const lastTurn = latest === undefined ? undefined : conversations.get(latest)?.turns.at(-1);
  return {
    attachments: attachments.map((attachment) => attachmentView(attachment, costOf)),
    preparing: parts.pending.of(conversation).map(({ id, name }) => ({ id, name })),
    selection: selectionName(parts.lastEditor, attachments),
    questions: parts.questions
      .of(conversation)
      .map(({ prompt, ...question }) => ({ ...question, prompt: beginningOf(prompt) })),
    queues: queueViews(conversation, composer),
    model: model === undefined ? l10n.t('No model') : shortName(model, labelOf(model)),
    modelDetail: model ?? '',
    ...(size && { size }),
    turnsToTake: size && size.level !== 'normal' && !editing ? turnsOffered(conversation, parts) : 0,
    lastPrompt: lastTurn ? sentPrompt(lastTurn.request).text : '',
  };
}

/** With how many of the last turns a new conversation can be begun; 0 if nothing can be left out. */
export function turnsOffered(
  conversation: string,
  { conversations, drafts, composer }: Pick<ComposerParts, 'conversations' | 'drafts' | 'composer'>,
): number {
  const model = nextModel(conversation, composer);
  const turns = conversations.get(conversation)?.turns ?? [];
  return model === undefined ? 0 : turnsToTake(turns, drafts.get(conversation), model);
}

/** The model that the next prompt goes to; undefined if there is none. */
function nextModel(conversation: string, composer: Pick<Composer, 'modelOf'>): string | undefined {
  return composer.modelOf(conversation) ?? unlessInvalid(readModelId, undefined);
}

function queueViews(conversation: string, composer: Composer): readonly QueueView[] {
  const queue = composer.queue.of(conversation);
  const awaiting = (awaited: Awaited) =>
    queue.filter((prompt) => composer.queue.awaitedBy(prompt) === awaited);
  const isHere = (prompt: QueuedPrompt) => composer.queue.goesToShownBranch(prompt);
  const isElsewhere = (prompt: QueuedPrompt) => !isHere(prompt);
  const [behindReply, behindPrompt] = [awaiting('reply'), awaiting('prompt')];
  const canSend = composer.queue.ahead(conversation) === undefined;
  return [
    queueView(l10n.t('Not sent yet:'), awaiting('user'), canSend),
    queueView(
      l10n.t('Not sent, because the prompt before it was not sent:'),
      awaiting('userAfterPrompt'),
      canSend,
    ),
    queueView(
      l10n.t('Not sent, because the reply before it did not end normally:'),
      awaiting('userAfterReply'),
      canSend,
    ),
    queueView(
      l10n.t('Queued in another version, and sent there when its reply has ended:'),
      [...behindReply, ...behindPrompt].filter(isElsewhere),
    ),
    queueView(l10n.t('Queued, and sent when the reply has ended:'), behindReply.filter(isHere)),
    queueView(
      l10n.t('Queued, and sent when the prompt before it has been sent and answered:'),
      behindPrompt.filter(isHere),
    ),
  ].filter(({ prompts }) => prompts.length > 0);
}

function queueView(note: string, queue: readonly QueuedPrompt[], canSend = false): QueueView {
  return { note, prompts: queue.map((prompt) => ({ id: prompt.id, text: beginningOf(prompt) })), canSend };
}

function beginningOf({ text, attachments }: Pick<QueuedPrompt, 'text' | 'attachments'>): string {
  const shown = isBlank(text) ? attachments.map(attachmentName).join(', ') : text;
  return shortened(oneLine(shown), maxBeginningLength);
}

/** The place of the selection that can be attached; '' if nothing is selected, or that is attached already. */
function selectionName({ editor }: LastEditor, attachments: readonly Attachment[]): string {
  if (!editor) return '';
  const sources = rangesIn(editor).map((range) => sourceOf(editor.document, range));
  return areAttached(sources, attachments) ? '' : firstAndMore(sources.map(sourceName));
}
