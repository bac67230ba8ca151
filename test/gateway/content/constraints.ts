// The checks that AWS makes on a request's shape before anything reads it, in AWS's words. They count list members from
// 1 (`messages.1.member.content`), where everything later counts from 0 (`messages.0.content`).
import { refuse } from '../awsErrors.js';
import { type Fields, isFields } from '../jsonBody.js';

export type Complain = (message: string) => never;

export const invalid: Complain = (message) => refuse('ValidationException', message);

/** How Converse passes on what the model itself refuses. */
export const modelComplaint: Complain = (message) =>
  invalid(`The model returned the following errors: ${message}`);

const members = (path: string) => path.replace(/\.(\d+)/g, (_, index) => `.${Number(index) + 1}.member`);

/** Refuses the value at a path. `value` is quoted if it is given. */
export function unsatisfied(path: string, constraint: string, value?: string): never {
  const quoted = value === undefined ? 'Value' : `Value '${value}'`;
  return invalid(
    `1 validation error detected: ${quoted} at '${members(path)}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Refuses what is no object, and any key that is not in `keys`. */
export function structure(value: unknown, path: string, keys?: readonly string[]): Fields {
  if (!isFields(value)) return unsatisfied(path, 'Member must be a structure');
  const extraneous = keys && Object.keys(value).find((key) => !keys.includes(key));
  if (extraneous !== undefined) {
    invalid(
      `Malformed input request: #/${path.replaceAll('.', '/')}: extraneous key [${extraneous}] is not permitted, please reformat your input and try again.`,
    );
  }
  return value;
}

export function list(value: unknown, path: string, least = 0): readonly unknown[] {
  if (!Array.isArray(value)) return unsatisfied(path, 'Member must be a list');
  if (value.length < least)
    unsatisfied(path, `Member must have length greater than or equal to ${String(least)}`);
  return value;
}

interface TextLimits {
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: string;
}

export function text(value: unknown, path: string, { least = 0, most, pattern }: TextLimits = {}): string {
  if (typeof value !== 'string') return unsatisfied(path, 'Member must be a string');
  if (value.length < least)
    unsatisfied(path, `Member must have length greater than or equal to ${least}`, value);
  if (most !== undefined && value.length > most)
    unsatisfied(path, `Member must have length less than or equal to ${most}`, value);
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(value))
    unsatisfied(path, `Member must satisfy regular expression pattern: ${pattern}`, value);
  return value;
}

export function oneOf<Value extends string>(value: unknown, path: string, values: readonly Value[]): Value {
  const found = values.find((known) => known === value);
  return (
    found ?? unsatisfied(path, `Member must satisfy enum value set: [${values.join(', ')}]`, display(value))
  );
}

const display = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** The only key of a union, and its value. */
export function union(
  value: unknown,
  path: string,
  type: string,
  keys: readonly string[],
): [key: string, value: unknown] {
  const entries = Object.entries(structure(value, path));
  const [first] = entries;
  const set = entries.length > 1 ? 'can only set' : 'must set';
  if (!first || entries.length > 1 || !keys.includes(first[0]))
    return invalid(`${type} object at ${path} ${set} one of the following keys: ${keys.join(', ')}.`);
  return first;
}

/** Refuses what is no JSON object in a field that may hold any JSON. */
export function jsonObject(value: unknown, path: string): Fields {
  return isFields(value)
    ? value
    : invalid(
        `The format of the value at ${path} is invalid. Provide a json object for the field and try again.`,
      );
}

/** A blob: base64 in JSON, at least one byte. */
export function blob(value: unknown, path: string): Buffer {
  if (typeof value !== 'string') return unsatisfied(path, 'Member must be a blob');
  if (value === '') unsatisfied(path, 'Member must have length greater than or equal to 1');
  return (
    decodedBase64(value) ?? refuse('SerializationException', `The value at ${path} is not encoded in base64.`)
  );
}

/** Undefined unless the text is base64 exactly as an encoder writes it. */
export function decodedBase64(value: string): Buffer | undefined {
  const bytes = Buffer.from(value, 'base64');
  return bytes.toString('base64') === value ? bytes : undefined;
}
