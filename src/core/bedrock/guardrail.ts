// Guardrails of Bedrock: how one is asked for, and what it reports that it did.
// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailTraceAssessment.html
import type { GuardrailConfiguration, InvokeModelCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { guardrailPolicyKinds, type GuardrailPolicy } from '../model/guardrail';
import { isRecord } from '../gateway/response';
import type { Request } from '../model/request';

/**
 * Converse's field. Its report is asked for, or nobody could tell which policy stepped in. How a stream is
 * checked is left to AWS, which holds text back until it was: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-streaming.html
 */
export function guardrailConfig({ guardrail }: Request): { guardrailConfig?: GuardrailConfiguration } {
  if (!guardrail) return {};
  const { identifier, version } = guardrail;
  return {
    guardrailConfig: { guardrailIdentifier: identifier, guardrailVersion: version, trace: 'enabled' },
  };
}

/** The same for InvokeModel, which takes it in headers. */
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
 * What a guardrail reports, read from `trace`: Converse's, or that in a model's own body, which names and nests its
 * parts a little otherwise. Empty when no policy did anything, or `trace` is none.
 */
export function policiesIn(trace: unknown): readonly GuardrailPolicy[] {
  const report = isRecord(trace) ? (trace['guardrail'] ?? trace['guardrails']) : undefined;
  if (!isRecord(report)) return [];
  const found = Object.entries(report).flatMap(([part, value]) => {
    const where = part.startsWith('input') ? 'prompt' : part.startsWith('output') ? 'reply' : undefined;
    return where ? assessmentsIn(value).flatMap((assessment) => policiesOf(assessment, where)) : [];
  });
  return [...new Map(found.map((policy) => [JSON.stringify(policy), policy])).values()];
}

/** A guardrail that only masked, or only noticed, has let the rest pass. One that says nothing has not. */
export function hasBlocked(policies: readonly GuardrailPolicy[]): boolean {
  return policies.length === 0 || policies.some(({ action }) => action === 'blocked');
}

type Assessment = Readonly<Record<string, unknown>>;

/** They lie under the IDs of their guardrails, alone or in lists. */
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

/** A topic and a pattern have a name, all else that is named has a type. A word of one's own has only itself. */
function nameOf({ name, type }: Assessment): string | undefined {
  const value = typeof name === 'string' && name ? name : type;
  return typeof value === 'string' ? value.slice(0, 100) : undefined;
}
