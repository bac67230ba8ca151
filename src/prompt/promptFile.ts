// Reads a prompt file in VS Code's format: Markdown, with YAML between `---` lines before it. Only strings are read from
// the YAML. https://code.visualstudio.com/docs/copilot/customization/prompt-files Does not use VS Code.

/** What a prompt file may ask for that only VS Code's own chat does. */
export type UnsupportedFeature = 'agent' | 'tools' | 'files' | 'workspaceFolder';

export interface ParsedPromptFile {
  readonly name?: string;
  readonly description?: string;
  /** What the user may add to the prompt. */
  readonly argumentHint?: string;
  /** Without blank lines around it. '' if the file has none, or if its header does not end. */
  readonly body: string;
  readonly unsupported: readonly UnsupportedFeature[];
}

const delimiter = /^---[ \t]*$/;

/** Never throws: lines of the header that are no `key: value` are skipped. */
export function parsePromptFile(text: string): ParsedPromptFile {
  const lines = text.split(/\r\n?|\n/);
  const hasHeader = delimiter.test(lines[0] ?? '');
  const end = hasHeader ? lines.findIndex((line, index) => index > 0 && delimiter.test(line)) : 0;
  const header = headerFields(hasHeader ? lines.slice(1, end === -1 ? undefined : end) : []);
  const body =
    end === -1
      ? ''
      : lines
          .slice(hasHeader ? end + 1 : 0)
          .join('\n')
          .trim();
  const [name, description, argumentHint] = ['name', 'description', 'argument-hint'].map((key) =>
    header.get(key)?.trim(),
  );
  return {
    ...(name && { name }),
    ...(description && { description }),
    ...(argumentHint && { argumentHint }),
    body,
    unsupported: unsupportedIn(header, body),
  };
}

/** The fields of the header. A list or a map is the text of its lines. */
function headerFields(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let key: string | undefined;
  let first = '';
  let below: string[] = [];
  const add = () => {
    if (key !== undefined && !fields.has(key)) fields.set(key, scalar(first, below));
  };
  for (const line of lines) {
    if (!/^[^\s#-]/.test(line)) {
      below.push(line);
      continue;
    }
    add();
    [, key, first = ''] = /^([\w-]+)[ \t]*:(?:[ \t]+(.*))?$/.exec(line) ?? [];
    below = [];
  }
  add();
  return fields;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '\\': '\\', '/': '/' };

/** A string of YAML: `first` is the rest of its key's line, `others` are the lines below. Comments are removed. */
function scalar(first: string, others: readonly string[]): string {
  const below = others.map((line) => line.trim());
  if (/^[|>][-+\d]*[ \t]*(?:#.*)?$/.test(first)) return below.join(first.startsWith('|') ? '\n' : ' ');
  const text = [first.trim(), ...below].join(' ').trim();
  const [, double] = /^"((?:[^"\\]|\\.)*)"/.exec(text) ?? [];
  if (double !== undefined)
    return double.replace(
      /\\(?:u([\dA-Fa-f]{4})|(.))/g,
      (whole, code: string | undefined, character: string) =>
        code === undefined ? (escapes[character] ?? whole) : String.fromCharCode(parseInt(code, 16)),
    );
  const [, single] = /^'((?:[^']|'')*)'/.exec(text) ?? [];
  return single === undefined ? text.replace(/(?:^|[ \t])#.*$/, '').trim() : single.replaceAll("''", "'");
}

/** `ask` is what this extension does. */
const agentsLikeOurs: ReadonlySet<string> = new Set(['', 'ask']);
const emptyValues: ReadonlySet<string> = new Set(['', '[]', '{}', 'null', '~']);
/** A link whose target is a file: it has no scheme, and is no heading. */
const fileReference = /#file:[^\s#]|(?<!!)\[[^\]\n]{0,300}\]\((?![A-Za-z][A-Za-z\d+.-]*:|#|\))/;

function unsupportedIn(header: ReadonlyMap<string, string>, body: string): readonly UnsupportedFeature[] {
  const agent = header.get('agent') ?? header.get('mode') ?? '';
  const asked: { readonly [U in UnsupportedFeature]: boolean } = {
    agent: !agentsLikeOurs.has(agent.toLowerCase()),
    tools: !emptyValues.has(header.get('tools') ?? '') || /#tool:[\w./-]/i.test(body),
    files: fileReference.test(body),
    workspaceFolder: body.includes('${workspaceFolder}'),
  };
  return (Object.keys(asked) as UnsupportedFeature[]).filter((kind) => asked[kind]);
}
