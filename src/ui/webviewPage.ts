// The page inside a panel of ours: no script but ours, no style but ours, nothing from any network, and no
// way to turn a text into HTML (trusted types without a policy).
import { randomBytes } from 'node:crypto';
import { Uri, type Webview, env } from 'vscode';

/** Folders from which the page may load: what we ship, and nothing of the workspace. */
export function resourceRoots(extension: Uri): Uri[] {
  return [Uri.joinPath(extension, 'dist'), Uri.joinPath(extension, 'media')];
}

/** Of each page; a later one goes over those before it. */
const styles = {
  webview: ['panel.css'],
  checkWebview: ['panel.css'],
  activityWebview: ['panel.css', 'activity.css'],
} as const;

export function page(
  webview: Webview,
  extension: Uri,
  { script: name, title }: { readonly script: keyof typeof styles; readonly title: string },
): string {
  const nonce = randomBytes(16).toString('base64url');
  const script = webview.asWebviewUri(Uri.joinPath(extension, 'dist', `${name}.js`)).toString();
  const links = styles[name].map((file) => {
    const style = webview.asWebviewUri(Uri.joinPath(extension, 'media', file)).toString();
    return `<link rel="stylesheet" href="${style}">`;
  });
  const policy = [
    `default-src 'none'`,
    `img-src data:`,
    `style-src ${webview.cspSource}`,
    `font-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
${links.join('\n')}
</head>
<body>
<main id="panel"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
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
