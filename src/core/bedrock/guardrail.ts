// Bedrock guardrails: how a request names one, and how its trace is read.
import type { GuardrailConfiguration, InvokeModelCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { guardrailPolicyKinds, type GuardrailPolicy } from '../model/guardrail';
import { isRecord } from '../gateway/response';
import type { Request } from '../model/request';

/**
 * The Converse parameters for a guardrail. The trace is enabled because only it says which policy took effect. How a
 * stream is checked is left to AWS's default, which holds text back until it was checked:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-streaming.html
 */
export function guardrailConfig({ guardrail }: Request): { guardrailConfig?: GuardrailConfiguration } {
  if (!guardrail) return {};
  const { identifier, version } = guardrail;
  return {
    guardrailConfig: { guardrailIdentifier: identifier, guardrailVersion: version, trace: 'enabled' },
  };
}

/** The InvokeModel parameters for a guardrail, which are sent as headers. */
export function guardrailHeaders({
  guardrail,
}: Request): Pick<InvokeModelCommandInput, 'guardrailIdentifier' | 'guardrailVersion' | 'trace'> {
  if (!guardrail) return {};
  return {
    guardrailIdentifier: guardrail.identifier,
    guardrailVersion: guardrail.version,
    trace: 'ENABLED',
  };
}

/**
 * Reads the policies that took effect from a guardrail's `trace`: Converse's, or that in a model's own format, whose
 * names and nesting differ. Empty if no policy took effect, or `trace` is invalid.
 */
export function policiesIn(trace: unknown): readonly GuardrailPolicy[] {
  const report = isRecord(trace) ? (trace['guardrail'] ?? trace['guardrails']) : undefined;
  if (!isRecord(report)) return [];
  const policies = Object.entries(report).flatMap(([part, value]) => {
    const where = part.startsWith('input') ? 'prompt' : part.startsWith('output') ? 'reply' : undefined;
    return where ? assessmentsIn(value).flatMap((assessment) => policiesOf(assessment, where)) : [];
  });
  return [...new Map(policies.map((policy) => [JSON.stringify(policy), policy])).values()];
}

/**
 * Whether a guardrail blocked the text, rather than only masking or noticing something. True if it reports no policy.
 */
export function hasBlocked(policies: readonly GuardrailPolicy[]): boolean {
  return policies.length === 0 || policies.some(({ action }) => action === 'blocked');
}

type Assessment = Readonly<Record<string, unknown>>;

/** Finds assessments, which are nested under guardrail IDs, alone or in lists. */
function assessmentsIn(value: unknown, depth = 0): readonly Assessment[] {
  if (depth > 3) return [];
  if (Array.isArray(value)) return value.flatMap((item) => assessmentsIn(item, depth + 1));
  if (!isRecord(value)) return [];
  if (Object.keys(guardrailPolicyKinds).some((name) => name in value)) return [value];
  return Object.values(value).flatMap((item) => assessmentsIn(item, depth + 1));
}

function policiesOf(assessment: Assessment, where: GuardrailPolicy['where']): readonly GuardrailPolicy[] {
  return Object.entries(guardrailPolicyKinds).flatMap(([key, kind]) => {
    const lists = isRecord(assessment[key]) ? Object.values(assessment[key]) : [];
    return lists.flatMap((list) =>
      (Array.isArray(list) ? (list as unknown[]) : []).flatMap((item): GuardrailPolicy[] => {
        const action = isRecord(item) ? actionOf(item) : undefined;
        if (!isRecord(item) || !action) return [];
        const name = nameOf(item);
        return [{ kind, ...(name && { name }), action, where }];
      }),
    );
  });
}

function actionOf({ action, detected }: Assessment): GuardrailPolicy['action'] | undefined {
  if (action === 'BLOCKED') return 'blocked';
  if (action === 'ANONYMIZED') return 'masked';
  return detected === true ? 'noticed' : undefined;
}

/** The policy's name: topics and patterns have a name, all others a type. A custom word has neither. */
function nameOf({ name, type }: Assessment): string | undefined {
  const value = typeof name === 'string' && name ? name : type;
  return typeof value === 'string' ? value.slice(0, 100) : undefined;
}
