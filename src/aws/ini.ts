// Parses the files of ~/.aws into sections. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
//
// Not the SDK's parser: that drops profiles whose names contain a blank, which `aws configure` creates and the AWS CLI
// reads, and does not report lines that it cannot parse. Where the CLI and the SDKs differ, we accept what either of
// them can use.
//
// The patterns have no unbounded lookahead, since lines may be long.

export interface Section {
  /**
   * `profile`, `sso-session` or `services`. In the credentials file all sections are profiles, unless they have another
   * prefix.
   */
  readonly type: string;
  readonly name: string;
  /** By name, in lower case; a nested setting is `outer.inner`. Values may be empty. */
  readonly settings: ReadonlyMap<string, string>;
  /** The line of its header, from 1. */
  readonly line: number;
  /** `[default]`, which is ignored in a config file that also has `[profile default]`. */
  readonly bare?: boolean;
  /** The first line in it that cannot be parsed. */
  readonly malformed?: Malformed;
}

export interface Malformed {
  /** From 1. */
  readonly line: number;
  /** It is a shell command that sets a variable, such as `export AWS_ACCESS_KEY_ID=…`. */
  readonly isCommand: boolean;
}

type OpenSection = { -readonly [K in keyof Section]: Section[K] } & {
  readonly settings: Map<string, string>;
};

/**
 * Parses the sections of a file, in order. `profilesOnly`: section names are profile names, as in the credentials file.
 */
export function parseIni(text: string, { profilesOnly = false } = {}): Section[] {
  const sections: OpenSection[] = [];
  /** The setting to which more indented lines below belong. */
  let outer: { readonly name: string; readonly indent: number } | undefined;
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const content = trimmed(raw);
    if (!content || isComment(content)) return;
    const line = index + 1;
    if (content.startsWith('[')) {
      outer = undefined;
      const closed = textInBrackets(content);
      const head = parseHeader(trimmed(closed ?? content.slice(1)), profilesOnly);
      const malformed = closed === undefined && { malformed: { line, isCommand: false } };
      sections.push({ ...head, line, settings: new Map(), ...malformed });
      return;
    }
    const section = sections.at(-1);
    if (!section) return;
    const indent = raw.search(/\S/);
    if (outer && indent <= outer.indent) outer = undefined;
    const outerValue = outer && section.settings.get(outer.name);
    if (outer && outerValue) {
      section.settings.set(outer.name, `${outerValue}\n${content}`);
      return;
    }
    const setting = parseSetting(content);
    if (!setting) {
      section.malformed ??= { line, isCommand: command.test(content) };
      return;
    }
    section.settings.set(outer ? `${outer.name}.${setting.name}` : setting.name, setting.value);
    outer ??= { name: setting.name, indent };
  });
  return sections;
}

/** Invisible characters, which text copied from a web page or a chat may contain. */
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** `text` without blanks and invisible characters at its ends. */
function trimmed(text: string): string {
  const isBlank = (at: number) => /\s/.test(text.charAt(at)) || text.charAt(at).replace(invisible, '') === '';
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}

const isComment = (text: string) => text.startsWith('#') || text.startsWith(';');

/** The text in brackets, up to the first closing bracket that is followed by nothing but a comment. */
function textInBrackets(head: string): string | undefined {
  for (let end = head.indexOf(']'); end >= 0; end = head.indexOf(']', end + 1)) {
    // Only the next characters are searched, since there may be many brackets.
    const next = /\S/.exec(head.slice(end + 1, end + 100))?.[0] ?? '';
    if (!next || isComment(next)) return head.slice(1, end);
  }
  return undefined;
}

/** `[default]`, `[profile name]`, `[profile "a name"]`; in the credentials file the name alone. */
function parseHeader(inside: string, profilesOnly: boolean): Pick<Section, 'type' | 'name' | 'bare'> {
  if (inside === 'default') return { type: 'profile', name: inside, bare: !profilesOnly };
  const end = inside.search(/\s/);
  const type = end < 0 ? inside : inside.slice(0, end);
  if (profilesOnly && !prefixes.has(type)) return { type: 'profile', name: unquoted(inside) };
  const name = end < 0 ? '' : unquoted(trimmed(inside.slice(end)));
  // A prefix in the credentials file is a mistake: neither the SDKs nor the CLI find that profile.
  return { type: profilesOnly ? 'none' : type, name };
}

const prefixes: ReadonlySet<string> = new Set(['profile', 'sso-session', 'services']);

/** Removes quotes as a shell does: the CLI writes names with blanks that way, such as 'o'"'"'brien x'. */
function unquoted(name: string): string {
  const oneWord = /^(?:"[^"]*"|'[^']*'|[^\s"'])+$/.test(name);
  return oneWord ? name.replace(/"([^"]*)"|'([^']*)'/g, '$1$2') : name;
}

/** `export NAME=…`, `set NAME=…`, `$env:NAME = …`, as on AWS's access key page. */
const command = /^(?:export|set|setx|declare|local)\s|^\$/i;

/** Parses `name = value`; the CLI also accepts a colon. */
function parseSetting(line: string): { readonly name: string; readonly value: string } | undefined {
  const end = line.search(/[=:]/);
  const name = trimmed(line.slice(0, Math.max(end, 0)).replace(invisible, '')).toLowerCase();
  // A name with blanks or quotes is a shell command, JSON or prose.
  if (!name || /[\s"'$]/.test(name)) return undefined;
  const value = trimmed(line.slice(end + 1));
  if (name === 'credential_process') return { name, value: trimmed(beforeComment(value)) };
  const comment = value.search(/(?:^|\s)[#;]/);
  return { name, value: withoutQuotes(trimmed(comment < 0 ? value : value.slice(0, comment))) };
}

/** Removes a pair of quotes, as the SDK for Go and tools based on it (Terraform…) do; real values have none. */
function withoutQuotes(value: string): string {
  const quote = value.charAt(0);
  const paired = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return paired ? trimmed(value.slice(1, -1)) : value;
}

/**
 * A command line without a comment: `# …` or `; …` after a blank and outside of quotes. The SDKs treat it as a comment;
 * the CLI as part of the command.
 */
function beforeComment(line: string): string {
  /** Quotes that have no closing quote in the rest of the line. */
  const unclosed = new Set<string>();
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at);
    if (/\s/.test(sign) && isComment(line.slice(at + 1, at + 2))) return line.slice(0, at);
    if (at === 0 && isComment(sign)) return '';
    if ((sign !== '"' && sign !== "'") || unclosed.has(sign)) continue;
    const end = closingQuote(line, at);
    if (end < 0) unclosed.add(sign);
    else at = end;
  }
  return line;
}

/**
 * The index of the quote that closes the one at `start`; negative if there is none. In double quotes a backslash
 * escapes.
 */
function closingQuote(line: string, start: number): number {
  const quote = line.charAt(start);
  if (quote === "'") return line.indexOf(quote, start + 1);
  for (let at = start + 1; at < line.length; at++) {
    if (line.charAt(at) === '\\') at++;
    else if (line.charAt(at) === quote) return at;
  }
  return -1;
}
