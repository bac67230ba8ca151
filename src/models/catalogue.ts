// The catalogue of models: what is published about each, in one table. modelFacts.ts reads it. Does not import VS Code.
import type { Geography } from '../core/bedrock/geographies';
import { type Capability, capabilities } from '../core/model/capabilities';

/** The day on which the table was last compared with its sources, YYYY-MM-DD. */
export const catalogueDate = '2026-11-30';

/** Facts about one model. What is absent is not known; an absent `true` means no. */
export interface ModelFacts {
  /** The ID of the foundation model, without a geography. */
  readonly id: string;
  readonly label: string;
  /** The geographies of its inference profiles; empty if it is called by its own ID. */
  readonly geographies: readonly Geography[];
  /** The most tokens of a prompt and its reply together. */
  readonly context?: number;
  /** The most tokens of a reply. */
  readonly output?: number;
  /** What it takes besides text. */
  readonly takes: { readonly [C in Capability]?: boolean };
  /** Nobody can turn its thinking off. */
  readonly alwaysThinks?: true;
  /** Its thoughts are bound to all that came before them: a follow-up repeats all of it unchanged, or no thoughts. */
  readonly bindsThinking?: true;
  /** It refuses each tool choice but `auto`. */
  readonly refusesForcedTools?: true;
  /** It refuses schemas of tools with more at their top than `type`, `properties` and `required`. */
  readonly wantsPlainSchemas?: true;
  /** It refuses tools when it streams. */
  readonly refusesStreamedTools?: true;
  /** It refuses text beside uses of tools and beside their results. */
  readonly refusesMixedTurns?: true;
  /** It refuses pictures in the results of tools. */
  readonly refusesNestedImages?: true;
  /** How much it thinks can be said: Converse's `effort`. */
  readonly takesEffort?: true;
  /** It refuses cache points among the tools. */
  readonly refusesCachedTools?: true;
  /** It refuses a cache point after the result of a tool. */
  readonly refusesCachedResults?: true;
  /** It refuses `temperature` and `topP`. */
  readonly refusesSampling?: true;
  /** With fewer tokens before a cache point, nothing is cached. More than published where sources differ. */
  readonly minCacheTokens?: number;
  /** AWS does not retire the model before this day, YYYY-MM-DD. It gives notice of 45 days or more, then. */
  readonly endOfLife?: { readonly earliest: string };
  /** The day on which AWS retired the model, or will: YYYY-MM-DD, or the year if no more is known. */
  readonly retiredOn?: string;
  /** Retired, but still offered: it lives on in custom and provisioned models. */
  readonly livesOn?: true;
  /** The ID of the foundation model to use instead, as AWS or the vendor names it. */
  readonly successor?: string;
  /** Who says so, and when. */
  readonly source: string;
}

type MoreFacts = Omit<ModelFacts, 'id' | 'label' | 'geographies' | 'context' | 'output' | 'takes'>;

/**
 * A row. `takes` has a letter for each capability that the model takes, in the order of `capabilities`: images, documents
 * (P for pages), reasoning, tools, caching. `-` instead of it: the model refuses it; `?`: not known.
 */
function model(
  id: string,
  label: string,
  profiles: string,
  context: number,
  output: number,
  takes: string,
  more: MoreFacts,
): ModelFacts {
  return { id, label, geographies: geographiesIn(profiles), context, output, takes: takesOf(takes), ...more };
}

/** A row of a model that AWS has retired, or will on `retiredOn`. */
function retired(
  id: string,
  label: string,
  retiredOn: string,
  successor: string,
  more: Partial<ModelFacts> = {},
): ModelFacts {
  return { id, label, geographies: [], takes: {}, retiredOn, successor, source: lifecycle, ...more };
}

/** Names of geographies; a test checks that they are. */
function geographiesIn(profiles: string): readonly Geography[] {
  return profiles.split(' ').filter(Boolean) as Geography[];
}

function takesOf(letters: string): ModelFacts['takes'] {
  return Object.fromEntries(
    capabilities.flatMap((capability, at) =>
      letters[at] === '?' ? [] : [[capability, letters[at] !== '-'] as const],
    ),
  );
}

/** AWS's model cards; the geographies from ListInferenceProfiles in 17 regions. */
const card = 'AWS model card, 2026-11; ListInferenceProfiles, 2026-10';
const openModel = 'models.dev, 2026-07; ConverseStream as tried by others, 2026-10';
const lifecycle = 'AWS model lifecycle, 2026-09';

const k = 1000;
const million = 1_000_000;

/** https://platform.claude.com/docs/en/models/opus-5-5/whats-new-opus-5-5, and the same page of the other models */
const boundThinking = { bindsThinking: true, refusesSampling: true, takesEffort: true } as const;
const alwaysThinking = { ...boundThinking, alwaysThinks: true, refusesForcedTools: true } as const;

/**
 * Nova counts 1,000; its cache points go into the system prompt and messages, but not after the result of a tool. Schemas:
 * https://docs.aws.amazon.com/nova/latest/userguide/tools-troubleshooting.html
 */
