// The few things that AWS says in words only: whoever looks for text that is matched finds all of it here.
// Each is tested against the sentences that it is for (test/unit/core/failures/phrases.test.ts).
import type { FailureKind } from '../failure';

type Phrases = readonly (readonly [RegExp, FailureKind])[];

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
  [/(input|prompt) is too long|too many input tokens|maximum context length/i, 'promptTooLong'],
  // InvokeModel's: Claude's own words, the schema of the body.
  [/exceed context limit|expected maxLength/i, 'promptTooLong'],
  [
    /'body' failed.+ have length less|payload size|request size exceed|content length exceed/i,
    'requestTooLarge',
  ],
  [
    /text field in the \w*ContentBlock.* is blank|content blocks must (?:be non-empty|contain non-whitespace)/i,
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
  [/token .*expired/i, 'awsSessionExpired'],
  [/API key is valid|invalid API key/i, 'awsKeyUnknown'],
  [/model is marked by provider as legacy/i, 'modelRetired'],
  [/explicit deny/i, 'awsExplicitlyDenied'],
  [
    /access to the model with|model access is denied|use case details|aws marketplace|model agreement/i,
    'modelAccessNotGranted',
  ],
  [/account is not authorized|account .*(?:suspended|blocked|restricted)/i, 'awsAccountRestricted'],
];

/** Of ThrottlingException: what a minute's wait does not mend. */
const limits: Phrases = [[/per day|daily/i, 'quotaExceeded']];

const saidIn = (among: Phrases) => (message: string) => among.find(([phrase]) => phrase.test(message))?.[1];

export const refusalIn = saidIn(refusals);
export const denialIn = saidIn(denials);
export const limitIn = saidIn(limits);
