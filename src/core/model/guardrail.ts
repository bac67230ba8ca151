/** The kinds of guardrail policies, by their names in a guardrail's trace. */
export const guardrailPolicyKinds = {
  topicPolicy: 'topic',
  contentPolicy: 'content',
  wordPolicy: 'word',
  sensitiveInformationPolicy: 'sensitiveInformation',
  contextualGroundingPolicy: 'grounding',
  automatedReasoningPolicy: 'reasoning',
} as const;

/** A guardrail policy that took effect. Never holds the matched text, which may be sensitive. */
export interface GuardrailPolicy {
  readonly kind: (typeof guardrailPolicyKinds)[keyof typeof guardrailPolicyKinds];
  /** A topic's name or a filter's type; absent if it has none. */
  readonly name?: string;
  /** `noticed`: detected, but nothing was changed. */
  readonly action: 'blocked' | 'masked' | 'noticed';
  readonly where: 'prompt' | 'reply';
}
