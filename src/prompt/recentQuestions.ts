// The recent questions of this window, without the selections they were about. Kept in memory only: globalState and
// workspaceState are files, and no prompt may be in one.

const maxQuestions = 20;

export class RecentQuestions {
  private questions: readonly string[] = [];
  private unsent: string | undefined;

  /** Without duplicates, the latest first. */
  get all(): readonly string[] {
    return this.questions;
  }

  /** The last question that was typed but not sent. */
  get draft(): string | undefined {
    return this.unsent;
  }

  add(question: string): void {
    this.questions = [question, ...this.questions.filter((other) => other !== question)].slice(
      0,
      maxQuestions,
    );
    if (this.unsent === question) this.unsent = undefined;
  }

  /** Call it when the user edits the draft again. */
  clearDraft(): void {
    this.unsent = undefined;
  }

  /** Keeps a question that was typed but not sent. */
  keepDraft(question: string): void {
    if (question && !this.questions.includes(question)) this.unsent = question;
  }
}
