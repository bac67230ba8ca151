// Which IDs mean the same model, and which a later one of its line.
import { splitId } from './geographies';

interface Versioned {
  /** All before the date and the version: `anthropic.claude-sonnet-4-5`. */
  readonly name: string;
  readonly date: string | undefined;
  /** The two numbers of `-v1:0`. */
  readonly major: string | undefined;
  readonly minor: string | undefined;
}

/** Takes the ID of a model or of an inference profile; what it may say of the size of the prompt (`:24k`) is left out. */
function versioned(id: string): Versioned {
  const { base } = splitId(id.toLowerCase());
  const [, name = '', date, major, minor] =
    /^(.*?)(?:-(\d{8}))?(?:-v(\d+))?(?::(\d+))?(?::\d+k)?$/.exec(base) ?? [];
  return { name, date, major, minor };
}

const sameSeries = (one: string | undefined, other: string | undefined) =>
  one === undefined || other === undefined || one === other;

/** Whether two IDs mean the same model: one may leave out the date or the version, and begin with a geography. */
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
 * Whether `id` may mean a later model of the line of `other`: it differs in its date or version, or in numbers that
 * follow the same name. What words follow, such as `-mini`, is another line.
 */
export function isOfLine(id: string, other: string): boolean {
  const [one, two] = [versioned(id), versioned(other)];
  return one.name.startsWith(two.name) && /^([-.]\d+)*$/.test(one.name.slice(two.name.length));
}

/** What a model is called in a sentence: "Claude Sonnet 5" of `us.anthropic.claude-sonnet-5-v1:0`. */
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
