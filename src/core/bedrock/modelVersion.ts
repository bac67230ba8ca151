// Compares the versions of model IDs: the same model, or a later one of the same line.
import { splitId } from './geographies';

interface Versioned {
  /** The part before the date and the version: `anthropic.claude-sonnet-4-5`. */
  readonly name: string;
  readonly date: string | undefined;
  /** The two numbers of `-v1:0`. */
  readonly major: string | undefined;
  readonly minor: string | undefined;
}

/** Parses the ID of a model or an inference profile. A suffix for the context length (`:24k`) is ignored. */
function versioned(id: string): Versioned {
  const { base } = splitId(id.toLowerCase());
  const [, name = '', date, major, minor] =
    /^(.*?)(?:-(\d{8}))?(?:-v(\d+))?(?::(\d+))?(?::\d+k)?$/.exec(base) ?? [];
  return { name, date, major, minor };
}

const sameSeries = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined || one === other;

/** Whether two IDs mean the same model: either may lack the date or the version, and have a geography. */
export function isSameModel(id: string, other: string): boolean {
  const [one, two] = [versioned(id), versioned(other)];
  return (
    one.name === two.name &&
    sameSeries(one.date, two.date) &&
    sameSeries(one.major, two.major) &&
    sameSeries(one.minor, two.minor)
  );
}

/**
 * Whether `id` may be a later model of the line of `other`: only the date, the version, or numbers after the name
 * differ. A word after the name, such as `-mini`, means another line.
 */
export function isOfLine(id: string, other: string): boolean {
  const [one, two] = [versioned(id), versioned(other)];
  return one.name.startsWith(two.name) && /^([-.]\d+)*$/.test(one.name.slice(two.name.length));
}

/** A display name for a model: "Claude Sonnet 5" for `us.anthropic.claude-sonnet-5-v1:0`. */
export function titleOf(id: string): string {
  return versioned(id)
    .name.replace(/^[a-z0-9-]+\./, '')
    .replace(/(\d)-(?=\d)/g, '$1.')
    .split('-')
    .map((word) =>
      /[aeiou]/.test(word) ? word.slice(0, 1).toUpperCase() + word.slice(1) : word.toUpperCase(),
    )
    .join(' ');
}
