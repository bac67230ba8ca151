// The page inside a panel of ours, as VS Code's webview takes it.
import { randomBytes } from 'node:crypto';
import { Uri, type Webview, env } from 'vscode';
import { type WebviewMarkup, webviewMarkup } from './webviewMarkup';

/** Folders from which the page may load: what we ship, and nothing of the workspace. */
export function resourceRoots(extension: Uri): Uri[] {
  return [Uri.joinPath(extension, 'dist'), Uri.joinPath(extension, 'media')];
}

export function page(
  webview: Webview,
  extension: Uri,
  { script, title }: Pick<WebviewMarkup, 'script' | 'title'>,
): string {
  return webviewMarkup({
    script,
    title,
    language: env.language,
    nonce: randomBytes(16).toString('base64url'),
    cspSource: webview.cspSource,
    addressOf: (folder, file) => webview.asWebviewUri(Uri.joinPath(extension, folder, file)).toString(),
  });
}

/** A page of one sentence, without a script. */
export function textPage(sentence: string): string {
  const text = sentence.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<!DOCTYPE html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
</head>
<body>${text}</body>
</html>`;
}
