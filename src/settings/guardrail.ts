// The setting request.guardrail.
import { l10n } from 'vscode';
import { isRecord } from '../core/gateway/response';
import type { Guardrail } from '../core/model/request';
import { read } from './reading';

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_GuardrailConfiguration.html */
const identifier = /^([a-z0-9]+|arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]+)$/;
const version = /^([1-9]\d{0,7}|DRAFT)$/;

/** undefined if none is set. @throws SettingInvalid */
export function readGuardrail(): Guardrail | undefined {
  const expected = () =>
    l10n.t(
      'It must be null, or look like {0}: the ID or ARN of a guardrail, and a version number or DRAFT.',
      '{"identifier": "a1b2c3d4e5f6", "version": "1"}',
    );
  return read('request.guardrail', guardrailOf, expected) ?? undefined;
}

/** Strict, so that a typo in the setting never sends a prompt without its guardrail. null means none is set. */
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
