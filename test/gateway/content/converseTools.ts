// Converse's toolConfig: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ToolConfiguration.html
import type { PromptContent, ToolChoice, ToolOffer } from './blocks.js';
import { invalid, jsonObject, list, structure, text, union } from './constraints.js';
import { cachePoint, identifier, nothingToCache } from './converseBlocks.js';

export function readToolConfig(value: unknown): Pick<PromptContent, 'tools' | 'toolChoice'> {
  if (value === undefined) return { tools: [], toolChoice: undefined };
  const { tools, toolChoice } = structure(value, 'toolConfig', ['tools', 'toolChoice']);
  return {
    tools: readTools(list(tools, 'toolConfig.tools', 1)),
    toolChoice: toolChoice === undefined ? undefined : readChoice(toolChoice),
  };
}

function readTools(given: readonly unknown[]): ToolOffer[] {
  const tools: ToolOffer[] = [];
  for (const [index, item] of given.entries()) {
    const path = `toolConfig.tools.${index}`;
    const [key, tool] = union(item, path, 'Tool', ['toolSpec', 'systemTool', 'cachePoint']);
    if (key === 'toolSpec') tools.push(readSpecification(tool, path));
    else if (key === 'cachePoint') {
      const cache = cachePoint(tool, path);
      const before = tools.pop();
      if (!before || before.cache) return nothingToCache();
      tools.push({ ...before, cache });
    }
  }
  return tools;
}

function readSpecification(value: unknown, path: string): ToolOffer {
  const at = `${path}.toolSpec`;
  const keys = ['name', 'description', 'inputSchema', 'strict'];
  const { name, description, inputSchema } = structure(value, at, keys);
  const [, json] = union(inputSchema, `${at}.inputSchema`, 'ToolInputSchema', ['json']);
  const schema = jsonObject(json, `${at}.inputSchema.json`);
  if (schema['type'] !== 'object')
    invalid(`The value at ${at}.inputSchema.json.type must be one of the following: object.`);
  return {
    name: text(name, `${at}.name`, identifier),
    description: description === undefined ? '' : text(description, `${at}.description`, { least: 1 }),
    schema,
    path,
  };
}

function readChoice(value: unknown): ToolChoice {
  const path = 'toolConfig.toolChoice';
  const [type, given] = union(value, path, 'ToolChoice', ['auto', 'any', 'tool']);
  if (type !== 'tool') {
    structure(given, `${path}.${type}`, []);
    return { type: type as 'auto' | 'any' };
  }
  const { name } = structure(given, `${path}.tool`, ['name']);
  return { type, name: text(name, `${path}.tool.name`, identifier) };
}
