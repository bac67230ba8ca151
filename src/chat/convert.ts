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
import { type ChatMessage, type ChatPart, isFileType, isPictureType, isTextType } from './messages';
import { LegalNames } from './names';
import { emptyResult, fileLeftOut, goOn, pictureLeftOut, toolNotRun, toolReturned, toolUsed } from './notes';
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
  const toolIds = new LegalNames(chat.flatMap(idsIn));
  const drafts = converted(chat, { ...context, toolIds });
  const alternating = merged(context.hasTools ? withToolResults(drafts, toolIds) : drafts).map((message) =>
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

/** Whether a part is what a user says or shows, not what a tool does, or what is meant for VS Code alone. */
function isAsked(part: ChatPart): boolean {
  return part.type === 'text' || (part.type === 'data' && isPictureType(part.mimeType));
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
      // What a tool has made, the user can't change.
      const content = parts
        .flatMap((inner) => blocksOf(inner, role, { ...context, isNew: false }))
        .filter(isInToolResult);
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
  if (!isTextType(mimeType)) return isFileType(mimeType) ? [fileLeftOut(mimeType)] : [];
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
function withToolResults(drafts: readonly Draft[], toolIds: LegalNames): readonly Draft[] {
  const messages = merged(drafts);
  const uses = usesIn(messages, toolIds);
  const placed = new Set([...uses.values()].map(({ result }) => result));
  /** Empty for one that no assistant made. */
  const useOf = (block: ToolUseBlock) => {
    const use = uses.get(block);
    return use ? [use] : [];
  };
  return messages.flatMap(({ role, content }): readonly Draft[] => {
    const said = content.flatMap((block): readonly ContentBlock[] => {
      if (block.type === 'toolUse') return useOf(block).map(({ use }) => use);
      if (block.type !== 'toolResult') return [block];
      return placed.has(block) ? [] : [resultText(block)];
    });
    const own = content.flatMap((block) => (block.type === 'toolUse' ? useOf(block) : []));
    const results = own.map(({ use, result }) =>
      result ? { ...result, toolUse: use.id } : missingResult(use),
    );
    return [
      { role, content: said },
      { role: 'user', content: results },
    ];
  });
}

interface UseAndResult {
  /** With an ID that no other use has. */
  readonly use: ToolUseBlock;
  result?: ToolResultBlock;
}

/** The uses of tools, each with the first result after it. Some models give each round's uses the same IDs. */
function usesIn(messages: readonly Message[], toolIds: LegalNames): ReadonlyMap<ToolUseBlock, UseAndResult> {
  const uses = new Map<ToolUseBlock, UseAndResult>();
  /** By the ID, of the last message that has such. */
  const open = new Map<string, UseAndResult[]>();
  for (const { role, content } of messages) {
    const own = new Map<string, UseAndResult[]>();
    for (const block of content) {
      if (block.type === 'toolUse' && role === 'assistant') {
        const { id } = block;
        const isNew = !open.has(id) && !own.has(id);
        const use = { use: isNew ? block : { ...block, id: toolIds.legalOf(`${id}\0${uses.size}`) } };
        uses.set(block, use);
        own.set(id, [...(own.get(id) ?? []), use]);
      } else if (block.type === 'toolResult') {
        const use = open.get(block.toolUse)?.find(({ result }) => !result);
        if (use) use.result = block;
      }
    }
    for (const [id, all] of own) open.set(id, all);
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
