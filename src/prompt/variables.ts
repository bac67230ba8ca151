// The variables of saved prompts. Knows no editor.
import { promptName } from '../util/plainText';

/** What the variables stand for. */
export interface Values {
  /** The fenced blocks of what is selected. */
  readonly selection: string;
  readonly language: string;
  readonly file: string;
  /** A list with a line for each problem, or a word for none. */
  readonly diagnostics: string;
  /** What was answered, by the name after `input:`. */
  readonly inputs: ReadonlyMap<string, string>;
}

type Name = Exclude<keyof Values, 'inputs'>;

// Whether a name after `input:` is blank is asked later: here it would cost a time that grows with its square.
const variables = /\$\{(?:(selection|language|file|diagnostics)|input:([^{}\r\n]+))\}/g;

/** What a prompt asks for, each once, in the order in which it does. */
export function inputsOf(prompt: string): readonly string[] {
  const names = [...prompt.matchAll(variables)].map(([, , input = '']) => input.trim());
  return [...new Set(names.filter(Boolean))];
}

/**
 * The text that is sent for a saved prompt. What is put in for a variable is never looked at again, so that a
 * `${file}` in the selection stays what it is; so does every `${…}` that is none of ours, which code is full of.
 * A prompt that does not say where the selection goes gets it at its end.
 */
export function filledIn(prompt: string, values: Values): string {
  const text = prompt.replace(variables, (...found: unknown[]) => {
    const [whole, name, input, at] = found as [string, Name | undefined, string | undefined, number];
    if (name === undefined) return values.inputs.get(input?.trim() ?? '') ?? whole;
    const value = values[name];
    return blocks.has(name)
      ? onLinesOfItsOwn(value, prompt.slice(0, at), prompt.slice(at + whole.length))
      : value;
  });
  return prompt.includes('${selection}') ? text : withSelection(text, values.selection);
}

/** What a variable stands for that holds names of the workspace's: each of them once. */
export function nameList(names: readonly string[]): string {
  return [...new Set(names.map((name) => promptName(name)))].join(', ');
}

/** A question with what is selected below it. */
export function withSelection(question: string, selection: string): string {
  return `${question.trimEnd()}\n\n${selection}`;
}

const blocks: ReadonlySet<Name> = new Set<Name>(['selection', 'diagnostics']);

/** A fence in the middle of a line is none. */
function onLinesOfItsOwn(value: string, before: string, after: string): string {
  if (!value.includes('\n') && !value.startsWith('- ')) return value;
  const start = /(^|[\r\n])[ \t]*$/.test(before) ? '' : '\n\n';
  const end = /^[ \t]*([\r\n]|$)/.test(after) ? '' : '\n\n';
  return start + value + end;
}
