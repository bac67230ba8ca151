// The files of ~/.aws as text → sections. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
//
// Not the SDK's own parser: that one drops every profile whose name holds a blank, which `aws configure` makes
// and the AWS CLI reads, and says nothing of lines that it does not understand. Where the CLI and the SDKs differ,
// what either of them can use is read.

export interface Section {
  /** `profile`, `sso-session` or `services`; in the credentials file all are profiles, unless they say otherwise. */
  readonly type: string;
  readonly name: string;
  /** By names in lower case; a nested setting is `outer.inner`. A value may be empty. */
  readonly settings: ReadonlyMap<string, string>;
  /** `[default]`, which counts for nothing in a config file that has a `[profile default]` too. */
  readonly bare?: boolean;
  /** The first of its lines that is none of those that a section may have, from 1. */
  readonly malformed?: number;
}

type Open = { -readonly [K in keyof Section]: Section[K] } & { readonly settings: Map<string, string> };

/** The sections of a file, in its order. `profilesOnly`: its sections bear the names of profiles and nothing else. */
export function parseIni(text: string, { profilesOnly = false } = {}): Section[] {
  const sections: Open[] = [];
  /** What the lines below belong to that stand further to the right. */
  let outer: { readonly name: string; readonly indent: number } | undefined;
  text.split(/\r\n|\r|\n/).forEach((line, index) => {
    const plain = line.trim();
    if (!plain || /^[#;]/.test(plain)) return;
    if (plain.startsWith('[')) {
      outer = undefined;
      const closed = /^\[(.*?)\]\s*(?:[#;].*)?$/.exec(plain)?.[1];
      const head = headOf((closed ?? plain.slice(1)).trim(), profilesOnly);
      sections.push({
        ...head,
        settings: new Map(),
        ...(closed === undefined && { malformed: index + 1 }),
      });
      return;
    }
    const section = sections.at(-1);
    if (!section) return;
    const indent = line.search(/\S/);
    if (outer && indent <= outer.indent) outer = undefined;
    const begun = outer && section.settings.get(outer.name);
    if (outer && begun) {
      section.settings.set(outer.name, `${begun}\n${plain}`);
      return;
    }
    const setting = settingOf(plain);
    if (!setting) {
      section.malformed ??= index + 1;
      return;
    }
    section.settings.set(outer ? `${outer.name}.${setting.name}` : setting.name, setting.value);
    outer ??= { name: setting.name, indent };
  });
  return sections;
}

/** `[default]`, `[profile name]`, `[profile "a name"]`; in the credentials file the name alone. */
function headOf(inside: string, profilesOnly: boolean): Pick<Section, 'type' | 'name' | 'bare'> {
  if (inside === 'default') return { type: 'profile', name: inside, bare: !profilesOnly };
  const [, type = inside, name = ''] = /^(\S+)\s+(.*)$/.exec(inside) ?? [];
  if (profilesOnly && !prefixes.has(type)) return { type: 'profile', name: unquoted(inside) };
  // A prefix in the credentials file is a mistake: neither SDKs nor the CLI find the profile that it means.
  return { type: profilesOnly ? 'none' : type, name: unquoted(name) };
}

const prefixes: ReadonlySet<string> = new Set(['profile', 'sso-session', 'services']);

/** As a shell reads one word, which is how the CLI writes a name with blanks: 'o'"'"'brien x'. */
function unquoted(name: string): string {
  const oneWord = /^(?:"[^"]*"|'[^']*'|[^\s"'])+$/.test(name);
  return oneWord ? name.replace(/"([^"]*)"|'([^']*)'/g, '$1$2') : name;
}

/** `name = value`; the CLI takes a colon too. */
function settingOf(line: string): { readonly name: string; readonly value: string } | undefined {
  const end = line.search(/[=:]/);
  if (end <= 0) return undefined;
  const name = line.slice(0, end).trim().toLowerCase();
  const value = line.slice(end + 1).trim();
  const uncommented =
    name === 'credential_process' ? (beforeComment.exec(value)?.[0] ?? value) : value.replace(comment, '');
  return { name, value: uncommented.trim() };
}

/** `# …` and `; …`, at the beginning of a value or after a blank: to the SDKs; the CLI takes them for a part of it. */
const comment = /(^|\s)[#;].*$/;
/** A command line up to where such a comment begins, which is not within quotation marks. */
const beforeComment = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|\s(?![#;])|\S)+/;
