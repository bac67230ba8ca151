// The markup of a page of ours: no script but ours, no style but ours, nothing from any network, and no way to turn
// a text into HTML (trusted types without a policy).

/** What each page loads, by the name of its own script: a later style goes over those before it. */
const pages = {
  webview: { styles: ['panel.css'], scripts: ['preact', 'markdown', 'webview'] },
  checkWebview: { styles: ['panel.css'], scripts: ['preact', 'checkWebview'] },
  activityWebview: { styles: ['panel.css', 'activity.css'], scripts: ['preact', 'activityWebview'] },
} as const;

export interface WebviewMarkup {
  /** The name of its script in dist/. */
  readonly script: keyof typeof pages;
  readonly title: string;
  readonly language: string;
  /** Of this page alone. */
  readonly nonce: string;
  /** Where styles and fonts may come from, as a content security policy names it. */
  readonly cspSource: string;
  /** The address of a file that we ship. */
  readonly addressOf: (folder: 'dist' | 'media', file: string) => string;
}

export function webviewMarkup({
  script,
  title,
  language,
  nonce,
  cspSource,
  addressOf,
}: WebviewMarkup): string {
  const { styles, scripts } = pages[script];
  const links = styles.map((file) => `<link rel="stylesheet" href="${addressOf('media', file)}">`);
  const loaded = scripts.map(
    (name) => `<script nonce="${nonce}" src="${addressOf('dist', `${name}.js`)}"></script>`,
  );
  const policy = [
    `default-src 'none'`,
    `img-src data:`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
${links.join('\n')}
</head>
<body>
<main id="panel"></main>
${loaded.join('\n')}
</body>
</html>`;
}
