// The schema checks that Bedrock makes on models' own formats, with the messages of its JSON schema validator.
import { refuse } from '../awsErrors.js';
import { type Fields, isFields } from '../jsonBody.js';

/** Returns error messages for a value; `path` is a JSON pointer that begins with `#`. */
export type Check = (value: unknown, path: string) => string[];

export function malformed(complaints: readonly string[]): never {
  return refuse(
    'ValidationException',
    `Malformed input request: ${complaints.join(', ')}, please reformat your input and try again.`,
  );
}

/** Throws Refused unless `fields` are valid. */
export function validate(check: Check, fields: Fields): void {
  const complaints = check(fields, '#');
  if (complaints.length > 0) malformed(complaints);
}

export function object(fields: Readonly<Record<string, Check>>, required: readonly string[] = []): Check {
  return (value, path) => {
    if (!isFields(value)) return [wrongType(path, 'JSONObject', value)];
    const missing = required.filter((name) => !Object.hasOwn(value, name));
    const extraneous = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
    return [
      ...missing.map((name) => `${path}: required key [${name}] not found`),
      ...extraneous.map((name) => `${path}: extraneous key [${name}] is not permitted`),
      ...Object.entries(value).flatMap(([name, item]) => fields[name]?.(item, `${path}/${name}`) ?? []),
    ];
  };
}

export const anything: Check = () => [];

export function number(min: number, max: number, integer = false): Check {
  return (value, path) => {
    if (typeof value !== 'number' || (integer && !Number.isInteger(value)))
      return [wrongType(path, integer ? 'Integer' : 'Number', value)];
    if (value < min) return [`${path}: ${value} is not greater or equal to ${min}`];
    return value > max ? [`${path}: ${value} is not less or equal to ${max}`] : [];
  };
}

export function text({ least = 0, pattern }: { least?: number; pattern?: RegExp } = {}): Check {
  return (value, path) => {
    if (typeof value !== 'string') return [wrongType(path, 'String', value)];
    if (value.length < least) return [`${path}: expected minLength: ${least}, actual: ${value.length}`];
    return pattern && !pattern.test(value)
      ? [`${path}: string [${value}] does not match pattern ${pattern.source}`]
      : [];
  };
}

export function oneOf(...values: readonly string[]): Check {
  return (value, path) =>
    values.some((known) => known === value) ? [] : [`${path}: ${String(value)} is not a valid enum value`];
}

export function list(item: Check, least = 0): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return [wrongType(path, 'JSONArray', value)];
    if (value.length < least)
      return [`${path}: expected minimum item count: ${least}, found: ${value.length}`];
    return value.flatMap((each, index) => item(each, `${path}/${index}`));
  };
}

/** Accepts what either check accepts, and reports errors of the one for the value's type. */
export function stringOr(string: Check, other: Check): Check {
  return (value, path) => (typeof value === 'string' ? string(value, path) : other(value, path));
}

function wrongType(path: string, expected: string, value: unknown): string {
  const found =
    value === null
      ? 'Null'
      : Array.isArray(value)
        ? 'JSONArray'
        : { string: 'String', number: 'Double', boolean: 'Boolean', object: 'JSONObject' }[
            typeof value as 'string'
          ];
  return `${path}: expected type: ${expected}, found: ${found}`;
}
