// Asks what to attach to the prompt.
import { randomUUID } from 'node:crypto';
import {
  QuickPickItemKind,
  TabInputCustom,
  TabInputNotebook,
  TabInputText,
  type TextDocument,
  Uri,
  l10n,
  window,
} from 'vscode';
import { askChoice, type ChoiceOptions } from '../ui/quickInput';
import { labelText } from '../util/plainText';
import type { Attachable } from './attachable';
import { attachmentOf } from './attachment';
import { cellOf, nameOfUri } from './documentName';
import type { LastEditor } from './selection';

/** More are found by typing a part of their names. */
const maxOpenFiles = 100;

/** Resolves to what the user chooses; to nothing if the pick or the dialog is closed. */
export async function pickAttachables({ editor }: LastEditor): Promise<readonly Attachable[]> {
  const selection = attachmentOf(editor, randomUUID());
  const files = openFiles(editor && fileOf(editor.document));
  // A list of one row would only be a step more.
  if (!selection && files.length === 0) return pickFiles();
  const choices: (
    ChoiceOptions<() => Promise<readonly Attachable[]>> | { label: string; kind: QuickPickItemKind }
  )[] = [
    ...(selection
      ? [
          {
            label: `$(selection) ${l10n.t('Selection')}`,
            description: labelText(selection.name),
            value: () => Promise.resolve([{ selection }]),
          },
        ]
      : []),
    {
      label: `$(file-media) ${l10n.t('Picture, Document or Other File…')}`,
      description: l10n.t('PNG, JPEG, GIF, WebP, PDF, Word, Excel, text'),
      value: pickFiles,
    },
    ...(files.length > 0 ? [{ label: l10n.t('Open files'), kind: QuickPickItemKind.Separator }] : []),
    ...files.map((uri) => {
      const name = nameOfUri(uri);
      const base = name.split('/').at(-1) ?? name;
      return {
        label: `$(file) ${labelText(base)}`,
        description: name === base ? '' : labelText(name),
        value: () => Promise.resolve([{ uri }]),
      };
    }),
  ];
  const picked = await askChoice<() => Promise<readonly Attachable[]>>(
    { title: l10n.t('Attach to Prompt') },
    { placeHolder: l10n.t('Choose what to attach to the prompt'), choices },
  );
  return typeof picked === 'object' ? picked.value() : [];
}

async function pickFiles(): Promise<readonly Attachable[]> {
  const uris = await window.showOpenDialog({
    ...{ canSelectMany: true, canSelectFiles: true, canSelectFolders: false },
    ...{ title: l10n.t('Attach to Prompt'), openLabel: l10n.t('Attach') },
  });
  return (uris ?? []).map((uri) => ({ uri }));
}

/** For a cell, its notebook: a cell has no file. */
function fileOf(document: TextDocument): Uri {
  return cellOf(document)?.notebook.uri ?? document.uri;
}

/** The files of all tabs, the current one first, each once. */
function openFiles(current: Uri | undefined): readonly Uri[] {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  const uris = tabs.flatMap(({ input }) =>
    input instanceof TabInputText || input instanceof TabInputCustom || input instanceof TabInputNotebook
      ? [input.uri]
      : [],
  );
  const all = [...(current ? [current] : []), ...uris].map((uri) => uri.toString());
  return [...new Set(all)].slice(0, maxOpenFiles).map((uri) => Uri.parse(uri, true));
}
