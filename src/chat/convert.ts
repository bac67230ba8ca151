// Converts a chat into a prompt that Bedrock accepts, whatever it holds: roles alternate and begin and end with the user,
// no text is blank, every use of a tool has its result in the next message, and every result a use before it.
import { isBlank } from '../core/model/blank';
import {
  type ContentBlock,
  type ImageBlock,
  type Message,
  type TextBlock,
  type ToolResultBlock,
  type ToolUseBlock,
  textBlock,
} from '../core/model/content';
import { isRecord } from '../core/model/json';
import { pictureLimits } from '../core/content/limits';
import { type ChatMessage, type ChatPart, isPictureType, isTextType } from './messages';
import { LegalNames } from './names';
import { emptyResult, goOn, pictureLeftOut, toolNotRun, toolReturned, toolUsed } from './notes';
import { type RequestBlobs, pictureBlock } from './pictures';

export interface ChatPrompt {
  /** '' if there are no instructions. */
  readonly system: string;
  readonly messages: readonly Message[];
}

export interface ConvertContext {
  /** Whether tools are offered: without them, Bedrock takes neither uses nor results. */
  readonly hasTools: boolean;
  readonly takesPictures: boolean;
  /** It refuses text beside uses of tools and their results. */
  readonly refusesMixedTurns?: boolean | undefined;
  /** It refuses pictures in the results of tools. */
  readonly refusesNestedImages?: boolean | undefined;
  readonly toolNames: LegalNames;
  readonly blobs: RequestBlobs;
}

interface Draft {
  readonly role: Message['role'];
  content: ContentBlock[];
}

/** @throws PictureRefused if the last message of the user holds a picture that Bedrock does not take */
export function chatPrompt(chat: readonly ChatMessage[], context: ConvertContext): ChatPrompt {
  // Instructions come first, wherever they were; the other messages keep their order.
  const system = chat
    .filter(({ role }) => role === 'system')
    .map(({ parts }) => parts.map(textOfPart).join(''));
  const drafts = converted(chat, { ...context, toolIds: new LegalNames(chat.flatMap(idsIn)) });
  const alternating = merged(context.hasTools ? withToolResults(drafts) : drafts).map((message) =>
    arranged(message, context),
  );
  return {
    system: system.filter((text) => !isBlank(text)).join('\n\n'),
    messages: withFewPictures(fromUserToUser(alternating)),
  };
}

type IdContext = ConvertContext & { readonly toolIds: LegalNames };

/** The IDs of uses of tools, as the models have given them: what is legal stays, so that thinking is found by it. */
function idsIn({ parts }: ChatMessage): readonly string[] {
  return parts.flatMap((part) => (part.type === 'toolCall' || part.type === 'toolResult' ? [part.id] : []));
}

function converted(chat: readonly ChatMessage[], context: IdContext): Draft[] {
  const lastUser = chat.findLastIndex(({ role, parts }) => role === 'user' && parts.some(isAsked));
  return chat.flatMap(({ role, parts }, index): Draft[] => {
    if (role === 'system') return [];
    const content = parts.flatMap((part) => blocksOf(part, role, { ...context, isNew: index === lastUser }));
    return content.length > 0 ? [{ role, content }] : [];
  });
}

/** Whether a part is what a user says, not what a tool does. */
function isAsked({ type }: ChatPart): boolean {
  return type === 'text' || type === 'data';
}

type PartContext = IdContext & { readonly isNew: boolean };

function blocksOf(part: ChatPart, role: Message['role'], context: PartContext): ContentBlock[] {
  switch (part.type) {
    case 'text':
      return isBlank(part.text) ? [] : [textBlock(part.text)];
    case 'data':
      return dataBlocks(part, role, context);
    case 'toolCall': {
      const { id, name, input } = part;
      if (!context.hasTools) return [toolUsed(name, input)];
      return [
        {
          ...{ type: 'toolUse', id: context.toolIds.legalOf(id), name: context.toolNames.legalOf(name) },
          input: isRecord(input) ? (JSON.parse(JSON.stringify(input)) as Record<string, unknown>) : {},
        },
      ];
    }
    case 'toolResult': {
      const { id, parts, isError } = part;
      const content = parts.flatMap((inner) => blocksOf(inner, role, context)).filter(isInToolResult);
      if (!context.hasTools) return [resultText({ content }), ...content.filter(isImage)];
      return [
        {
          ...{ type: 'toolResult', toolUse: context.toolIds.legalOf(id) },
          content: content.length > 0 ? content : [emptyResult],
          ...(isError && { isError: true as const }),
        },
      ];
    }
  }
}

function dataBlocks(
  part: Extract<ChatPart, { type: 'data' }>,
  role: Message['role'],
  { takesPictures, blobs, isNew }: PartContext,
): ContentBlock[] {
  const { mimeType, bytes } = part;
  if (isPictureType(mimeType)) {
    // Bedrock takes pictures of the user only.
    if (role === 'assistant' || !takesPictures) return [pictureLeftOut];
    return [pictureBlock(part, { blobs, isNew })];
  }
  if (!isTextType(mimeType)) return [];
  const text = new TextDecoder().decode(bytes);
  return isBlank(text) ? [] : [textBlock(text)];
}

function isImage(block: ContentBlock): block is ImageBlock {
  return block.type === 'image';
}

function isInToolResult(block: ContentBlock): block is TextBlock | ImageBlock {
  return block.type === 'text' || block.type === 'image';
}

function textOfBlock(block: ContentBlock): string {
  return block.type === 'text' ? block.text : '';
}

