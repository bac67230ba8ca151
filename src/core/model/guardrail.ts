/** The parts of a guardrail, by the names under which it reports of them. */
export const guardrailPolicyKinds = {
  topicPolicy: 'topic',
  contentPolicy: 'content',
  wordPolicy: 'word',
  sensitiveInformationPolicy: 'sensitiveInformation',
  contextualGroundingPolicy: 'grounding',
  automatedReasoningPolicy: 'reasoning',
} as const;

/** A policy of a guardrail that did something. Never what it matched: that may be what must not be seen. */
export interface GuardrailPolicy {
  readonly kind: (typeof guardrailPolicyKinds)[keyof typeof guardrailPolicyKinds];
  /** What the guardrail calls it: a topic's name, a filter's type; absent where it has none. */
  readonly name?: string;
  /** `noticed` changed nothing. */
  readonly action: 'blocked' | 'masked' | 'noticed';
  readonly where: 'prompt' | 'reply';
}
