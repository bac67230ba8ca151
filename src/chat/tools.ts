// The tools that VS Code offers, as Bedrock accepts them.
import type { Tool, ToolConfig } from '../core/model/content';
import type { ChatTool } from './messages';
import type { LegalNames } from './names';
import { objectSchema } from './toolSchema';

export interface ToolRules {
  /** The model must use a tool. */
  readonly isRequired: boolean;
  /** The model refuses that: the choice is left to it. */
  readonly refusesForced: boolean;
  /** The model refuses schemas with more at their top than an object's properties. */
  readonly wantsPlainSchemas: boolean;
}

/** undefined if there are none. */
export function toolConfig(
  tools: readonly ChatTool[],
  names: LegalNames,
  { isRequired, refusesForced, wantsPlainSchemas: isPlain }: ToolRules,
): ToolConfig | undefined {
  if (tools.length === 0) return undefined;
  return {
    tools: tools.map(({ name, description, inputSchema }): Tool => ({
      name: names.legalOf(name),
      // Bedrock refuses an empty one.
      ...(description.trim() && { description }),
      inputSchema: objectSchema(inputSchema, { isPlain }),
    })),
    // Not a tool by its name, even if there is one alone: fewer models take that.
    choice: isRequired && !refusesForced ? 'any' : 'auto',
  };
}
