// The few things that are said in words only: whoever looks for text that is matched finds all of it here.
// Each is tested against the sentences that it is for (test/unit/core/failures/phrases.test.ts). What stands between
// two words is bounded, so that no text can make the search long.
import type { FailureKind } from '../model/failure';

type Phrases = readonly (readonly [RegExp, FailureKind])[];

/** A limit of requests or tokens in a time, which no shorter prompt would keep. */
const rate = /please wait|rate.?limit|\bTPM\b|per (?:second|min|minute|hour|day)\b|daily/i;

/** The limit for the reply is above the model's: no word about the prompt. */
const maxTokens =
  /\bmax(?:imum)?[_ ]?(?:\w{1,12}[_ ])?(?:tokens|tokenCount)['"`]?(?: or ['"`]\w{1,40}['"`])?(?: \([\d,]{1,20}\))?:?(?: \d{1,12} is)? (?:you requested exceeds|is too (?:large|high)|exceeds|must be (?:less|at most|<)|not less|\d{1,12} > \d)|'inferenceConfig\.maxTokens' failed to satisfy constraint: Member must have value less|too many (?:output|completion) tokens/i;

/** Too long, in the words of each vendor: Claude, Nova, Titan, Llama, Cohere, Mistral, DeepSeek, Qwen, gpt-oss, Jamba. */
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

/** What may be said by whoever answers, under any name and status: it is what it is. */
const everywhere: Phrases = [
  [/data retention mode/i, 'dataRetentionUnsuitable'],
  [
    /unsupported (?:country|countries)|countr(?:y|ies), regions?,? or territor(?:y|ies) (?:is |are )?not supported|not available in your (?:country|location)|models is not (?:allowed|available) (?:from|in) (?:your|unsupported)/i,
    'modelNotInCountry',
  ],
  [/INVALID_PAYMENT_INSTRUMENT|valid payment (?:instrument|method)/i, 'paymentMethodInvalid'],
  [
    /did not allow prompt caching|prompt caching is not (?:available|enabled) for/i,
    'promptCachingNotAllowed',
  ],
  [/not available (?:for|to|in) (?:this|your) (?:AWS )?account/i, 'modelNotForAccount'],
  // But not where a rate is what is too high.
  [
    /^(?![^]{0,4000}(?:too many requests|rate.?limit|throttl))[^]{0,4000}contact AWS Sales/i,
    'modelNotForAccount',
  ],
  [/exceed context limit/i, 'promptTooLong'],
  [maxTokens, 'maxTokensTooLarge'],
];

/** Of ValidationException and ResourceNotFoundException. */
const refusals: Phrases = [
  // “The provided guardrail identifier is invalid”, “The guardrail identifier or version provided … does not exist”.
  [/guardrail ?(?:identifier|version|config)/i, 'guardrailNotFound'],
  // AWS writes the typographic apostrophe.
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
    /doesn[’']t support (?:response )?streaming|streaming is not supported|unsupported for streaming/i,
    'streamingUnsupported',
  ],
  [
    /action doesn[’']t support the model|doesn[’']t support the converse|not supported for converse/i,
    'modelNotForText',
  ],
  [/^operation not allowed\.?$/i, 'awsAccountRestricted'],
  [/use case details have not been submitted/i, 'modelAccessNotGranted'],
];

/** Of AccessDeniedException. First what concerns the key: of a Bedrock API key, AWS says no more than this. */
const denials: Phrases = [
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

/** Of ThrottlingException: what a minute's wait does not mend. */
const limits: Phrases = [[/per day|daily|check your plan and billing/i, 'quotaExceeded']];

/**
 * Of the gateway's own envelope, where its code is not known or stands for more than one thing. Its developers call
 * keys of the user's own BYOK, and the use of Cloudflare's keys wholesale.
 */
const gateways: Phrases = [
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

const saidIn = (among: Phrases) => (message: string) => among.find(([phrase]) => phrase.test(message))?.[1];

/** The kind that a sentence tells of, whoever says it and under which name. */
export function anywhereIn(message: string): FailureKind | undefined {
  const told = saidIn(everywhere)(message);
  if (told) return told;
  return !rate.test(message) && tooLong.some((phrase) => phrase.test(message)) ? 'promptTooLong' : undefined;
}

export const refusalIn = saidIn(refusals);
export const denialIn = saidIn(denials);
export const limitIn = saidIn(limits);
export const gatewayPhraseIn = saidIn(gateways);
