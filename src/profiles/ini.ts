// The files of ~/.aws as text → sections. https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
//
// Not the SDK's own parser: that one drops every profile whose name holds a blank, which `aws configure` makes
// and the AWS CLI reads, and says nothing of lines that it does not understand.

export interface Section {
  /** `profile`, `sso-session` or `services`; in the credentials file all are profiles. */
  readonly type: string;
  readonly name: string;
  /** A nested setting is `outer.inner`. */
  readonly settings: ReadonlyMap<string, string>;
  /** The first of its lines that is none of those that a section may have, from 1. */
  readonly malformed?: number;
}

type Open = { -readonly [K in keyof Section]: Section[K] } & { readonly settings: Map<string, string> };

/** `# …` and `; …`, at the beginning of a line or after a blank. */
const comment = /(^|\s)[#;].*$/;

/** The sections of a file, in its order. `profilesOnly`: its sections bear the names of profiles and nothing else. */
export function parseIni(text: string, { profilesOnly = false } = {}): Section[] {
  const sections: Open[] = [];
  let outer: string | undefined;
  text.split(/\r?\n/).forEach((line, index) => {
    const plain = line.replace(comment, '').trim();
    if (!plain) return;
    if (plain.startsWith('[')) {
      outer = undefined;
      const open = { ...headOf(plain, profilesOnly), settings: new Map<string, string>() };
      sections.push(plain.endsWith(']') ? open : { ...open, malformed: index + 1 });
      return;
    }
    const section = sections.at(-1);
    if (!section) return;
    const equals = plain.indexOf('=');
    if (equals <= 0) {
      section.malformed ??= index + 1;
      return;
    }
    const name = plain.slice(0, equals).trim();
    const value = plain.slice(equals + 1).trim();
    if (!/^\s/.test(line)) outer = value ? undefined : name;
    if (value) section.settings.set(outer === undefined || outer === name ? name : `${outer}.${name}`, value);
  });
  return sections;
}

/** `[default]`, `[profile name]`, `[profile "a name"]`; in the credentials file the name alone. */
function headOf(line: string, profilesOnly: boolean): Pick<Section, 'type' | 'name'> {
  const inside = line.slice(1, line.endsWith(']') ? -1 : undefined).trim();
  if (profilesOnly || inside === 'default') return { type: 'profile', name: unquoted(inside) };
  const [, type = inside, name = ''] = /^(\S+)\s+(.*)$/.exec(inside) ?? [];
  return { type, name: unquoted(name) };
}

function unquoted(name: string): string {
  return /^(["'])(.*)\1$/.exec(name)?.[2] ?? name;
}
