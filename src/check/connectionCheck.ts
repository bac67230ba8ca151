// A stand-in for the Check Connection panel, whose chunk is loaded with the first check.
import type { Disposable } from 'vscode';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type { CheckPanel, CheckParts } from './checkPanel';

export class ConnectionCheck implements Disposable {
  private opened: CheckPanel | undefined;
  private readonly open = lazy(async () => {
    const { CheckPanel } = await loadPart(() => import('./check.chunk'));
    return (this.opened = new CheckPanel(this.parts));
  });

  constructor(private readonly parts: CheckParts) {}

  readonly show = async (): Promise<void> => (await this.open()).reveal();

  dispose(): void {
    this.opened?.dispose();
  }
}
