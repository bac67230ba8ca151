// A guardrail as Bedrock applies it: asked for in Converse's field or in InvokeModel's headers, and reported in each
// one's own way. https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
import { refuse } from './awsErrors.js';
import type { Forwarded } from './forward.js';
import { type Fields, isFields, parseFields } from './jsonBody.js';
import { type GuardrailRule, blockedMessages, standInGuardrails } from './guardrailRules.js';
import { type Script, pieces } from './reply.js';

/** What a request wants of a guardrail, once it is known that there is such a one. */
export interface Guard {
  readonly identifier: string;
  readonly traced: boolean;
  readonly rules: readonly GuardrailRule[];
}

/** What became of a prompt or a reply. */
export interface Verdict {
  readonly blocked: boolean;
  /** With what a rule masks masked. */
  readonly text: string;
  /** As Bedrock reports it; undefined when no rule applied. */
  readonly assessment: object | undefined;
}

/** What is told of a guardrail beside the reply. */
export interface Guarded {
  readonly intervened: boolean;
  /** Absent unless asked for. */
  readonly trace?: {
    readonly input: Readonly<Record<string, object>>;
    readonly outputs: Readonly<Record<string, readonly object[]>>;
  };
}

const invalid = (message: string): never => refuse('ValidationException', message);
const identifiers = /^([a-z0-9]+|arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]+)$/;
const versions = /^([1-9]\d{0,7}|DRAFT)$/;

/** The guardrail that a request asks for; undefined when it asks for none. Throws Refused as Bedrock would. */
export function guardOf(operation: string, region: string, { headers, body }: Forwarded): Guard | undefined {
  const asked = operation.startsWith('converse')
    ? converseField(parseFields(body)?.['guardrailConfig'], operation)
    : invokeHeaders(headers, parseFields(body) ?? {});
  if (!asked) return undefined;
  const { identifier, version, trace } = asked;
  if (!identifiers.test(identifier)) invalid('The provided guardrail identifier is invalid.');
  if (!versions.test(version))
    invalid(
      `1 validation error detected: Value '${version}' at 'guardrailVersion' failed to satisfy constraint: Member must satisfy regular expression pattern: (|([1-9][0-9]{0,7})|(DRAFT))`,
    );
  const [, arnRegion] = /^arn:[^:]+:bedrock:([^:]+):/.exec(identifier) ?? [];
  const known = standInGuardrails.find(({ id }) => id === identifier.split('/').at(-1));
  if (!known?.versions.includes(version) || (arnRegion ?? region) !== region)
    return invalid('The guardrail identifier or version provided in the request does not exist.');
  return { identifier: known.id, traced: trace.startsWith('enabled'), rules: known.rules };
}

interface Wanted {
  readonly identifier: string;
  readonly version: string;
  readonly trace: string;
}

function converseField(value: unknown, operation: string): Wanted | undefined {
  if (value === undefined) return undefined;
  const fields = isFields(value) ? value : invalid('guardrailConfig must be a structure');
  const known = ['guardrailIdentifier', 'guardrailVersion', 'trace'];
  if (operation === 'converse-stream') known.push('streamProcessingMode');
  const extraneous = Object.keys(fields).find((name) => !known.includes(name));
  if (extraneous !== undefined)
    invalid(`Malformed input request: #/guardrailConfig: extraneous key [${extraneous}] is not permitted`);
  if (!['sync', 'async', undefined].includes(fields['streamProcessingMode'] as string | undefined))
    invalid("Value at 'guardrailConfig.streamProcessingMode' failed to satisfy constraint");
  return wanted(fields['guardrailIdentifier'], fields['guardrailVersion'], fields['trace'] ?? 'disabled');
}

function invokeHeaders(headers: Readonly<Record<string, string>>, body: Fields): Wanted | undefined {
  const identifier = headers['x-amzn-bedrock-guardrailidentifier'];
  const version = headers['x-amzn-bedrock-guardrailversion'];
  if (identifier === undefined) {
    if (version !== undefined || 'amazon-bedrock-guardrailConfig' in body)
      invalid('A guardrail identifier is required where a guardrail version or configuration is given.');
    return undefined;
  }
  return wanted(identifier, version, (headers['x-amzn-bedrock-trace'] ?? 'DISABLED').toLowerCase());
}

function wanted(identifier: unknown, version: unknown, trace: unknown): Wanted {
  if (typeof identifier !== 'string' || typeof version !== 'string')
    return invalid('Both the guardrail identifier and the guardrail version are required.');
  if (typeof trace !== 'string' || !['enabled', 'disabled', 'enabled_full'].includes(trace))
    return invalid("Value at 'guardrailConfig.trace' failed to satisfy constraint");
  return { identifier, version, trace };
}

export function judged({ rules }: Guard, side: 'input' | 'output', text: string): Verdict {
  const applied = rules.flatMap((rule) => {
    const matches = rule.sides.includes(side) ? [...new Set(text.match(rule.matches) ?? [])] : [];
    return matches.map((match) => ({ rule, match }));
  });
  const masked = applied
    .filter(({ rule }) => rule.action === 'ANONYMIZED')
    .reduce((rest, { rule, match }) => rest.replaceAll(match, `{${String(rule.fields['type'])}}`), text);
  const assessment: Record<string, Record<string, object[]>> = {};
  for (const { rule, match } of applied) {
    const list = ((assessment[rule.policy] ??= {})[rule.list] ??= []);
    list.push({ ...rule.fields, ...(rule.quotes && { match }), action: rule.action, detected: true });
  }
  return {
    blocked: applied.some(({ rule }) => rule.action === 'BLOCKED'),
    text: masked,
    assessment: applied.length > 0 ? assessment : undefined,
  };
}

/** What is said in place of the model, which is not asked. */
export function blockedPrompt(guard: Guard, { assessment }: Verdict): Script {
  return {
    deltas: pieces(blockedMessages.input),
    stopReason: 'guardrail_intervened',
    usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    guarded: report(guard, true, assessment, undefined),
  };
}

/** The model's reply as the guardrail lets it through. */
export function guardedReply(guard: Guard, prompt: Verdict, script: Script): Script {
  const text = script.deltas.join('');
  const verdict = judged(guard, 'output', text);
  const changed = verdict.blocked || verdict.text !== text;
  return {
    ...script,
    ...(changed && { deltas: pieces(verdict.blocked ? blockedMessages.output : verdict.text) }),
    ...(changed && { stopReason: 'guardrail_intervened' }),
    ...(verdict.blocked && { reasoning: [] }),
    guarded: report(guard, changed, prompt.assessment, verdict.assessment),
  };
}

const metrics = { invocationMetrics: { guardrailProcessingLatency: 100 } };

function report(
  { identifier, traced }: Guard,
  intervened: boolean,
  input: object | undefined,
  output: object | undefined,
): Guarded {
  if (!traced) return { intervened };
  return {
    intervened,
    trace: {
      input: { [identifier]: { ...input, ...metrics } },
      outputs: output ? { [identifier]: [{ ...output, ...metrics }] } : {},
    },
  };
}
