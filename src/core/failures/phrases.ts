// All phrases by which errors are recognized, for cases that have no code of their own. Each is tested against real
// messages (test/unit/core/failures/phrases.test.ts). Gaps between words are bounded, so that no text makes the search
// slow.
import type { FailureKind } from '../model/failure';

type Phrases = readonly (readonly [RegExp, FailureKind])[];

/** A rate limit, which a shorter prompt would not avoid. */
const rate = /please wait|rate.?limit|\bTPM\b|per (?:second|min|minute|hour|day)\b|daily/i;

/** The requested output limit exceeds the model's. Not about the prompt. */
const maxTokens =
  /\bmax(?:imum)?[_ ]?(?:\w{1,12}[_ ])?(?:tokens|tokenCount)['"`]?(?: or ['"`]\w{1,40}['"`])?(?: \([\d,]{1,20}\))?:?(?: \d{1,12} is)? (?:you requested exceeds|is too (?:large|high)|exceeds|must be (?:less|at most|<)|not less|\d{1,12} > \d)|'inferenceConfig\.maxTokens' failed to satisfy constraint: Member must have value less|too many (?:output|completion) tokens/i;

/**
 * The prompt is too long, as each vendor says it: Claude, Nova, Titan, Llama, Cohere, Mistral, DeepSeek, Qwen, gpt-oss,
 * Jamba.
 */
const tooLong: readonly RegExp[] = [
  /(?:input|prompt|request|conversation|context)(?: tokens?)? (?:is |are |was )?too long|string too long/i,
  /too many (?:input|prompt) tokens|input tokens exceeded|too many tokens: |too many total text bytes/i,
  /(?:number of input tokens|input tokens?(?: count)?|input length|prompt length)(?: \(?[\d,]{1,20}\)?)?(?: of [\d,]{1,20}(?: tokens)?)? (?:exceeds|exceeded|cannot exceed|must not exceed)/i,
  /context[ _-]?(?:length|window|limit|size)[ _](?:is |was )?exceeded|exceeds? (?:the |this |your |its )?(?:available |configured |model(?:['’]s)? )?(?:maximum |max )?context[ _](?:length|window|limit|size)/i,
  /(?:maximum|max) (?:allowed )?(?:context|prompt|input|sequence|model) (?:length|window|size)|context (?:length|size) is (?:only )?[\d,]/i,
  /exceed(?:s|ed) (?:this |the )?model(?:['’]s)? (?:context window|token) limit|longer than the model['’]?s? context|context window exceeds limit/i,
  /range of input length should be|reduce the (?:length|size) of the (?:prompt|messages|input)|expected maxLength/i,
  /(?:prompt|input) (?:has|contains|is) [\d,]{1,20} tokens|must have less than [\d,]{1,20} tokens/i,
];

/** Phrases that count in any error, whatever its name and status. */
const generalPhrases: Phrases = [
  [/data retention mode/i, 'dataRetentionUnsuitable'],
  [
    /unsupported (?:country|countries)|countr(?:y|ies), regions?,? or territor(?:y|ies) (?:is |are )?not supported|not available in your (?:country|location)|models is not (?:allowed|available) (?:from|in) (?:your|unsupported)/i,
    'modelNotInCountry',
  ],
  [/INVALID_PAYMENT_INSTRUMENT|valid payment (?:instrument|method)/i, 'paymentMethodInvalid'],
  [
    /bound to a different conversation|invalid [`'"]?(?:signature|data)[`'"]? in [`'"]?(?:redacted_)?thinking|thinking[`'"]? blocks[^]{0,80} cannot be modified|contains any thinking blocks, the first block must be|final block in an assistant message cannot be [`'"]?thinking|(?:doesn[’']t|does not) support the reasoningContent/i,
    'reasoningRefused',
  ],
  [
    /did not allow prompt caching|prompt caching is not (?:available|enabled) for|extraneous key \[cachePoint\]|remove the invalid cache point|(?:doesn[’']t|does not) support the [\w.]{0,40}cachePoint|cache_control: extra inputs/i,
    'promptCachingNotAllowed',
  ],
  [/not available (?:for|to|in) (?:this|your) (?:AWS )?account/i, 'modelNotForAccount'],
  // But not for a rate limit.
  [
    /^(?![^]{0,4000}(?:too many requests|rate.?limit|throttl))[^]{0,4000}contact AWS Sales/i,
    'modelNotForAccount',
  ],
  [/exceed context limit/i, 'promptTooLong'],
  [maxTokens, 'maxTokensTooLarge'],
];

/** For ValidationException and ResourceNotFoundException. */
const refusalPhrases: Phrases = [
  // “The provided guardrail identifier is invalid”, “The guardrail identifier or version provided … does not exist”.
  [/guardrail ?(?:identifier|version|config)/i, 'guardrailNotFound'],
  // AWS uses the typographic apostrophe.
  [
    /on-demand throughput isn[’']t supported|doesn[’']t support on-demand throughput/i,
    'modelNeedsInferenceProfile',
  ],
  [/end of its life|access denied\. this model is marked by provider as legacy/i, 'modelRetired'],
  [/model identifier is invalid/i, 'modelIdInvalid'],
  [
    /'body' failed to satisfy constraint: Member must have length less|payload size|request size exceed|content length exceed/i,
    'requestTooLarge',
  ],
  [
    /text field in the \w{0,40}ContentBlock[^]{0,120} is blank|content blocks must (?:be non-empty|contain non-whitespace)/i,
    'promptEmpty',
  ],
  [
    /(?:doesn[’']t|does not) support (?:response )?streaming|tool use in streaming mode|streaming is not supported|unsupported for streaming/i,
    'streamingUnsupported',
  ],
  [
    /action doesn[’']t support the model|doesn[’']t support the converse|not supported for converse/i,
    'modelNotForText',
  ],
  [
    /(?:doesn[’']t|does not) support (?:the )?(?:\w{1,20} ){0,2}?(?:images?|documents?|tools?|reasoning|vision)\b|(?:image|document|tool) (?:input|use|content) is not supported/i,
    'contentNotSupported',
  ],
  [/^operation not allowed\.?$/i, 'awsAccountRestricted'],
  [/use case details have not been submitted/i, 'modelAccessNotGranted'],
];

/** For AccessDeniedException. Phrases about the key first: for a Bedrock API key, AWS says nothing else. */
const denialPhrases: Phrases = [
  [/bedrock:ApplyGuardrail/, 'guardrailDenied'],
  [/token(?: [\w’']{1,20}){0,8} expired/i, 'awsSessionExpired'],
  [/API key is valid|invalid (?:x-)?API.key/i, 'awsKeyUnknown'],
  [/model is marked by provider as legacy/i, 'modelRetired'],
  [/explicit deny/i, 'awsExplicitlyDenied'],
  [
    /access to the model with|model access is denied|use case details|aws marketplace|model agreement/i,
    'modelAccessNotGranted',
  ],
  [
    /account is not authorized|account(?: [\w’']{1,20}){0,8} (?:suspended|blocked|restricted)/i,
    'awsAccountRestricted',
  ],
];

/** For ThrottlingException: limits that a short wait does not help with. */
const limitPhrases: Phrases = [[/per day|daily|check your plan and billing/i, 'quotaExceeded']];

/**
 * For the gateway's error envelope, if its code is unknown or ambiguous. Cloudflare calls the user's own keys BYOK, and
 * the use of Cloudflare's keys wholesale.
 */
const gatewayPhrases: Phrases = [
  [/configured aliases|no BYOK credential named/i, 'gatewayKeyNotStored'],
  [
    /^(?![^]{0,4000}(?:too many requests|rate.?limit|throttl))[^]{0,4000}(?:denied|blocked|rejected|refused|forbidden|not allowed|not permitted) by (?:a |an |the |your )?(?:[\w-]{1,40} ){0,2}polic(?:y|ies)|no (?:matching )?policy (?:allows|permits|matches)|policy violation/i,
    'gatewayPolicyDenied',
  ],
  [
    /\b(?:spend(?:ing)?|cost|budget(?![ _]tokens))(?: (?:limit|cap|budget|quota))?(?: [\w-]{1,20}){0,3} (?:exceeded|reached|exhausted|hit|used up|depleted)\b|\bover budget\b|exceed(?:s|ed|ing)? (?:the |your |its )?(?:[\w-]{1,20} ){0,2}(?:spend(?:ing)? limit|budget)\b/i,
    'gatewayBudgetUsedUp',
  ],
  [/wholesale rate limit/i, 'gatewayRateLimited'],
  [/insufficient (?:AI Gateway )?(?:credits|balance)/i, 'gatewayCreditUsedUp'],
  [
    /byok.?only|provider (?:credentials?|(?:API )?keys?)|use BYOK|BYOK (?:is )?required|requires? BYOK|no credentials (?:were |are )?(?:supplied|provided|found|configured)|no-wholesale/i,
    'gatewayKeyMissing',
  ],
  [/invalid user credentials/i, 'awsKeyUnknown'],
];

const kindIn = (among: Phrases) => (message: string) => among.find(([phrase]) => phrase.test(message))?.[1];

/** The kind that `message` shows, whatever the error's name and status; undefined if it shows none. */
export function anywhereIn(message: string): FailureKind | undefined {
  const kind = kindIn(generalPhrases)(message);
  if (kind) return kind;
  return !rate.test(message) && tooLong.some((phrase) => phrase.test(message)) ? 'promptTooLong' : undefined;
}

export const refusalIn = kindIn(refusalPhrases);
export const denialIn = kindIn(denialPhrases);
export const limitIn = kindIn(limitPhrases);
export const gatewayPhraseIn = kindIn(gatewayPhrases);
