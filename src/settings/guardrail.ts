// The guardrail of Bedrock that prompts and replies pass.
import { l10n } from 'vscode';
import { isRecord } from '../core/gateway/response';
import type { Guardrail } from '../core/model/request';
import { read } from './reading';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailConfiguration.html */
const identifier = /^([a-z0-9]+|arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]+)$/;
const version = /^([1-9]\d{0,7}|DRAFT)$/;

/** undefined when none is set. @throws SettingInvalid */
export function readGuardrail(): Guardrail | undefined {
  const expected = () =>
    l10n.t(
      'It must be null or {0}: the ID of a guardrail, or its ARN, and the number of a version, or DRAFT.',
      '{"identifier": "a1b2c3d4e5f6", "version": "1"}',
    );
  return read('request.guardrail', guardrailOf, expected) ?? undefined;
}

/** A prompt never goes unguarded for a mistake in what is meant to guard it: nothing that is unclear is left out. */
function guardrailOf(value: unknown): Guardrail | null | undefined {
  if (value === null) return null;
  if (!isRecord(value) || Object.keys(value).some((name) => name !== 'identifier' && name !== 'version'))
    return undefined;
  const [id, number] = [value['identifier'], value['version']].map((part) =>
    typeof part === 'string' ? part.trim() : Number.isInteger(part) ? String(part) : '',
  );
  return id && number && identifier.test(id) && version.test(number)
    ? { identifier: id, version: number }
    : undefined;
}
