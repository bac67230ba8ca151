// Expands the variables of saved prompts. Does not use VS Code.
import { promptName } from '../util/plainText';

/** The values of the variables. */
export interface Values {
  /** The selected text, as fenced code blocks. */
  readonly selection: string;
  readonly language: string;
  readonly file: string;
  readonly fileBasename: string;
  readonly fileBasenameNoExtension: string;
  /** Relative, like `file`. */
  readonly fileDirname: string;
  readonly workspaceFolderBasename: string;
  /** A list with one line for each problem, or "none". */
  readonly diagnostics: string;
  /** The user's answers, by the name after `input:`. */
  readonly inputs: ReadonlyMap<string, string>;
}

type Name = Exclude<keyof Values, 'inputs'>;

/** VS Code's prompt files have this name for the selection. */
const alias = 'selectedText';

// Blank names after `input:` are dropped later: excluding them here would take quadratic time.
const variables =
  /\$\{(?:(selection|selectedText|language|file(?:Basename|BasenameNoExtension|Dirname)?|workspaceFolderBasename|diagnostics)|input:([^{}\r\n]+))\}/g;

/** A `${input:name}` or `${input:name:placeholder}`. */
export interface InputVariable {
  readonly name: string;
  /** '' if there is none. */
  readonly placeholder: string;
}

/** The inputs of a prompt, in order, without duplicates. */
export function inputsOf(prompt: string): readonly InputVariable[] {
  const inputs = new Map<string, InputVariable>();
  for (const [, , input = ''] of prompt.matchAll(variables)) {
    const { name, placeholder } = inputVariable(input);
    if (name && !inputs.get(name)?.placeholder) inputs.set(name, { name, placeholder });
  }
  return [...inputs.values()];
}

function inputVariable(input: string): InputVariable {
  const colon = input.indexOf(':');
  const [name, placeholder] = colon === -1 ? [input, ''] : [input.slice(0, colon), input.slice(colon + 1)];
  return { name: name.trim(), placeholder: placeholder.trim() };
}

/**
 * Replaces the variables of a saved prompt. Values are not expanded again, so a `${file}` in the selection stays, and
 * so does any other `${…}`, which is frequent in code. Without `${selection}`, the selection is appended.
 */
export function expand(prompt: string, values: Values): string {
  const text = prompt.replace(variables, (...match: unknown[]) => {
    const [whole, key, input, at] = match as [
      string,
      Name | typeof alias | undefined,
      string | undefined,
      number,
    ];
    if (key === undefined) return values.inputs.get(inputVariable(input ?? '').name) ?? whole;
    const name = key === alias ? 'selection' : key;
    const value = values[name];
    return blocks.has(name) ? onOwnLines(value, prompt.slice(0, at), prompt.slice(at + whole.length)) : value;
  });
  const saysWhere = ['selection', alias].some((name) => prompt.includes(`\${${name}}`));
  return saysWhere ? text : appendSelection(text, values.selection);
}

/** A variable's value that lists names from the workspace, without duplicates. */
export function nameList(names: readonly string[]): string {
  return [...new Set(names.map((name) => promptName(name)))].join(', ');
}

/** A question with the selection below it. */
export function appendSelection(question: string, selection: string): string {
  return `${question.trimEnd()}\n\n${selection}`;
}

const blocks: ReadonlySet<Name> = new Set<Name>(['selection', 'diagnostics']);

/** Puts a block on its own lines, since a fence in the middle of a line has no effect. */
function onOwnLines(value: string, before: string, after: string): string {
  if (!value.includes('\n') && !value.startsWith('- ')) return value;
  const start = /(^|[\r\n])[ \t]*$/.test(before) ? '' : '\n\n';
  const end = /^[ \t]*([\r\n]|$)/.test(after) ? '' : '\n\n';
  return start + value + end;
}
