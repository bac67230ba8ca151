// Takes what is pasted or dropped anywhere on the page. VS Code lets nothing be dropped on a page unless Shift is held, and
// says so itself while something is dragged over it.
import { type Transferred, dropped, isAttachable, pasted } from './transferred';

export interface DropTargetDeps {
  /** The text field, in which text is dropped and pasted as usual. */
  readonly field: HTMLElement;
  /** Shown while something is dragged over the page that can be attached. */
  readonly overlay: HTMLElement;
  readonly take: (found: Transferred) => void;
}

export function openDropTarget({ field, overlay, take }: DropTargetDeps): void {
  document.addEventListener('paste', (event) => {
    const found = event.clipboardData && pasted(event.clipboardData);
    if (!found) return;
    event.preventDefault();
    take(found);
  });

  const isText = ({ target, dataTransfer }: DragEvent) =>
    target === field && dataTransfer !== null && !isAttachable(dataTransfer);

  // VS Code's own listeners, which come later, would keep text from being dropped.
  for (const type of ['dragenter', 'dragover'] as const)
    document.addEventListener(type, (event) => {
      if (isText(event)) event.stopPropagation();
      else if (type === 'dragover' && event.dataTransfer) {
        event.preventDefault();
        const takes = isAttachable(event.dataTransfer);
        event.dataTransfer.dropEffect = takes ? 'copy' : 'none';
        // Without Shift, VS Code takes it in a moment, and the page hears nothing more of it.
        overlay.hidden = !takes || !event.shiftKey;
      }
    });

  document.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) overlay.hidden = true;
  });

  document.addEventListener('drop', (event) => {
    overlay.hidden = true;
    const found = event.dataTransfer && dropped(event.dataTransfer);
    if (!found && isText(event)) {
      event.stopPropagation();
      return;
    }
    // Else the browser would open it in place of the page.
    event.preventDefault();
    if (found) take(found);
  });
}
