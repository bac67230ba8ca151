// Counts tokens for VS Code Chat, which asks thousands of times a turn, mostly about texts that it asked about before.
import { estimateTokens } from '../core/content/tokens';
import { imageTokens } from '../core/content/blobTokens';
import { type ChatMessage, type ChatPart, isPictureType, isTextType } from './messages';

/** Characters of the texts that are remembered. */
const maxCharacters = 4 * 1024 * 1024;
/** What a message takes besides its texts: its role and its ends. */
const perMessage = 4;

export class TokenCounter {
  private counts = new Map<string, number>();
  private characters = 0;

  ofText(text: string): number {
    const known = this.counts.get(text);
    if (known !== undefined) return known;
    const tokens = estimateTokens(text);
    if (text.length > maxCharacters) return tokens;
    // All at once: to keep the latest would take longer than to count again.
    if (this.characters + text.length > maxCharacters) this.clear();
    this.counts.set(text, tokens);
    this.characters += text.length;
    return tokens;
  }

  ofMessage({ parts }: ChatMessage): number {
    return parts.reduce((sum, part) => sum + this.ofPart(part), perMessage);
  }

  private ofPart(part: ChatPart): number {
    switch (part.type) {
      case 'text':
        return this.ofText(part.text);
      case 'data':
        if (isPictureType(part.mimeType)) return imageTokens({});
        // Nothing else is sent.
        return isTextType(part.mimeType) ? this.ofText(new TextDecoder().decode(part.bytes)) : 0;
      case 'toolCall':
        return this.ofText(part.name) + this.ofText(JSON.stringify(part.input ?? {}));
      case 'toolResult':
        return part.parts.reduce((sum, inner) => sum + this.ofPart(inner), perMessage);
    }
  }

  private clear(): void {
    this.counts = new Map();
    this.characters = 0;
  }
}
