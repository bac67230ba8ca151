// The questions asked in this window. In memory alone: globalState and workspaceState are files, where no prompt
// may go. What was asked about is not among them.

const most = 20;

export class RecentQuestions {
  private asked: readonly string[] = [];
  private left: string | undefined;

  /** The last first, each once. */
  get all(): readonly string[] {
    return this.asked;
  }

  /** What was typed and not sent, so that it is not lost; only the last. */
  get draft(): string | undefined {
    return this.left;
  }

  add(question: string): void {
    this.asked = [question, ...this.asked.filter((other) => other !== question)].slice(0, most);
    if (this.left === question) this.left = undefined;
  }

  /** The draft is typed at again, and no draft until it is left again. */
  resume(): void {
    this.left = undefined;
  }

  leave(question: string): void {
    if (question && !this.asked.includes(question)) this.left = question;
  }
}
