// Keeps the user's selection while the page is drawn. Preact replaces a text that has grown, which would clear a
// selection in it.

/** Runs `draw`, then restores the selection. @returns the result of `draw` */
export function keepSelection<T>(draw: () => T): T {
  const selection = document.getSelection();
  const { anchorNode, anchorOffset = 0, focusNode, focusOffset = 0 } = selection ?? {};
  const isEmpty = !selection || selection.isCollapsed;
  const drawn = draw();
  if (isEmpty || !holds(anchorNode, anchorOffset) || !holds(focusNode, focusOffset)) return drawn;
  const isSame =
    selection.anchorNode === anchorNode &&
    selection.anchorOffset === anchorOffset &&
    selection.focusNode === focusNode &&
    selection.focusOffset === focusOffset;
  if (!isSame) selection.setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset);
  return drawn;
}

/** Whether a node is still on the page and has this offset. */
function holds(node: Node | null | undefined, offset: number): node is Node {
  if (!node?.isConnected) return false;
  return offset <= (node instanceof Text ? node.length : node.childNodes.length);
}
