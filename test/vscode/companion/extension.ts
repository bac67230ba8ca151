// Installed by `npm start` alone: gives the extension the stand-in's keys, in the way that is open to every
// extension that sets up a machine, opens the sample with its code selected, and ends desktop VS Code together with `npm start`.
import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import {
  commands,
  env,
  type ExtensionContext,
  extensions,
  Selection,
  type TextEditor,
  UIKind,
  Uri,
  window,
} from 'vscode';
import type { BedrockGatewayApi } from '../../../src/api';

/** What start.ts leaves in the file that START_FILE names. */
export interface Start {
  readonly credentials: Parameters<BedrockGatewayApi['setCredentials']>[0];
  readonly sample: string;
  /** A loopback port that is open for as long as `npm start` runs. */
  readonly port: number;
}

export async function activate(context: ExtensionContext): Promise<void> {
  const file = process.env['START_FILE'];
  if (!file || !existsSync(file)) return;
  const { credentials, sample, port } = JSON.parse(readFileSync(file, 'utf8')) as Start;
  if (env.uiKind === UIKind.Desktop) {
    const socket = createConnection(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('close', () => void commands.executeCommand('workbench.action.quit'));
    context.subscriptions.push({ dispose: () => socket.removeAllListeners('close').destroy() });
  }
  const extension = extensions.getExtension<BedrockGatewayApi>('bedrock-gateway.bedrock-gateway');
  await (await extension?.activate())?.setCredentials(credentials);
  if (window.visibleTextEditors.length === 0)
    selectFirstStep(await window.showTextDocument(Uri.file(sample), { preview: false }));
}

/** Selects the sample's code, so that the first thing to do is a right-click. */
function selectFirstStep(editor: TextEditor): void {
  const { document } = editor;
  const start = document.positionAt(Math.max(0, document.getText().indexOf('\ndef ') + 1));
  const end = document.lineAt(document.lineCount - 1).range.end;
  // Backwards, so that the cursor stands at its first line, which is in view.
  editor.selection = new Selection(end, start);
}
