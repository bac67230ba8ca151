// The files of ~/.aws as text → sections. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
//
// Not the SDK's own parser: that one drops every profile whose name holds a blank, which `aws configure` makes
// and the AWS CLI reads, and says nothing of lines that it does not understand. Where the CLI and the SDKs differ,
// what either of them can use is read.
//
// No pattern here looks ahead for something that may not come: a line may be long.

export interface Section {
  /** `profile`, `sso-session` or `services`; in the credentials file all are profiles, unless they say otherwise. */
  readonly type: string;
  readonly name: string;
  /** By names in lower case; a nested setting is `outer.inner`. A value may be empty. */
  readonly settings: ReadonlyMap<string, string>;
  /** The line of its head, from 1. */
  readonly line: number;
  /** `[default]`, which counts for nothing in a config file that has a `[profile default]` too. */
  readonly bare?: boolean;
  /** The first of its lines that is none of those that a section may have. */
  readonly malformed?: Malformed;
}

export interface Malformed {
  /** From 1. */
  readonly line: number;
  /** It is a command of a shell that sets a variable, such as `export AWS_ACCESS_KEY_ID=…`. */
  readonly isCommand: boolean;
}

type Open = { -readonly [K in keyof Section]: Section[K] } & { readonly settings: Map<string, string> };

/** The sections of a file, in its order. `profilesOnly`: its sections bear the names of profiles and nothing else. */
export function parseIni(text: string, { profilesOnly = false } = {}): Section[] {
  const sections: Open[] = [];
  /** What the lines below belong to that stand further to the right. */
  let outer: { readonly name: string; readonly indent: number } | undefined;
  text.split(/\r\n|\r|\n/).forEach((raw, index) => {
    const plain = trimmed(raw);
    if (!plain || isComment(plain)) return;
    const line = index + 1;
    if (plain.startsWith('[')) {
      outer = undefined;
      const closed = insideOf(plain);
      const head = headOf(trimmed(closed ?? plain.slice(1)), profilesOnly);
      const malformed = closed === undefined && { malformed: { line, isCommand: false } };
      sections.push({ ...head, line, settings: new Map(), ...malformed });
      return;
    }
    const section = sections.at(-1);
    if (!section) return;
    const indent = raw.search(/\S/);
    if (outer && indent <= outer.indent) outer = undefined;
    const begun = outer && section.settings.get(outer.name);
    if (outer && begun) {
      section.settings.set(outer.name, `${begun}\n${plain}`);
      return;
    }
    const setting = settingOf(plain);
    if (!setting) {
      section.malformed ??= { line, isCommand: command.test(plain) };
      return;
    }
    section.settings.set(outer ? `${outer.name}.${setting.name}` : setting.name, setting.value);
    outer ??= { name: setting.name, indent };
  });
  return sections;
}

/** What nobody sees, but what a text holds that was copied from a page or a chat. */
const unseen = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/** Without blanks, and what nobody sees, at both of its ends. */
function trimmed(text: string): string {
  const isBlank = (at: number) => /\s/.test(text.charAt(at)) || text.charAt(at).replace(unseen, '') === '';
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start++;
  while (end > start && isBlank(end - 1)) end--;
  return text.slice(start, end);
}

const isComment = (text: string) => text.startsWith('#') || text.startsWith(';');

/** What stands in brackets, up to the first of them after which there is nothing but a comment. */
function insideOf(head: string): string | undefined {
  for (let end = head.indexOf(']'); end >= 0; end = head.indexOf(']', end + 1)) {
    // What follows but blanks tells; of many brackets only the next characters are looked at.
    const next = /\S/.exec(head.slice(end + 1, end + 100))?.[0] ?? '';
    if (!next || isComment(next)) return head.slice(1, end);
  }
  return undefined;
}

/** `[default]`, `[profile name]`, `[profile "a name"]`; in the credentials file the name alone. */
function headOf(inside: string, profilesOnly: boolean): Pick<Section, 'type' | 'name' | 'bare'> {
  if (inside === 'default') return { type: 'profile', name: inside, bare: !profilesOnly };
  const end = inside.search(/\s/);
  const type = end < 0 ? inside : inside.slice(0, end);
  if (profilesOnly && !prefixes.has(type)) return { type: 'profile', name: unquoted(inside) };
  const name = end < 0 ? '' : unquoted(trimmed(inside.slice(end)));
  // A prefix in the credentials file is a mistake: neither SDKs nor the CLI find the profile that it means.
  return { type: profilesOnly ? 'none' : type, name };
}

const prefixes: ReadonlySet<string> = new Set(['profile', 'sso-session', 'services']);

/** As a shell reads one word, which is how the CLI writes a name with blanks: 'o'"'"'brien x'. */
function unquoted(name: string): string {
  const oneWord = /^(?:"[^"]*"|'[^']*'|[^\s"'])+$/.test(name);
  return oneWord ? name.replace(/"([^"]*)"|'([^']*)'/g, '$1$2') : name;
}

/** `export NAME=…`, `set NAME=…`, `$env:NAME = …`, as they stand on AWS's page of access keys. */
const command = /^(?:export|set|setx|declare|local)\s|^\$/i;

/** `name = value`; the CLI takes a colon too. */
function settingOf(line: string): { readonly name: string; readonly value: string } | undefined {
  const end = line.search(/[=:]/);
  const name = trimmed(line.slice(0, Math.max(end, 0)).replace(unseen, '')).toLowerCase();
  // No setting has a name of several words, or in quotation marks: it is a command of a shell, JSON or prose.
  if (!name || /[\s"'$]/.test(name)) return undefined;
  const value = trimmed(line.slice(end + 1));
  if (name === 'credential_process') return { name, value: trimmed(beforeComment(value)) };
  const comment = value.search(/(?:^|\s)[#;]/);
  return { name, value: withoutQuotes(trimmed(comment < 0 ? value : value.slice(0, comment))) };
}

/** The SDK for Go and what is made with it (Terraform…) take off a pair of quotation marks; no value has its own. */
function withoutQuotes(value: string): string {
  const quote = value.charAt(0);
  const paired = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return paired ? trimmed(value.slice(1, -1)) : value;
}

/**
 * A command line up to where a comment begins, `# …` or `; …` after a blank, which is not within quotation marks: to
 * the SDKs; the CLI takes it for a part of the line.
 */
function beforeComment(line: string): string {
  /** Where the closing mark of the other kind was looked for in vain: there is none further on. */
  const unclosed = new Set<string>();
  for (let at = 0; at < line.length; at++) {
    const sign = line.charAt(at);
    if (/\s/.test(sign) && isComment(line.slice(at + 1, at + 2))) return line.slice(0, at);
    if (at === 0 && isComment(sign)) return '';
    if ((sign !== '"' && sign !== "'") || unclosed.has(sign)) continue;
    const end = closing(line, at);
    if (end < 0) unclosed.add(sign);
    else at = end;
  }
  return line;
}

/** Where the quotation mark at `start` is closed; below zero when it is not. In double ones a backslash escapes. */
function closing(line: string, start: number): number {
  const quote = line.charAt(start);
  if (quote === "'") return line.indexOf(quote, start + 1);
  for (let at = start + 1; at < line.length; at++) {
    if (line.charAt(at) === '\\') at++;
    else if (line.charAt(at) === quote) return at;
  }
  return -1;
}
