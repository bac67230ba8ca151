// Creates the HTML of a webview.
import { randomBytes } from 'node:crypto';
import { Uri, type Webview, env } from 'vscode';
import { type WebviewMarkup, webviewMarkup } from './webviewMarkup';

/** The folders that a page may load from: the extension's own files, and nothing from the workspace. */
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

/** A page with one sentence and no script. */
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
