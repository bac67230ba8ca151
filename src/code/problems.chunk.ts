// Explains and fixes the problems at the cursor. A fix comes back as a diff.
import { randomUUID } from 'node:crypto';
import {
  type Diagnostic,
  Disposable,
  Range,
  type TextDocument,
  type TextEditor,
  l10n,
  languages,
  window,
} from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Turn } from '../core/model/reply';
import { type SelectionContext, contextOf } from '../prompt/context';
import { documentNameOf } from '../prompt/documentName';
import { aboutInput } from '../prompt/requestBuilder';
import type { Sender } from '../prompt/sender';
import { showInformationMessage } from '../ui/messages';
import { oneLine, plainText, shortened } from '../util/plainText';
import type { CodeOut } from './codeOut';

/** A file with at most so many lines is sent whole; of a longer one, so many lines around the problems. */
const maxLines = 200;
const linesAround = 40;

export interface ProblemDeps {
  readonly sender: Pick<Sender, 'ready' | 'send'>;
  readonly conversations: Conversations;
  readonly code: Pick<CodeOut, 'proposeFirst'>;
}

export async function explainProblem(editor: TextEditor | undefined, { sender }: ProblemDeps): Promise<void> {
  const excerpt = excerptAround(editor);
  if (!excerpt) return sayNoProblem();
  const { values, problem } = excerpt;
  // Its first line is the title of the conversation.
  const title = l10n.t('Explain: {0}', problem);
  const question = l10n.t('Explain these problems, and how to solve them:');
  const text = `${title}\n\n${question}\n\n${values.diagnostics}\n\n${values.selection}`;
  await sender.send(aboutInput(text, excerpt));
}

export async function fixProblem(editor: TextEditor | undefined, deps: ProblemDeps): Promise<void> {
  const { sender, conversations, code } = deps;
  const excerpt = excerptAround(editor);
  if (!excerpt) return sayNoProblem();
  const { values, problem } = excerpt;
  const title = l10n.t('Fix: {0}', problem);
  const instruction = l10n.t(
    'Fix these problems, and change nothing else. Answer with one code block that contains the whole excerpt below with the fix in it, then say in one sentence what you changed.',
  );
  const text = `${title}\n\n${instruction}\n\n${values.diagnostics}\n\n${values.selection}`;
  const conversation = randomUUID();
  const reply = replyIn(conversation, conversations);
  try {
    if (!(await sender.send({ ...aboutInput(text, excerpt), conversation }))) return;
    const user = followUser();
    const turn = await reply.ended.finally(() => user.dispose());
    // An incomplete reply may end in the middle of the code; the panel says what happened.
    if (turn.reply.outcome?.kind !== 'done') return;
    if (user.hasMovedOn && !(await offerDiff(excerpt.name))) return;
    if (await code.proposeFirst(turn)) return;
    void showInformationMessage(l10n.t('The reply has no code block, so there is no fix to show as a diff.'));
  } finally {
    reply.dispose();
  }
}

/** The turn of a conversation's first reply, once that has ended. */
function replyIn(
  conversation: string,
  conversations: Conversations,
): { readonly ended: Promise<Turn>; dispose(): void } {
  let subscription: { dispose(): unknown } | undefined;
  const ended = new Promise<Turn>((resolve) => {
    subscription = conversations.onDidChange(({ turn, event }) => {
      if (turn.request.conversation === conversation && event?.type === 'ended') resolve(turn);
    });
  });
  return { ended, dispose: () => subscription?.dispose() };
}

/** Sees whether the user goes on to something else: then no diff must take the focus. */
function followUser(): { readonly hasMovedOn: boolean; dispose(): void } {
  let hasMovedOn = false;
  const moved = () => (hasMovedOn = true);
  const subscription = Disposable.from(
    window.onDidChangeActiveTextEditor(moved),
    window.onDidChangeTextEditorSelection(moved),
    window.onDidChangeWindowState(({ focused }) => (hasMovedOn ||= !focused)),
  );
  return {
    get hasMovedOn() {
      return hasMovedOn;
    },
    dispose: () => void subscription.dispose(),
  };
}

/** Whether the user wants to see the fix of a file now. */
async function offerDiff(name: string): Promise<boolean> {
  const show = l10n.t('Show Diff');
  return (await showInformationMessage(l10n.t('The fix of “{0}” is ready.', plainText(name)), show)) === show;
}

/** What is sent of an editor with problems. */
interface ProblemExcerpt extends SelectionContext {
  /** The first problem, on one line. */
  readonly problem: string;
  /** The name of the document. */
  readonly name: string;
}

/** The problems at the cursors of an editor, with the lines around them; undefined if there are none. */
function excerptAround(editor: TextEditor | undefined): ProblemExcerpt | undefined {
  if (!editor) return undefined;
  const { document, selections } = editor;
  const problems = languages
    .getDiagnostics(document.uri)
    .filter(({ range }) => selections.some((selection) => selection.intersection(lines(document, range))));
  const [first] = problems;
  if (!first) return undefined;
  const all = problems.reduce((union, { range }) => union.union(range), first.range);
  const isShort = document.lineCount <= maxLines;
  const from = isShort ? 0 : Math.max(0, all.start.line - linesAround);
  const to = isShort ? document.lineCount - 1 : Math.min(document.lineCount - 1, all.end.line + linesAround);
  const range = document.validateRange(new Range(from, 0, to, Number.MAX_SAFE_INTEGER));
  const isMeant = (diagnostic: Diagnostic) => problems.includes(diagnostic);
  const context = contextOf([{ document, range }], isMeant);
  const problem = shortened(oneLine(first.message), 200);
  return context && { ...context, problem, name: documentNameOf(document) };
}

/** The whole lines of a range: the cursor may stand anywhere in them. */
function lines(document: TextDocument, { start, end }: Range): Range {
  return new Range(
    start.line,
    0,
    end.line,
    document.lineAt(Math.min(end.line, document.lineCount - 1)).text.length,
  );
}

async function sayNoProblem(): Promise<void> {
  await showInformationMessage(l10n.t('VS Code shows no problem at the cursor.'));
}