const novaCache = { minCacheTokens: 1024, refusesCachedTools: true, refusesCachedResults: true } as const;
const novaRules = { ...novaCache, wantsPlainSchemas: true } as const;

const noSooner = (earliest: string) => ({ endOfLife: { earliest } });

/** All rows, sorted by ID. */
// prettier-ignore
export const catalogue: readonly ModelFacts[] = [
  model('amazon.nova-2-lite-v1:0', 'Amazon Nova 2 Lite', 'us eu jp global', million, 64 * k, 'IPRTC',
    { ...novaRules, ...noSooner('2026-12-02'), source: card }),
  model('amazon.nova-lite-v1:0', 'Amazon Nova Lite', 'us eu apac ca', 300 * k, 8 * k, 'IP-TC',
    { ...novaRules, ...noSooner('2025-12-05'), successor: 'amazon.nova-2-lite-v1:0', source: card }),
  model('amazon.nova-micro-v1:0', 'Amazon Nova Micro', 'us eu apac', 128 * k, 8 * k, '---TC',
    { ...novaRules, ...noSooner('2025-12-05'), successor: 'amazon.nova-2-lite-v1:0', source: card }),
  retired('amazon.nova-premier-v1:0', 'Amazon Nova Premier', '2026-09-14', 'amazon.nova-2-lite-v1:0'),
  model('amazon.nova-pro-v1:0', 'Amazon Nova Pro', 'us eu apac', 300 * k, 8 * k, 'IP-TC',
    { ...novaRules, ...noSooner('2025-12-05'), successor: 'amazon.nova-2-lite-v1:0', source: card }),
  retired('amazon.titan-text-express-v1', 'Titan Text Express', '2025', 'amazon.nova-2-lite-v1:0', { livesOn: true }),
  retired('anthropic.claude-3-5-haiku-20241022-v1:0', 'Claude 3.5 Haiku', '2026-06-19', 'anthropic.claude-haiku-4-5-20251001-v1:0'),
  retired('anthropic.claude-3-5-sonnet-20240620-v1:0', 'Claude 3.5 Sonnet', '2026', 'anthropic.claude-sonnet-4-6'),
  retired('anthropic.claude-3-5-sonnet-20241022-v2:0', 'Claude 3.5 Sonnet v2', '2026', 'anthropic.claude-sonnet-4-6'),
  retired('anthropic.claude-3-7-sonnet-20250219-v1:0', 'Claude 3.7 Sonnet', '2026-04-28', 'anthropic.claude-sonnet-4-6'),
  retired('anthropic.claude-3-haiku-20240307-v1:0', 'Claude 3 Haiku', '2026-09-10', 'anthropic.claude-haiku-4-5-20251001-v1:0'),
  retired('anthropic.claude-3-sonnet-20240229-v1:0', 'Claude 3 Sonnet', '2026-07-30', 'anthropic.claude-sonnet-4-6', { livesOn: true }),
  model('anthropic.claude-fable-5-1', 'Claude Fable 5.1', 'us global', million, 128 * k, 'I?RTC',
    { ...alwaysThinking, minCacheTokens: 512, successor: 'anthropic.claude-fable-5-2', source: card }),
  model('anthropic.claude-fable-5-2', 'Claude Fable 5.2', 'us', million, 128 * k, 'I?RTC',
    { ...alwaysThinking, minCacheTokens: 1024, ...noSooner('2027-11-09'), source: card }),
  model('anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5', 'us us-gov eu jp au in global', 200 * k, 64 * k, 'IPRTC',
    { minCacheTokens: 4096, ...noSooner('2026-10-01'), successor: 'anthropic.claude-haiku-5-5', source: card }),
  model('anthropic.claude-haiku-5-5', 'Claude Haiku 5.5', 'us us-gov eu jp au global', million, 128 * k, 'I?RTC',
    { ...boundThinking, minCacheTokens: 512, ...noSooner('2027-10-07'), source: card }),
  model('anthropic.claude-opus-4-1-20250805-v1:0', 'Claude Opus 4.1', 'us', 200 * k, 32 * k, 'IPRTC',
    { minCacheTokens: 1024, successor: 'anthropic.claude-opus-4-8', source: card }),
  retired('anthropic.claude-opus-4-20250514-v1:0', 'Claude Opus 4', '2026-05-31', 'anthropic.claude-opus-4-8'),
  model('anthropic.claude-opus-4-5-20251101-v1:0', 'Claude Opus 4.5', 'us eu global', 200 * k, 64 * k, 'IPRTC',
    { minCacheTokens: 4096, ...noSooner('2026-11-24'), successor: 'anthropic.claude-opus-4-8', source: card }),
  model('anthropic.claude-opus-4-6-v1', 'Claude Opus 4.6', 'us eu au global', million, 128 * k, 'IPRTC',
    { takesEffort: true, minCacheTokens: 4096, ...noSooner('2027-02-05'), successor: 'anthropic.claude-opus-4-8', source: card }),
  model('anthropic.claude-opus-4-7', 'Claude Opus 4.7', 'us eu jp au global', million, 128 * k, 'IPRTC',
    { takesEffort: true, refusesSampling: true, minCacheTokens: 4096, successor: 'anthropic.claude-opus-4-8', source: card }),
  model('anthropic.claude-opus-4-8', 'Claude Opus 4.8', 'us us-gov eu jp au global', million, 128 * k, 'IPRTC',
    { takesEffort: true, refusesSampling: true, minCacheTokens: 1024, ...noSooner('2027-05-28'), successor: 'anthropic.claude-opus-5', source: card }),
  model('anthropic.claude-opus-5', 'Claude Opus 5', 'us eu au in global', million, 128 * k, 'I?RTC',
    { takesEffort: true, refusesSampling: true, minCacheTokens: 512, ...noSooner('2027-07-24'), successor: 'anthropic.claude-opus-5-5', source: card }),
  model('anthropic.claude-opus-5-5', 'Claude Opus 5.5', 'us eu jp au global', million, 128 * k, 'I?RTC',
    { ...alwaysThinking, minCacheTokens: 512, ...noSooner('2027-09-22'), source: card }),
  retired('anthropic.claude-sonnet-4-20250514-v1:0', 'Claude Sonnet 4', '2026-10-14', 'anthropic.claude-sonnet-4-6'),
  model('anthropic.claude-sonnet-4-5-20250929-v1:0', 'Claude Sonnet 4.5', 'us us-gov eu jp au global', 200 * k, 64 * k, 'IPRTC',
    { minCacheTokens: 1024, ...noSooner('2026-09-30'), successor: 'anthropic.claude-sonnet-4-6', source: card }),
  model('anthropic.claude-sonnet-4-6', 'Claude Sonnet 4.6', 'us eu jp au global', million, 64 * k, 'IPRTC',
    { takesEffort: true, minCacheTokens: 2048, ...noSooner('2027-02-17'), successor: 'anthropic.claude-sonnet-5', source: card }),
  model('anthropic.claude-sonnet-5', 'Claude Sonnet 5', 'us eu au in global', million, 128 * k, 'IPRTC',
    { takesEffort: true, refusesSampling: true, minCacheTokens: 1024, ...noSooner('2027-06-30'), successor: 'anthropic.claude-sonnet-5-5', source: card }),
  model('anthropic.claude-sonnet-5-5', 'Claude Sonnet 5.5', 'us us-gov eu global', million, 128 * k, 'I?RTC',
    { ...alwaysThinking, minCacheTokens: 512, ...noSooner('2027-09-28'), source: card }),
  retired('anthropic.claude-v2:1', 'Claude 2.1', '2025', 'anthropic.claude-sonnet-4-6', { livesOn: true }),
  model('deepseek.v3.2', 'DeepSeek V3.2', '', 164 * k, 82 * k, '--RT-',
    { source: openModel }),
  retired('meta.llama3-2-11b-instruct-v1:0', 'Llama 3.2 11B', '2026-07-07', 'meta.llama4-maverick-17b-instruct-v1:0'),
  retired('meta.llama3-2-1b-instruct-v1:0', 'Llama 3.2 1B', '2026-07-07', 'meta.llama4-maverick-17b-instruct-v1:0'),
  retired('meta.llama3-2-3b-instruct-v1:0', 'Llama 3.2 3B', '2026-07-07', 'meta.llama4-maverick-17b-instruct-v1:0'),
  retired('meta.llama3-2-90b-instruct-v1:0', 'Llama 3.2 90B', '2026-07-07', 'meta.llama4-maverick-17b-instruct-v1:0'),
  model('meta.llama4-maverick-17b-instruct-v1:0', 'Llama 4 Maverick', 'us', million, 16 * k, 'I?-T-',
    { refusesForcedTools: true, refusesStreamedTools: true, refusesMixedTurns: true, source: openModel }),
  model('mistral.mistral-large-3-675b-instruct', 'Mistral Large 3', '', 256 * k, 8 * k, 'I?-T-',
    { refusesMixedTurns: true, source: openModel }),
  model('openai.gpt-6-sol', 'OpenAI GPT-6 Sol', 'us global', 1_050 * k, 128 * k, 'I?RT-',
    { refusesNestedImages: true, source: card }),
  model('openai.gpt-oss-120b-1:0', 'OpenAI gpt-oss 120B', '', 128 * k, 16 * k, '--RT-',
    { source: openModel }),
  model('openai.gpt-oss-20b-1:0', 'OpenAI gpt-oss 20B', '', 128 * k, 16 * k, '--RT-',
    { source: openModel }),
  model('qwen.qwen3-235b-a22b-2507-v1:0', 'Qwen3 235B', '', 262 * k, 131 * k, '---T-',
    { source: openModel }),
  model('qwen.qwen3-coder-480b-a35b-v1:0', 'Qwen3 Coder 480B', '', 131 * k, 65 * k, '---T-',
    { source: openModel }),
];
