// The schema of a tool's input, as models demand it. VS Code passes on whatever a server of tools says.
import { frozenJson, isRecord } from '../core/model/json';

export type Schema = Readonly<Record<string, unknown>>;

const combined = ['oneOf', 'anyOf', 'allOf'] as const;
const definers = ['definitions', '$defs'] as const;

/**
 * A frozen copy of `given` whose top is an object: `type` may be missing there, or all of it be a reference, and
 * combinations of schemas, which Claude refuses, become one object with the properties of all. `isPlain`: nothing else
 * stands at its top, as Nova wants it.
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use#best-practices-for-tool-definitions
 * https://docs.aws.amazon.com/nova/latest/userguide/tools-troubleshooting.html
 */
export function objectSchema(given: object | undefined, { isPlain }: { readonly isPlain: boolean }): Schema {
  // VS Code's own object must not be frozen.
  const copy = frozenJson(given);
  const definitions = definitionsIn(copy);
  const schema = dereferenced(copy, definitions);
  const partsOf = (key: (typeof combined)[number]) =>
    listOf(schema[key]).map((part) => dereferenced(part, definitions));
  const properties = [schema, ...combined.flatMap(partsOf)]
    .map((each) => each['properties'])
    .filter(isRecord);
  const required = [schema, ...partsOf('allOf')].flatMap((each) => namesIn(each['required']));
  const top: Schema = {
    type: 'object',
    properties: properties.length === 1 ? properties[0] : Object.assign({}, ...properties),
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
  if (isPlain) return withoutReferences(top, definitions);
  const replaced: readonly string[] = [...combined, '$ref', 'type', 'properties', 'required'];
  const rest = Object.entries(schema).filter(([key]) => !replaced.includes(key));
  return rest.length > 0 ? { ...Object.fromEntries(rest), ...top } : top;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function namesIn(value: unknown): readonly string[] {
  return listOf(value).filter((name) => typeof name === 'string');
}

/** By the reference to each. */
type Definitions = ReadonlyMap<string, unknown>;

function definitionsIn(schema: unknown): Definitions {
  const entries = definers.flatMap((key) => {
    const all = isRecord(schema) ? schema[key] : undefined;
    return isRecord(all)
      ? Object.entries(all).map(([name, each]) => [`#/${key}/${name}`, each] as const)
      : [];
  });
  return new Map(entries);
}

/** `schema` with what it refers to, if it is a reference. */
function dereferenced(schema: unknown, definitions: Definitions): Schema {
  if (!isRecord(schema)) return {};
  const { $ref } = schema;
  const definition = typeof $ref === 'string' ? definitions.get($ref) : undefined;
  return isRecord(definition) ? { ...definition, ...schema } : schema;
}

/** A schema that refers to others may be much larger with them in it. */
const maxParts = 5000;

/** `schema` with the definitions in place of the references to them. One that refers to itself ends there. */
function withoutReferences(schema: Schema, definitions: Definitions): Schema {
  let parts = 0;
  const resolved = (value: unknown, within: readonly string[]): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (++parts > maxParts) return {};
    if (Array.isArray(value)) return value.map((item) => resolved(item, within));
    const { $ref, ...rest } = value as Schema;
    if (typeof $ref !== 'string') return mapped(value as Schema, within);
    const definition = within.includes($ref) ? undefined : definitions.get($ref);
    return { ...(resolved(definition, [...within, $ref]) as Schema | undefined), ...mapped(rest, within) };
  };
  const mapped = (record: Schema, within: readonly string[]): Schema =>
    Object.fromEntries(Object.entries(record).map(([key, value]) => [key, resolved(value, within)]));
  return mapped(schema, []);
}
