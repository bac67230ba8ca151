/** Markdown that tries to run or fetch something; whatever succeeds shows up at /canary/…. */
export function hostileMarkdown(root: string): string {
  const canary = (name: string) => `${root}/canary/${name}`;
  const call = (name: string) => `fetch('${canary(name)}')`;
  return `# Hostile reply

<script>${call('script')}</script>
<script src="${canary('script-source')}"></script>
<img src="${canary('html-image')}" onerror="${call('image-error')}">
<img src=x onerror=${call('unquoted')}>
<svg onload="${call('svg-load')}"><use href="${canary('svg-use')}"/></svg>
<iframe src="${canary('iframe')}" srcdoc="<script>parent.${call('srcdoc')}</script>"></iframe>
<object data="${canary('object')}"></object><embed src="${canary('embed')}">
<video src="${canary('video')}" autoplay></video><audio src="${canary('audio')}"></audio>
<link rel="stylesheet" href="${canary('stylesheet')}">
<style>@import url("${canary('style-import')}"); * { background: url("${canary('style-url')}") }</style>
<meta http-equiv="refresh" content="0;url=${canary('refresh')}">
<base href="${canary('base')}/">
<form action="${canary('form')}"><button autofocus onfocus="${call('focus')}">Press me</button></form>
<a href="javascript:${call('anchor')}" style="position:fixed;inset:0">everywhere</a>
<details open ontoggle="${call('toggle')}"><summary>open</summary></details>

![remote image](${canary('markdown-image')})
![data image](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+)
![broken out](x"onerror="${call('broken-out')})
![by reference][picture]

[command](command:workbench.action.closeWindow)
[command with arguments](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%5Cn%22%7D)
[javascript](javascript:${call('javascript-link')})
[javascript, spelled](JaVa&#x53;cript:${call('spelled')})
[vbscript](vbscript:msgbox)
[data](data:text/html,<script>${call('data-link')}</script>)
[file](file:///etc/passwd)
[editor](vscode://vscode.git/clone?url=${encodeURIComponent(canary('clone'))})
<${canary('autolink')}> and ${canary('bare-link')}
[by reference][link]

[picture]: ${canary('reference-image')} "title"
[link]: javascript:${call('reference-link')}

| <img src=x onerror=${call('cell')}> | \`<b>\` |
| --- | --- |
| [x](javascript:${call('cell-link')}) | \u202egnitsrever\u202c |

\`\`\`html"><img src=x onerror="${call('language')}
</code></pre><script>${call('code')}</script>
\`\`\`

$\\href{javascript:${call('math')}}{x}$

\`\`\`js
// This fence is never closed. <img src=x onerror=${call('unclosed-fence')}>
`;
}

export const nestedQuotes = (depth: number): string => `${'>'.repeat(depth)} so deep\n`;
