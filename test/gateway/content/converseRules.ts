// What Converse demands of a prompt as a whole, before it asks the model.
import { allBlocks, type ContentMessage, isThinking, mayBeIn, ofKind, type PromptContent } from './blocks.js';
import { invalid } from './constraints.js';
import type { ModelRules } from './modelRules.js';

type ConverseRule = (content: PromptContent, model: ModelRules) => void;

/** Throws Refused for the first rule that the prompt breaks. */
export function checkConverseRules(content: PromptContent, model: ModelRules): void {
  for (const rule of rules) rule(content, model);
}

const roleOfBlocks: ConverseRule = ({ messages }) => {
  for (const { role, blocks } of messages) {
    const misplaced = blocks.find((block) => !mayBeIn(role, block));
    if (!misplaced) continue;
    if (isThinking(misplaced)) {
      invalid(
        'User messages cannot contain reasoning content. Please remove the reasoning content and try again.',
      );
    }
    if (misplaced.kind === 'image' || misplaced.kind === 'document')
      invalid(
        `This model doesn't support the ${misplaced.kind} field for ${role} messages. Remove ${misplaced.kind} and try again.`,
      );
  }
};

const maxDocument = 4.5 * 1024 * 1024;
const maxDocuments = 5;
/** The documentation's list. The service was seen to take underscores too, but does not promise it. */
const documentNames = /^[a-zA-Z0-9 ()[\]-]+$/;

const documents: ConverseRule = (content) => {
  const found = ofKind(allBlocks(content), 'document');
  for (const { name, bytes } of found) {
    if (!documentNames.test(name) || name.includes('  ')) {
      invalid(
        "The document file name can only contain alphanumeric characters, whitespace characters, hyphens, parentheses, and square brackets. The name can't contain more than one consecutive whitespace character. Check that the file name conforms to these restrictions and retry your request.",
      );
    }
    if (bytes.length > maxDocument) {
      invalid(
        'The maximum document size is 4.5 MB. Reduce the size of your document and retry your request.',
      );
    }
  }
  if (new Set(found.map(({ name }) => name)).size < found.length)
    invalid("Messages can't contain duplicate document names. Rename the document and retry your request.");
  if (found.length > maxDocuments)
    invalid(`You can't include more than ${maxDocuments} documents in a request.`);
};

const textBesideDocuments: ConverseRule = ({ messages }) => {
  const alone = messages.find(
    ({ blocks }) => ofKind(blocks, 'document').length > 0 && ofKind(blocks, 'text').length === 0,
  );
  if (alone)
    invalid('A text block must be included when using documents. Add a text block and retry your request.');
};

const usesTools = ({ blocks }: ContentMessage) =>
  blocks.some(({ kind }) => kind === 'toolUse' || kind === 'toolResult');

const toolConfig: ConverseRule = ({ messages, tools }) => {
  if (tools.length === 0 && messages.some(usesTools))
    invalid('The toolConfig field must be defined when using toolUse and toolResult content blocks.');
};

/** That results come first in their message is the model's demand, not Converse's. */
const toolPairs: ConverseRule = ({ messages }) => {
  let asked: string[] = [];
  for (const [index, { blocks }] of messages.entries()) {
    const at = `messages.${index}.content`;
    const answered = ofKind(blocks, 'toolResult').map(({ id }) => id);
    if (answered.length > asked.length) {
      invalid(
        `The number of toolResult blocks at ${at} exceeds the number of toolUse blocks of previous turn.`,
      );
    }
    const missing = asked.filter((id) => !answered.includes(id));
    if (missing.length > 0)
      invalid(`Expected toolResult blocks at ${at} for the following Ids: ${missing.join(', ')}`);
    asked = ofKind(blocks, 'toolUse').map(({ id }) => id);
    const twice = asked.find((id, position) => asked.indexOf(id) !== position);
    if (twice !== undefined) invalid(`The toolUse blocks at ${at} contain duplicate Ids: ${twice}`);
  }
};

const plain: readonly string[] = ['type', 'properties', 'required'];

/** https://docs.aws.amazon.com/nova/latest/userguide/tools-troubleshooting.html */
const toolSchemas: ConverseRule = ({ tools }, { wantsPlainSchemas }) => {
  if (!wantsPlainSchemas) return;
  for (const [index, { schema }] of tools.entries()) {
    const extraneous = Object.keys(schema).find((key) => !plain.includes(key));
    if (extraneous !== undefined)
      invalid(
        `Malformed input request: #/toolConfig/tools/${index}/toolSpec/inputSchema/json: extraneous key [${extraneous}] is not permitted, please reformat your input and try again.`,
      );
    if (JSON.stringify(schema).includes('"$ref":"'))
      invalid(`The value at toolConfig.tools.${index}.toolSpec.inputSchema.json refers to no definition.`);
  }
};

const rules: readonly ConverseRule[] = [
  ...[roleOfBlocks, documents, textBesideDocuments, toolConfig, toolSchemas, toolPairs],
];
