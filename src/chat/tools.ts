// The tools that VS Code offers, as Bedrock accepts them.
import type { Tool, ToolConfig } from '../core/model/content';
import { isRecord } from '../core/model/json';
import type { ChatTool } from './messages';
import type { LegalNames } from './names';

type Schema = Readonly<Record<string, unknown>>;

export interface ToolRules {
  /** The model must use a tool. */
  readonly isRequired: boolean;
  /** The model refuses that: the choice is left to it. */
  readonly refusesForced: boolean;
}

/** undefined if there are none. */
export function toolConfig(
  tools: readonly ChatTool[],
  names: LegalNames,
  { isRequired, refusesForced }: ToolRules,
): ToolConfig | undefined {
  const specs = tools.map((tool) => toolSpec(tool, names));
  const [first] = specs;
  if (!first) return undefined;
  const isForced = isRequired && !refusesForced;
  return { tools: specs, choice: !isForced ? 'auto' : specs.length === 1 ? { tool: first.name } : 'any' };
}

function toolSpec({ name, description, inputSchema }: ChatTool, names: LegalNames): Tool {
  return {
    name: names.legalOf(name),
    // Bedrock refuses an empty one.
    ...(description.trim() && { description }),
    inputSchema: objectSchema(inputSchema),
  };
}

const combined = ['oneOf', 'anyOf', 'allOf'] as const;

/**
 * A schema whose top is an object, as models demand: `type` may be missing there, and combinations of schemas, which
 * Claude refuses, become one object with the properties of all.
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/implement-tool-use#best-practices-for-tool-definitions
 */
function objectSchema(given: object | undefined): Schema {
  const schema = plain(given);
  const parts = combined.flatMap((key) => (Array.isArray(schema[key]) ? (schema[key] as unknown[]) : []));
  const schemas = [schema, ...parts.filter(isRecord)];
  const properties = Object.assign(
    {},
    ...schemas.map((each) => each['properties']).filter(isRecord),
  ) as Schema;
  const all = Array.isArray(schema['allOf']) ? (schema['allOf'] as unknown[]).filter(isRecord) : [];
  const required = [schema, ...all].flatMap((each) =>
    Array.isArray(each['required']) ? (each['required'] as unknown[]) : [],
  );
  const rest = Object.fromEntries(
    Object.entries(schema).filter(([key]) => !combined.some((each) => each === key)),
  );
  return {
    ...rest,
    type: 'object',
    properties,
    ...(required.length > 0 && { required: [...new Set(required)] }),
  };
}

/** A copy without what JSON lacks: the request is frozen, and VS Code's own object must not be. */
function plain(value: unknown): Schema {
  const copy: unknown = isRecord(value) ? JSON.parse(JSON.stringify(value)) : undefined;
  return isRecord(copy) ? copy : {};
}
