// Handles the messages of the reply panel's page: one case for each type.
import { l10n } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import { adviceFor, remedyId, remedyLabel, remediesFor } from '../advice/advice';
import type { Remedy } from '../advice/row';
import type { Turn } from '../core/model/reply';
import { parseUrl } from '../core/model/url';
import { oneLine } from '../util/plainText';
import { copiedText } from '../inspector/copied';
import { attemptViews } from '../inspector/details';
import { attachmentMessageName, isAttachmentMessage } from './attachmentMessages';
import { type ComposerMessage, composerMessageName, isComposerMessage } from './composerMessages';
import { panelTitle } from './panelTitle';
import type { AttachmentsToHost } from '../protocol/attachments';
import type { CodeAction, CodePlace, ReplyToHost, ReplyToWebview } from '../protocol/reply';

/** The actions of the panel that reach beyond it. */
export interface PanelActions {
  copy(text: string): Promise<void>;
  /** Opens a link in the browser; VS Code asks the user first. */
  open(href: string): Promise<void>;
  /** Carries out a remedy (advice.ts) for a turn; `setting` is the one that the advice names, if any. */
  remedy(remedy: Remedy, turn: Turn, setting?: string): Promise<void>;
  /** Acts on a code block of a reply. */
  code(action: CodeAction, turn: Turn, place: CodePlace): Promise<void>;
}

/** Messages about replies. */
type ReplyMessage = Exclude<
  ReplyToHost,
  AttachmentsToHost | ComposerMessage | { type: 'ready' | 'step' | 'codeInUse' | 'broken' }
>;

/** Schemes that a link in a reply may have. `command:` would run code, `file:` would show a file. */
const schemes: ReadonlySet<string> = new Set(['https:', 'http:', 'mailto:']);

/** Carries out what a message asks for. `post` sends a message back to the page. */
export async function handleMessage(
  message: ReplyMessage,
  conversations: Conversations,
  actions: PanelActions,
  post: (message: ReplyToWebview) => void,
): Promise<void> {
  switch (message.type) {
    case 'stop':
      conversations.stop(message.turn);
      return;
    case 'act': {
      const turn = conversations.turn(message.turn);
      const remedy = turn && remedyNamed(message.action, turn);
      if (remedy) await actions.remedy(remedy, turn, settingNamedFor(turn));
      return;
    }
    case 'copyReply': {
      const turn = conversations.turn(message.turn);
      if (turn) await actions.copy(turn.reply.text);
      return;
    }
    case 'copyStat': {
      const logId = conversations.turn(message.turn)?.reply.requestIds.logId;
      if (logId) await actions.copy(oneLine(logId));
      return;
    }
    case 'details': {
      const turn = conversations.turn(message.turn);
      if (turn) post({ type: 'details', turn: message.turn, attempts: attemptViews(turn) });
      return;
    }
    case 'copyDetail': {
      const turn = conversations.turn(message.turn);
      const text = turn && copiedText(turn, message.attempt, message.what);
      if (text) await actions.copy(text);
      return;
    }
    case 'code': {
      const turn = conversations.turn(message.turn);
      if (turn) await actions.code(message.action, turn, message.code);
      return;
    }
    case 'open':
      if (schemes.has(parseUrl(message.href)?.protocol ?? '')) await actions.open(message.href);
      return;
  }
}

/** What the user calls the action of a message: the label of its button. Error messages name it. */
export function messageName(
  message: Exclude<ReplyToHost, { type: 'broken' }>,
  conversations: Conversations,
): string {
  if (isComposerMessage(message)) return composerMessageName(message);
  if (isAttachmentMessage(message)) return attachmentMessageName(message);
  switch (message.type) {
    case 'act': {
      const turn = conversations.turn(message.turn);
      const remedy = turn && remedyNamed(message.action, turn);
      return remedy ? remedyLabel(remedy) : panelTitle();
    }
    case 'copyReply':
    case 'copyStat':
    case 'copyDetail':
      return l10n.t('Copy');
    case 'code':
      return codeActionName[message.action]();
    case 'open':
      return l10n.t('Open Link');
    case 'stop':
      return l10n.t('Stop');
    case 'details':
      return l10n.t('Details');
    case 'ready':
    case 'step':
    case 'codeInUse':
      return panelTitle();
  }
}

const codeActionName: { readonly [A in CodeAction]: () => string } = {
  copy: () => l10n.t('Copy'),
  insert: () => l10n.t('Insert'),
  replace: () => l10n.t('Replace Selection'),
  newFile: () => l10n.t('New File'),
  save: () => l10n.t('Save As…'),
};

/** Finds a remedy among those that the turn offers, so that the page can only press a button that exists. */
function remedyNamed(id: string, { reply: { outcome } }: Turn): Remedy | undefined {
  const offered: readonly Remedy[] =
    outcome && 'failure' in outcome
      ? remediesFor(outcome.failure, outcome.kind === 'blocked')
      : outcome?.kind === 'stopped'
        ? ['sendAgain']
        : [];
  return offered.find((remedy) => remedyId(remedy) === id);
}

function settingNamedFor({ reply: { outcome } }: Turn): string | undefined {
  return outcome && 'failure' in outcome ? adviceFor(outcome.failure).setting : undefined;
}
