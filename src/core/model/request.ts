// A prompt as it is sent: frozen, so that a setting that changes later does not reach it, and without
// secrets, so that it may be kept and shown.

export interface TextBlock {
  readonly type: 'text';
  readonly text: string;
}
/** A union of one for now: images and documents are further rows. */
export type ContentBlock = TextBlock;

export interface Message {
  readonly role: 'user' | 'assistant';
  readonly content: readonly ContentBlock[];
}

/** Where the prompt was asked: the record of usage tells surfaces apart. */
export type Surface = 'selection' | 'about' | 'ask' | 'check';

/** The place in a document that a selection came from; lines and characters count from 0. */
export interface Source {
  readonly uri: string;
  readonly version: number;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
}

/** The lines of a range, counted from 1 as editors do. */
export function linesOf({ start, end }: Source['range']): { readonly first: number; readonly last: number } {
  // A selection that ends before a line's first character holds nothing of that line.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { first: start.line + 1, last: last + 1 };
}

/** In which line of the document, from 1, a line of a prompt stands that is the text of `sources`, one below the other. */
export function documentLine(sources: readonly Source[], line: number): number {
  let above = 0;
  for (const { range } of sources) {
    const lines = range.end.line - range.start.line + 1;
    if (line <= above + lines) return range.start.line + line - above;
    above += lines;
  }
  return line;
}

/** Bedrock's one API for all models, or InvokeModel with each model's own body. */
export type Api = 'converse' | 'invoke';

export interface Target {
  /** A model ID, an inference profile ID or an ARN: passed through as it is. */
  readonly model: string;
  readonly region: string;
  readonly api: Api;
  /** The body that the user says the model takes; absent where the model's ID is to tell it. */
  readonly body?: Family;
  /** `auto` streams, and repeats without streaming when the stream arrives damaged. */
  readonly stream: 'auto' | 'off';
}

/** What the user set; what was not set is absent and is not sent. */
export interface Parameters {
  readonly systemPrompt?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
  /** `additionalModelRequestFields`, or fields of the model's own body; verbatim. */
  readonly additionalFields?: Readonly<Record<string, unknown>>;
}

export interface GatewayOptions {
  readonly address: Address;
  /** null: the gateway decides. 0: never from the cache. Else seconds, 60 to 2 592 000. */
  readonly cacheTtl: number | null;
  /** Another answer is wanted, whatever a cache has: `cacheTtl` is 0. */
  readonly bypassCache?: true;
  readonly logs: 'default' | 'metadataOnly' | 'none';
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  /** Which of the keys stored in the gateway; '' for its default. */
  readonly keyAlias: string;
}

/** A guardrail of Bedrock's, in the region that is asked. */
export interface Guardrail {
  /** Its ID or its ARN. */
  readonly identifier: string;
  /** `DRAFT` or a number. */
  readonly version: string;
}

/**
 * Who authenticates to AWS, and how: we, by signing with access keys or with what a profile of ~/.aws gives, or
 * by sending a Bedrock API key; or the gateway, with keys stored there.
 */
export type Authentication = 'accessKeys' | 'apiKey' | 'profile' | 'gateway';

export interface Request {
  readonly id: string;
  readonly conversation: string;
  readonly surface: Surface;
  readonly messages: readonly Message[];
  readonly sources: readonly Source[];
  /** The user asked that no text of this prompt be logged: `gateway.logs` is not `default`, nor for a repeat. */
  readonly withoutLogBodies?: true;
  readonly target: Target;
  readonly parameters: Parameters;
  /** Absent where none is asked for; the account's owner may still have one applied to every request. */
  readonly guardrail?: Guardrail;
  readonly gateway: GatewayOptions;
  readonly authentication: Authentication;
  /** The profile of ~/.aws, where that is the way of authenticating. */
  readonly profile?: string;
}

/**
 * A block of `text` as it can be sent: a lone surrogate, which UTF-8 cannot carry and AWS refuses, becomes
 * U+FFFD; everything else stays as it is, byte for byte.
 */
export function textBlock(text: string): TextBlock {
  return { type: 'text', text: text.toWellFormed() };
}

/** Freezes a value and all that it holds, in place. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** The text of a message's blocks, one after the other. */
export function textOf(message: Message): string {
  return message.content.map((block) => block.text).join('');
}

/** Where requests go. Frozen text, so that a Request can hold it. */
export interface Address {
  /** `https:` or `http:`. */
  readonly protocol: string;
  /** Host name without port; an IPv6 address without its brackets. */
  readonly hostname: string;
  /** Absent for the protocol's own port. */
  readonly port?: number;
  /** All before `/aws-bedrock`, without a slash at its end: `/v1/{account}/{gateway}`, or '' for a custom domain. */
  readonly path: string;
  /** The region that the address named, when it did. */
  readonly region?: string;
}

/** The bodies that are known here: each is a file beside this one. */
export type Family = 'claudeMessages' | 'claudeText' | 'titanText';
