// A prompt as it is sent. Frozen, so that later changes of settings do not affect it, and without secrets, so that it
// may be kept and shown.
import {
  type CachePoints,
  type DocumentBlock,
  type ImageBlock,
  type Message,
  type ToolConfig,
  blobsIn,
  textOf,
} from './content';

/** Where the prompt was sent from, for the record of usage. `chat`: by VS Code Chat, or an extension that uses its models. */
export type Surface = 'selection' | 'about' | 'ask' | 'followUp' | 'check' | 'chat';

/** The ID of the extension that is VS Code’s own Chat. */
export const chatExtension = 'github.copilot-chat';

/** The place of a selection in a document; lines and characters count from 0. */
export interface Source {
  readonly uri: string;
  readonly version: number;
  readonly range: {
    readonly start: { readonly line: number; readonly character: number };
    readonly end: { readonly line: number; readonly character: number };
  };
  /** The selected text, to find it again in the document; not sent from here, and never recorded or logged. */
  readonly text?: string;
}

/** The lines of a range, counted from 1 as editors do. */
export function linesOf({ start, end }: Source['range']): { readonly first: number; readonly last: number } {
  // A selection that ends before a line's first character does not include that line.
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { first: start.line + 1, last: last + 1 };
}

/**
 * Maps `line` of a prompt, which is the text of `sources` joined by line ends, to a line of the document. Both count
 * from 1.
 */
export function documentLine(sources: readonly Source[], line: number): number {
  let above = 0;
  for (const { range } of sources) {
    const lines = range.end.line - range.start.line + 1;
    if (line <= above + lines) return range.start.line + line - above;
    above += lines;
  }
  return line;
}

/** Where a text that is attached stands in the text of a prompt. Characters count from 0, as UTF-16 does. */
export interface QuotedText {
  /** Such as "src/main.ts:12-40". */
  readonly name: string;
  readonly start: number;
  /** After its last character. */
  readonly end: number;
  /** How many of the request's sources are its selections; absent if none are. The last sources are those of these texts, in order. */
  readonly sources?: number;
  /** The texts of the cells of a notebook. */
  readonly isNotebook?: true;
}

/** Converse, the same for all models, or InvokeModel with each model's own format. */
export type Api = 'converse' | 'invoke';

export interface Target {
  /** A model ID, an inference profile ID or an ARN: passed through as it is. */
  readonly model: string;
  readonly region: string;
  readonly api: Api;
  /** The format that the user set for the model; absent to derive it from the model's ID. */
  readonly body?: Family;
  /** `auto` streams, and repeats the request without streaming if the stream arrives damaged. */
  readonly stream: 'auto' | 'off';
}

/** The user's parameters. Parameters that are not set are absent and not sent. */
export interface Parameters {
  readonly systemPrompt?: string;
  readonly maxTokens?: number;
  readonly temperature?: number;
  readonly topP?: number;
  readonly stopSequences?: readonly string[];
  /** `additionalModelRequestFields`, or fields of the model's own format; sent unchanged. */
  readonly additionalFields?: Readonly<Record<string, unknown>>;
  /** How much the model thinks; absent: its own default. */
  readonly effort?: Effort;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_OutputConfig.html */
export const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

export interface GatewayOptions {
  readonly address: Address;
  /** null: the gateway decides. 0: never from the cache. Else seconds, 60 to 2 592 000. */
  readonly cacheTtl: number | null;
  /** A fresh reply is wanted, not a cached one: `cacheTtl` is 0. */
  readonly bypassCache?: true;
  readonly logs: 'default' | 'metadataOnly' | 'none';
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  /** The alias of a key that is stored in the gateway; '' for the default. */
  readonly keyAlias: string;
}

/** A Bedrock guardrail, in the request's region. */
export interface Guardrail {
  /** Its ID or its ARN. */
  readonly identifier: string;
  /** `DRAFT` or a number. */
  readonly version: string;
}

/**
 * How requests authenticate to AWS: we sign with access keys or with the credentials of a profile in ~/.aws, or send a
 * Bedrock API key; or the gateway signs with keys stored there.
 */
export type Authentication = 'accessKeys' | 'apiKey' | 'profile' | 'gateway';

export interface Request {
  readonly id: string;
  readonly conversation: string;
  /** The ID of the request that this one follows in its conversation; absent for a first prompt. */
  readonly parent?: string;
  /** The turn was taken over from another conversation, where it has cost what it cost. */
  readonly copied?: true;
  readonly surface: Surface;
  /** The ID of the extension that sent a prompt of `chat`, or `core` for VS Code itself. */
  readonly initiator?: string;
  /** What is sent: the earlier messages of the conversation, and last the prompt. */
  readonly messages: readonly Message[];
  /** Absent if the model may use none. */
  readonly tools?: ToolConfig;
  /** Absent if nothing is to be cached by the model. */
  readonly cachePoints?: CachePoints;
  readonly sources: readonly Source[];
  /** Where the texts that are attached stand in the prompt. Only shown and kept: its text is what is sent. */
  readonly quotedTexts?: readonly QuotedText[];
  /**
   * The user asked that the text of this prompt is not logged: `gateway.logs` is not `default`, also when it is resent.
   */
  readonly withoutLogBodies?: true;
  readonly target: Target;
  /** The conversation decided on the model, not the settings: the user chose it there, or it answered there before. */
  readonly ownModel?: true;
  readonly parameters: Parameters;
  /** Absent if none is set. The account's owner may enforce one for every request. */
  readonly guardrail?: Guardrail;
  readonly gateway: GatewayOptions;
  readonly authentication: Authentication;
  /** The profile of ~/.aws, if that is the authentication method. */
  readonly profile?: string;
}

/** Freezes a value deeply, in place, and returns it. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** The prompt of a request: its last message. Earlier ones have requests of their own. */
export function promptMessage({ messages }: Pick<Request, 'messages'>): Message | undefined {
  return messages.findLast(({ role }) => role === 'user');
}

/** The pictures and documents of the prompt of a request. */
export function promptBlobs(request: Pick<Request, 'messages'>): readonly (ImageBlock | DocumentBlock)[] {
  const prompt = promptMessage(request);
  return prompt ? blobsIn([prompt]) : [];
}

/** The text of the prompt of a request; '' if it has pictures alone. */
export function promptOf(request: Pick<Request, 'messages'>): string {
  const prompt = promptMessage(request);
  return prompt ? textOf(prompt) : '';
}

/** The gateway's address. */
export interface Address {
  /** `https:` or `http:`. */
  readonly protocol: string;
  /** Host name without port; an IPv6 address without its brackets. */
  readonly hostname: string;
  /** Absent for the protocol's default port. */
  readonly port?: number;
  /** The path before `/aws-bedrock`, without a trailing slash: `/v1/{account}/{gateway}`, or '' for a custom domain. */
  readonly path: string;
  /** The region in the address, if there is one. */
  readonly region?: string;
}

/** The known request formats of models; each has a file in bedrock/bodies/. */
export type Family = 'claudeMessages' | 'claudeText' | 'titanText';
