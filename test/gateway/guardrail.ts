// Plays a Bedrock guardrail: Converse names it in a field, InvokeModel in headers, and each reports it in its own
// format. https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-converse-api.html
import { refuse } from './awsErrors.js';
import type { Forwarded } from './forward.js';
import { type Fields, isFields, parseFields } from './jsonBody.js';
import { type GuardrailRule, blockedMessages, standInGuardrails } from './guardrailRules.js';
import { type Script, pieces } from './reply.js';

/** The guardrail that a request names, after it was found. */
export interface Guard {
  readonly identifier: string;
  readonly traced: boolean;
  readonly rules: readonly GuardrailRule[];
}

/** The result for a prompt or a reply. */
export interface Verdict {
  readonly blocked: boolean;
  /** The text, masked by the rules. */
  readonly text: string;
  /** Bedrock's assessment; undefined if no rule applied. */
  readonly assessment: object | undefined;
}

/** What the response says about a guardrail besides the reply. */
export interface GuardrailReport {
  readonly intervened: boolean;
  /** Absent unless requested. */
  readonly trace?: {
    readonly input: Readonly<Record<string, object>>;
    readonly outputs: Readonly<Record<string, readonly object[]>>;
  };
}

const invalid = (message: string): never => refuse('ValidationException', message);
const identifiers = /^([a-z0-9]+|arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]+)$/;
const versions = /^([1-9]\d{0,7}|DRAFT)$/;

/** The guardrail that a request names; undefined if it names none. Throws Refused as Bedrock would. */
export function guardOf(operation: string, region: string, { headers, body }: Forwarded): Guard | undefined {
  const requested = operation.startsWith('converse')
    ? converseField(parseFields(body)?.['guardrailConfig'], operation)
    : invokeHeaders(headers, parseFields(body) ?? {});
  if (!requested) return undefined;
  const { identifier, version, trace } = requested;
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

interface GuardrailRequest {
  readonly identifier: string;
  readonly version: string;
  readonly trace: string;
}

function converseField(value: unknown, operation: string): GuardrailRequest | undefined {
  if (value === undefined) return undefined;
  const fields = isFields(value) ? value : invalid('guardrailConfig must be a structure');
  const known = ['guardrailIdentifier', 'guardrailVersion', 'trace'];
  if (operation === 'converse-stream') known.push('streamProcessingMode');
  const extraneous = Object.keys(fields).find((name) => !known.includes(name));
  if (extraneous !== undefined)
    invalid(`Malformed input request: #/guardrailConfig: extraneous key [${extraneous}] is not permitted`);
  if (!['sync', 'async', undefined].includes(fields['streamProcessingMode'] as string | undefined))
    invalid("Value at 'guardrailConfig.streamProcessingMode' failed to satisfy constraint");
  return validated(fields['guardrailIdentifier'], fields['guardrailVersion'], fields['trace'] ?? 'disabled');
}

function invokeHeaders(
  headers: Readonly<Record<string, string>>,
  body: Fields,
): GuardrailRequest | undefined {
  const identifier = headers['x-amzn-bedrock-guardrailidentifier'];
  const version = headers['x-amzn-bedrock-guardrailversion'];
  if (identifier === undefined) {
    if (version !== undefined || 'amazon-bedrock-guardrailConfig' in body)
      invalid('A guardrail identifier is required where a guardrail version or configuration is given.');
    return undefined;
  }
  return validated(identifier, version, (headers['x-amzn-bedrock-trace'] ?? 'DISABLED').toLowerCase());
}

function validated(identifier: unknown, version: unknown, trace: unknown): GuardrailRequest {
  if (typeof identifier !== 'string' || typeof version !== 'string')
    return invalid('Both the guardrail identifier and the guardrail version are required.');
  if (typeof trace !== 'string' || !['enabled', 'disabled', 'enabled_full'].includes(trace))
    return invalid("Value at 'guardrailConfig.trace' failed to satisfy constraint");
  return { identifier, version, trace };
}

export function applyRules({ rules }: Guard, side: 'input' | 'output', text: string): Verdict {
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

/** The reply to a blocked prompt; the model is not called. */
export function blockedPrompt(guard: Guard, { assessment }: Verdict): Script {
  return {
    deltas: pieces(blockedMessages.input),
    stopReason: 'guardrail_intervened',
    usage: { inputTokens: 0, outputTokens: 0, totalTokens: 0 },
    guardrail: report(guard, true, assessment, undefined),
  };
}

/** The model's reply after the guardrail was applied. */
export function guardedReply(guard: Guard, prompt: Verdict, script: Script): Script {
  const text = script.deltas.join('');
  const verdict = applyRules(guard, 'output', text);
  const changed = verdict.blocked || verdict.text !== text;
  const { blocks, ...withoutBlocks } = script;
  return {
    ...withoutBlocks,
    ...(!changed && blocks && { blocks }),
    ...(changed && { deltas: pieces(verdict.blocked ? blockedMessages.output : verdict.text) }),
    ...(changed && { stopReason: 'guardrail_intervened' }),
    ...(verdict.blocked && { reasoning: [] }),
    guardrail: report(guard, changed, prompt.assessment, verdict.assessment),
  };
}

const metrics = { invocationMetrics: { guardrailProcessingLatency: 100 } };

function report(
  { identifier, traced }: Guard,
  intervened: boolean,
  input: object | undefined,
  output: object | undefined,
): GuardrailReport {
  if (!traced) return { intervened };
  return {
    intervened,
    trace: {
      input: { [identifier]: { ...input, ...metrics } },
      outputs: output ? { [identifier]: [{ ...output, ...metrics }] } : {},
    },
  };
}
