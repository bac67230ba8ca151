// What VS Code Chat's questions about tokens cost in one turn of its agent: some 5,000 texts, most of them names and
// descriptions of tools, and many of them again and again. Against the length of the same texts.
import { TokenCounter } from '../../src/chat/tokenCount';
import { type Finding, type Say, interleaved, summed } from './figure';
import { collectGarbage } from './garbage';

export async function tokenCount(say: Say, how = { calls: 5000, rounds: 200, warmUp: 20 }): Promise<Finding> {
  const sent = textsOfTurn(how.calls).map((text) => JSON.stringify(text));
  // As they come from VS Code's other process: no text is the same object as one before.
  const received = () => sent.map((json) => JSON.parse(json) as string);
  const measured = (sizeOf: () => (text: string) => number) => () => {
    const texts = received();
    const measure = sizeOf();
    collectGarbage();
    const began = performance.now();
    let sum = 0;
    for (const text of texts) sum += measure(text);
    const took = performance.now() - began;
    if (sum === 0) throw new Error('Nothing was counted');
    return Promise.resolve(took);
  };
  const kept = new TokenCounter();
  const sides = {
    // A turn after VS Code has started; nothing is remembered.
    ours: measured(() => {
      const counter = new TokenCounter();
      return (text) => counter.ofText(text);
    }),
    baseline: measured(
      () =>
        ({ length }) =>
          length,
    ),
  };
  const first = summed('token-count', 'ms', await interleaved(sides, how), say);
  say('the same in a later turn, which repeats the texts of those before:');
  const ours = measured(() => (text) => kept.ofText(text));
  const later = summed('token-count', 'ms', await interleaved({ ...sides, ours }, how), say);
  const characters = received().reduce((sum, { length }) => sum + length, 0);
  return { figure: { ...first, laterTurn: later.ours, calls: how.calls, characters } };
}

const words =
  'the file path of workspace a tool to read search edit run terminal command result line range symbol when you use only if not'.split(
    ' ',
  );
const sentence = (seed: number, length: number) =>
  Array.from({ length }, (_, at) => words[(seed * 7 + at * at + at * 3) % words.length]).join(' ');

/** As VS Code 1.139 asks for “say hi”: instructions of 10,500 characters, two messages, 39 tools. */
function textsOfTurn(calls: number): readonly string[] {
  const instructions = Array.from({ length: 100 }, (_, line) => `- ${sentence(line, 17)}.`);
  const system = instructions.join('\n').slice(0, 10_500);
  const messages = [`<environment>\n${sentence(1, 300)}\n</environment>`, 'say hi'];
  const schemas = Array.from({ length: 39 }, (_, tool) => [
    ...[`tool_${tool}_${words[tool % words.length]}`, sentence(tool, 40 + (tool % 60)), 'object'],
    ...Array.from({ length: 4 + (tool % 9) }, (_, property) => [
      ...[`property${property}`, 'type', 'string', 'description', sentence(tool + property, 12)],
    ]).flat(),
    ...['properties', 'required', 'property0', 'inputSchema'],
  ]).flat();
  const turn = [...Array<string>(5).fill(system), ...instructions, ...messages, ...messages, ...schemas];
  return Array.from({ length: calls }, (_, call) => turn[call % turn.length] ?? '');
}
