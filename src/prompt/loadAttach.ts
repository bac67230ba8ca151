// Loads what attaches things to a prompt with the first use.
import { randomUUID } from 'node:crypto';
import { Uri } from 'vscode';
import { lazy } from '../util/lazy';
import { loadPart } from '../util/loadPart';
import type { AttachProblem } from './attachProblem';
import type { Attachable } from './attachable';
import type { AttacherDeps } from './attacher';
import { attachmentOf } from './attachment';
import type { LastEditor } from './selection';

/** Each method rejects with PartNotLoaded if the chunk can't be loaded. */
export interface AttachmentActions {
  /** Asks what to attach. Resolves to nothing if the user closes the question. */
  pick(): Promise<readonly Attachable[]>;
  /** Attaches what can be attached to what is typed in a conversation, and says why the rest can't. */
  attach(conversation: string, things: readonly Attachable[]): Promise<readonly AttachProblem[]>;
}

export function loadAttachments(deps: AttacherDeps, lastEditor: LastEditor): AttachmentActions {
  const load = lazy(async () => {
    const chunk = await loadPart(() => import('./attach.chunk'));
    return { ...chunk, attacher: new chunk.Attacher(deps) };
  });
  return {
    pick: async () => (await load()).pickAttachables(lastEditor),
    attach: async (conversation, things) => {
      const begun = deps.pending.begin(conversation, things);
      try {
        return await (await load()).attacher.attach(conversation, begun);
      } finally {
        deps.pending.end(...begun);
      }
    },
  };
}

/**
 * What the command “Attach to Prompt” is to attach: the files of VS Code's explorer, the selection or the file of an
 * editor, or what the user picks.
 * @param argument the resource of the menu, if it was run from one
 * @param further in the explorer, all that is selected
 */
export async function thingsToAttach(
  argument: unknown,
  further: unknown,
  { editor }: LastEditor,
  pick: () => Promise<readonly Attachable[]>,
): Promise<readonly Attachable[]> {
  if (Array.isArray(further) && further.length > 0 && further.every(isUri))
    return further.map((uri) => ({ uri }));
  if (!isUri(argument)) return pick();
  const isEditors = editor?.document.uri.toString() === argument.toString();
  const selection = isEditors ? attachmentOf(editor, randomUUID()) : undefined;
  return [selection ? { selection } : { uri: argument }];
}

function isUri(value: unknown): value is Uri {
  return value instanceof Uri;
}
