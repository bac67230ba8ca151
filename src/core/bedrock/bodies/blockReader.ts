// Puts together the blocks of a reply from their pieces, whatever the API.
import { maxReplySize } from '../../gateway/body';
import { AnswerUnreadable, ReplyTooLarge } from '../../model/errors';
import { isRecord, parseJson } from '../../model/json';
import type { ReplyEvent } from '../../model/reply';

/** The parts of a reply that its blocks become. */
export type BlockPart = Extract<ReplyEvent, { type: 'text' | 'reasoning' | 'blockEnd' | 'toolUse' }>;

/** The block that is being read. */
type OpenBlock =
  | { readonly kind: 'text' }
  | { readonly kind: 'reasoning'; signature?: string; redacted?: string }
  | { readonly kind: 'toolUse'; readonly id: string; readonly name: string; input: string };

/** More are no reply of a model's. What is done for each of them takes longer the more there are. */
const maxBlocks = 1000;

/** Keeps two texts of a reply apart where they are shown as one. */
const gap = '\n\n';

/** As it was sent. */
export interface ToolStart {
  readonly id: unknown;
  readonly name: unknown;
}

/**
 * Reads the blocks of one reply. `index` is the block's place in the reply; a block begins with its first piece, if nothing
 * has announced it.
 */
export class BlockReader {
  private index: unknown;
  private open: OpenBlock | undefined;
  /** The kind of the block before. */
  private before: OpenBlock['kind'] | undefined;
  private hasText = false;
  private isUnreadable = false;
  private count = 0;
  /** UTF-16 units of all that is neither text nor thinking, and one for each block: no reply goes on for ever. */
  private size = 0;

  constructor(private readonly emit: (part: BlockPart) => void) {}

  text(index: unknown, text: string): void {
    // A reply may have thousands of pieces.
    if (this.index !== index || this.open?.kind !== 'text') this.begin(index, { kind: 'text' });
    if (!text) return;
    this.hasText = true;
    this.emit({ type: 'text', text });
  }

  /** Each of the fields may be absent, or not what it should be. */
  reasoning(
    index: unknown,
    { text, signature, redacted }: { text?: unknown; signature?: unknown; redacted?: unknown },
  ): void {
    if (this.index !== index || this.open?.kind !== 'reasoning') this.begin(index, { kind: 'reasoning' });
    if (this.open?.kind !== 'reasoning') return;
    if (typeof text === 'string' && text) this.emit({ type: 'reasoning', text });
    // Claude begins with an empty signature; other models that do not sign have none but that.
    if (typeof signature === 'string' && signature) {
      this.addSize(signature.length);
      this.open.signature = (this.open.signature ?? '') + signature;
    }
    if (typeof redacted === 'string' && redacted) {
      this.addSize(redacted.length);
      this.open.redacted = (this.open.redacted ?? '') + redacted;
    }
  }

  /** A tool use begins; its input follows in pieces. */
  toolUse(index: unknown, { id, name }: ToolStart): void {
    if (typeof id === 'string' && typeof name === 'string') {
      this.addSize(id.length + name.length);
      this.begin(index, { kind: 'toolUse', id, name, input: '' });
    } else {
      this.stop();
      this.isUnreadable = true;
    }
  }

  /** A piece of the JSON of a tool's input. */
  toolInput(index: unknown, json: string): void {
    if (this.index !== index || this.open?.kind !== 'toolUse') return;
    this.addSize(json.length);
    this.open.input += json;
  }

  stop(): void {
    const { open } = this;
    this.open = undefined;
    if (open?.kind === 'reasoning') {
      const { signature, redacted } = open;
      this.emit({
        ...{ type: 'blockEnd', block: 'reasoning' },
        ...(signature !== undefined && { signature }),
        ...(redacted !== undefined && { redacted }),
      });
    } else if (open?.kind === 'toolUse') this.endToolUse(open);
  }

  /**
   * The reply is complete. A tool's input may be broken off where the reply has reached its limit.
   * @throws AnswerUnreadable if the model asked for a tool, and what it asked for can't be read.
   */
  end(stopReason: string): void {
    this.stop();
    if (this.isUnreadable && stopReason === 'tool_use') throw new AnswerUnreadable();
  }

  /** @throws ReplyTooLarge */
  private addSize(size: number): void {
    this.size += size;
    if (this.size > maxReplySize) throw new ReplyTooLarge();
  }

  private begin(index: unknown, block: OpenBlock): void {
    this.stop();
    this.addSize(1);
    const isTextInRow = block.kind === 'text' && this.before === 'text';
    if (++this.count > maxBlocks && !isTextInRow) throw new ReplyTooLarge();
    // Texts in a row, as with citations, may be one sentence; very many are kept as one. After thinking, the model begins anew.
    if (isTextInRow) {
      if (this.count <= maxBlocks) this.emit({ type: 'blockEnd', block: 'text' });
    } else if (block.kind === 'text' && this.hasText) {
      this.emit({ type: 'text', text: gap });
      this.emit({ type: 'blockEnd', block: 'gap' });
    }
    this.before = block.kind;
    this.index = index;
    this.open = block;
  }

  private endToolUse({ id, name, input }: Extract<OpenBlock, { kind: 'toolUse' }>): void {
    // A tool without parameters may get no input at all.
    const value = input.trim() === '' ? {} : parseJson(input);
    if (isRecord(value)) this.emit({ type: 'toolUse', id, name, input: value });
    else {
      this.isUnreadable = true;
      // It gets no mark, which would also end the text before it: a later gap would take that text in.
      if (this.hasText) this.emit({ type: 'blockEnd', block: 'text' });
    }
  }
}
