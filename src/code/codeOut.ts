// A stand-in for what users do with code from replies, which is loaded with the first use, not at activation.
import type { Disposable } from 'vscode';
import type { Conversations } from '../conversation/conversations';
import type { Turn } from '../core/model/reply';
import type { CodeAction, CodeInUse, CodePlace } from '../protocol/reply';
import type { LastEditor } from '../prompt/selection';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type { CodeActions } from './codeActions';
import { SourceRanges } from './sourceRanges';

/** All methods reject with PartNotLoaded if the part can't be loaded. */
export class CodeOut implements Disposable {
  private opened: CodeActions | undefined;
  private readonly open = lazy(async () => {
    const chunk = await loadPart(() => import('./code.chunk'));
    const actions = (this.opened = new chunk.CodeActions(this.lastEditor, this.ranges));
    return { ...chunk, actions };
  });

  /** From the first prompt on, long before its code is used. */
  private readonly ranges: SourceRanges;

  constructor(
    private readonly lastEditor: LastEditor,
    conversations: Pick<Conversations, 'onDidChange'>,
  ) {
    this.ranges = new SourceRanges(conversations);
  }

  /** Acts on the block at a place of a reply, as it was when the page drew it. */
  async runAt(action: CodeAction, turn: Turn, place: CodePlace): Promise<void> {
    const { actions, codeAt } = await this.open();
    const found = await codeAt(turn, place);
    if (found) await actions.run(action, found);
  }

  /** Acts on the block in use, else the last one of `turns`; says so if there is none. */
  async runLast(action: CodeAction, turns: readonly Turn[], inUse: CodeInUse = {}): Promise<void> {
    const { actions, codeOfTurn, lastCode, sayNoCode } = await this.open();
    const turn = turns.find(({ request }) => request.id === inUse.turn);
    const used = turn && inUse.block !== undefined ? await codeOfTurn(turn, inUse.block) : undefined;
    const found = used ?? (await lastCode(turns));
    await (found ? actions.run(action, found) : sayNoCode());
  }

  /**
   * Shows a diff that puts the first block of a reply in place of what its prompt was about. Resolves to whether there is
   * a block.
   */
  async proposeFirst(turn: Turn): Promise<boolean> {
    const { actions, codeOfTurn } = await this.open();
    const found = await codeOfTurn(turn, 0);
    if (found) await actions.proposeReplacement(found);
    return found !== undefined;
  }

  /** Applies the proposed edit in the active diff, else the latest one. */
  async applyEdit(): Promise<void> {
    await (await this.open()).actions.applyEdit();
  }

  async discardEdit(): Promise<void> {
    await (await this.open()).actions.proposals.discard();
  }

  dispose(): void {
    this.ranges.dispose();
    this.opened?.dispose();
  }
}
