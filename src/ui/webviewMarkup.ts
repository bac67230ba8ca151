// The HTML of our pages. The content security policy allows only our own scripts and styles, no network, and no way to
// turn text into HTML (trusted types without a policy).

/** The styles and scripts of each page, by the name of its script. Later styles override earlier ones. */
const pages = {
  webview: { styles: ['panel.css'], scripts: ['preact', 'markdown', 'webview'] },
  checkWebview: { styles: ['panel.css'], scripts: ['preact', 'checkWebview'] },
  activityWebview: { styles: ['panel.css', 'activity.css'], scripts: ['preact', 'activityWebview'] },
} as const;

export interface WebviewMarkup {
  /** The name of the page's script in dist/. */
  readonly script: keyof typeof pages;
  readonly title: string;
  readonly language: string;
  /** Random for each page. */
  readonly nonce: string;
  /** The source of styles and fonts, for the content security policy. */
  readonly cspSource: string;
  /** The URL of a file of this extension. */
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
