// Follows the selections that prompts were about through the edits of their documents, from the moment when a prompt is
// sent until the window closes.
import { createHash } from 'node:crypto';
import type { EndOfLine } from 'vscode';
import { Disposable, Range, type TextDocument, type TextDocumentChangeEvent, workspace } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Source } from '../core/model/request';
import { findSource, inLineFeeds } from './findText';
import { rangeAfterEdit } from './rangeAfterEdit';

/** So many are followed; of older ones, the text is searched for. */
const maxFollowed = 500;

interface Followed {
  readonly uri: string;
  range: Source['range'];
  /** Whether it was certain that this place was meant when the prompt was sent. */
  readonly isSure: boolean;
  eol: EndOfLine;
  /** The hash of the document's text when it was closed; nobody tells us about changes of a closed document. */
  closedWith?: string;
}

export interface CurrentRange {
  readonly range: Range;
  /** Whether no other place can be meant. */
  readonly isSure: boolean;
}

export class SourceRanges implements Disposable {
  /** The latest last. A prompt that is sent again has the same sources. */
  private readonly followed = new Map<Source, Followed>();
  private readonly subscriptions: Disposable;

  /** Create it before whatever asks for a range when a document changes: VS Code calls listeners in their order. */
  constructor(conversations: Pick<Conversations, 'onDidChange'>) {
    this.subscriptions = Disposable.from(
      conversations.onDidChange(({ turn: { request }, event }) => {
        // A turn that was taken over was sent before: its sources are followed since then, or no more.
        if (!event && !request.copied) request.sources.forEach((source) => this.follow(source));
      }),
      workspace.onDidChangeTextDocument((event) => this.update(event)),
      workspace.onDidCloseTextDocument((document) => this.rememberClosed(document)),
      workspace.onDidOpenTextDocument((document) => this.resume(document)),
    );
  }

  /** Begins to follow a source, if its document is open and has its text. */
  follow(source: Source): void {
    if (this.followed.has(source)) return;
    const document = workspace.textDocuments.find(({ uri }) => uri.toString() === source.uri);
    const found = document && findSource(document, source);
    if (!found) return;
    const { range, isOnly } = found;
    // The document may have changed between the selection and the prompt, or since the attachment of a draft.
    const isSure = isOnly || document.version === source.version;
    this.followed.set(source, { uri: source.uri, range: plain(range), isSure, eol: document.eol });
    for (const oldest of this.followed.keys()) {
      if (this.followed.size <= maxFollowed) break;
      this.followed.delete(oldest);
    }
  }

  /** Where a source is by now; undefined if it cannot be found. `document` is that of the source. */
  rangeOf(source: Source, document: TextDocument): CurrentRange | undefined {
    const followed = this.followed.get(source);
    if (followed?.uri === document.uri.toString()) {
      const { start, end } = followed.range;
      const range = new Range(start.line, start.character, end.line, end.character);
      // What was deleted may have been moved to another place.
      if (!range.isEmpty) return { range, isSure: followed.isSure };
    }
    const found = findSource(document, source);
    return found && { range: found.range, isSure: found.isOnly };
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.followed.clear();
  }

  private update({ document, contentChanges }: TextDocumentChangeEvent): void {
    const uri = document.uri.toString();
    for (const [source, followed] of this.followed) {
      if (followed.uri !== uri) continue;
      if (followed.eol !== document.eol) {
        // VS Code tells us of other line ends as of a change of the whole text. Lines and characters stay the same.
        followed.eol = document.eol;
        continue;
      }
      let range: Source['range'] | undefined = followed.range;
      // VS Code reports changes so that they can be made one after the other.
      for (const change of contentChanges) range &&= rangeAfterEdit(range, change);
      if (range) followed.range = range;
      else this.followed.delete(source);
    }
  }

  private rememberClosed(document: TextDocument): void {
    const uri = document.uri.toString();
    let hash: string | undefined;
    for (const followed of this.followed.values())
      if (followed.uri === uri) followed.closedWith = hash ??= hashOf(document);
  }

  /** Goes on if a document is opened with the text that it was closed with, as when only its language changes. */
  private resume(document: TextDocument): void {
    const uri = document.uri.toString();
    let hash: string | undefined;
    for (const [source, followed] of this.followed) {
      if (followed.uri !== uri || followed.closedWith === undefined) continue;
      if (followed.closedWith === (hash ??= hashOf(document))) {
        delete followed.closedWith;
        followed.eol = document.eol;
      } else this.followed.delete(source);
    }
  }
}

function plain({ start, end }: Range): Source['range'] {
  return {
    start: { line: start.line, character: start.character },
    end: { line: end.line, character: end.character },
  };
}

function hashOf(document: TextDocument): string {
  return createHash('sha256').update(inLineFeeds(document.getText())).digest('base64');
}