function textOfPart(part: ChatPart): string {
  return part.type === 'text' ? part.text : '';
}

/** Joins neighbours of one role, without what is empty. */
function merged(drafts: readonly Draft[]): readonly Message[] {
  const all: Draft[] = [];
  for (const { role, content } of drafts) {
    if (content.length === 0) continue;
    const last = all.at(-1);
    if (last?.role === role) last.content.push(...content);
    else all.push({ role, content: [...content] });
  }
  return all;
}

/**
 * Puts each result of a tool into the message after its use, before what the user says there. A use without a result gets
 * one that says so, as after a stop; a result without a use before it becomes text.
 */
function withToolResults(drafts: readonly Draft[]): readonly Draft[] {
  const messages = merged(drafts);
  const uses = usesIn(messages);
  const placed = new Set([...uses.values()]);
  return messages.flatMap(({ role, content }): readonly Draft[] => {
    const said = content.flatMap((block): readonly ContentBlock[] => {
      if (block.type === 'toolUse') return uses.has(block) ? [block] : [];
      if (block.type !== 'toolResult') return [block];
      return placed.has(block) ? [] : [resultText(block)];
    });
    const own = content.filter((block): block is ToolUseBlock => block.type === 'toolUse' && uses.has(block));
    const results = own.map((use) => uses.get(use) ?? missingResult(use));
    return [
      { role, content: said },
      { role: 'user', content: results },
    ];
  });
}

/** The uses of tools, each with the first result after it. A use with the ID of an earlier one is no use of its own. */
function usesIn(messages: readonly Message[]): ReadonlyMap<ToolUseBlock, ToolResultBlock | undefined> {
  const uses = new Map<ToolUseBlock, ToolResultBlock | undefined>();
  const open = new Map<string, ToolUseBlock>();
  for (const { role, content } of messages)
    for (const block of content) {
      if (block.type === 'toolUse' && role === 'assistant' && !open.has(block.id)) {
        open.set(block.id, block);
        uses.set(block, undefined);
      }
      if (block.type !== 'toolResult') continue;
      const use = open.get(block.toolUse);
      if (use && !uses.get(use)) uses.set(use, block);
    }
  return uses;
}

function missingResult({ id }: ToolUseBlock): ToolResultBlock {
  return { type: 'toolResult', toolUse: id, content: [toolNotRun], isError: true };
}

function resultText({ content }: Pick<ToolResultBlock, 'content'>): TextBlock {
  return toolReturned(content.map(textOfBlock).join('\n'));
}

/** A message with its blocks where the model wants them: nothing stands after the uses of tools. */
function arranged(
  { role, content }: Message,
  { refusesMixedTurns, refusesNestedImages }: ConvertContext,
): Message {
  if (role === 'assistant') {
    const uses = content.filter(({ type }) => type === 'toolUse');
    if (uses.length === 0) return { role, content };
    const said = refusesMixedTurns ? [] : content.filter(({ type }) => type !== 'toolUse');
    return { role, content: [...said, ...uses] };
  }
  const results = content.filter((block): block is ToolResultBlock => block.type === 'toolResult');
  const last = results.at(-1);
  if (!last) return { role, content };
  const said = content.filter(({ type }) => type !== 'toolResult');
  if (refusesMixedTurns) {
    const withRest = { ...last, content: [...last.content, ...said.filter(isInToolResult)] };
    return { role, content: [...results.slice(0, -1), withRest] };
  }
  if (!refusesNestedImages) return { role, content };
  const pictures = results.flatMap((result) => result.content.filter(isImage));
  return { role, content: [...results.map(withoutPictures), ...pictures, ...said] };
}

function withoutPictures({ content, ...result }: ToolResultBlock): ToolResultBlock {
  const rest = content.filter((block) => !isImage(block));
  return { ...result, content: rest.length > 0 ? rest : [emptyResult] };
}

/** Bedrock wants the user to begin and to end. */
function fromUserToUser(messages: readonly Message[]): readonly Message[] {
  const [first] = messages;
  const last = messages.at(-1);
  if (!first || !last) return messages;
  const user: Message = { role: 'user', content: [goOn] };
  return [
    ...(first.role === 'assistant' ? [user] : []),
    ...messages,
    ...(last.role === 'assistant' ? [user] : []),
  ];
}

/** Bytes of all pictures of a request: base64 makes a third more of them, and a request has 25 MB at most. */
const maxPictureBytes = 16 * 1024 * 1024;

/** Leaves out the first pictures if there are more than Bedrock takes. */
function withFewPictures(messages: readonly Message[]): readonly Message[] {
  const kept = new Set<ImageBlock>();
  let bytes = 0;
  for (const picture of picturesIn(messages).toReversed()) {
    bytes += picture.data.size;
    if (kept.size === pictureLimits.count || bytes > maxPictureBytes) break;
    kept.add(picture);
  }
  const keep = <B extends ContentBlock>(block: B): B | TextBlock =>
    block.type === 'image' && !kept.has(block) ? pictureLeftOut : block;
  return messages.map(({ role, content }) => ({
    role,
    content: content.map((block) =>
      block.type === 'toolResult' ? { ...block, content: block.content.map(keep) } : keep(block),
    ),
  }));
}

function picturesIn(messages: readonly Message[]): readonly ImageBlock[] {
  const blocks = messages.flatMap(({ content }) => content);
  const inner = blocks.flatMap((block): readonly ContentBlock[] =>
    block.type === 'toolResult' ? block.content : [block],
  );
  return inner.filter(isImage);
}
