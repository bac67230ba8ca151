// Cleans all text from the gateway, AWS, proxies and programs before it is matched, shown, logged or stored. Such text
// may be very long, have line ends, and quote what we sent.
import type { GuardrailPolicy } from '../model/guardrail';
import type { FailureDetails, CanonicalLine } from '../model/failureDetails';
import type { RequestIds, DataLossFinding } from '../model/requestIds';
import { redact } from './redact';

/** The longest text that is kept; longer than any honest message. */
export const maxForeignLength = 4_000;

/** Control characters, including line ends, and those that change the writing direction. */
const controls = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** The beginning of `text` as one line. Matching it then takes bounded time. */
export function toLine(text: string, maxLength: number = maxForeignLength): string {
  const shortened = text.length > maxLength ? `${text.slice(0, maxLength).trimEnd()}…` : text;
  return shortened.replace(controls, ' ').trim();
}

/** Like toLine(), and removes `secrets`, in any encoding, and what looks like a credential. */
export function sanitize(text: string, secrets: readonly string[], maxLength?: number): string {
  return redact(toLine(text, maxLength), secrets);
}

/** The longest name or ID that is kept. Those of Cloudflare and AWS have at most 40 characters. */
export const maxNameLength = 100;

/** Sanitizes request IDs, and the names in a data loss finding. */
export function sanitizeRequestIds(
  { dataLoss, cache, ...ids }: RequestIds,
  secrets: readonly string[],
): RequestIds {
  const name = (text: string) => sanitize(text, secrets, maxNameLength);
  const clean: RequestIds = Object.fromEntries(
    Object.entries(ids).map(([key, id]) => [key, name(id)] as const),
  );
  return {
    ...clean,
    ...(cache && { cache }),
    ...(dataLoss && { dataLoss: sanitizeFinding(dataLoss, name) }),
  };
}

type Clean = (text: string) => string;

function sanitizeFinding(finding: DataLossFinding, name: Clean): DataLossFinding {
  return { ...finding, policies: finding.policies.map(name), profiles: finding.profiles.map(name) };
}

/** Sanitizes the names of guardrail policies, which their owner chose. */
export function sanitizePolicies(
  policies: readonly GuardrailPolicy[],
  secrets: readonly string[],
): readonly GuardrailPolicy[] {
  return policies.map((policy) =>
    policy.name === undefined ? policy : { ...policy, name: sanitize(policy.name, secrets, maxNameLength) },
  );
}

/** Sanitizes all texts in `details` that come from outside. */
export function sanitizeDetails(details: FailureDetails, secrets: readonly string[]): FailureDetails {
  const name = (text: string) => sanitize(text, secrets, maxNameLength);
  const line = (text: string) => sanitize(text, secrets);
  const { code, subject, message, action, changed, proxy, canonical, policies, dataLoss } = details;
  return {
    ...details,
    ...(code !== undefined && { code: name(code) }),
    ...(subject !== undefined && { subject: line(subject) }),
    ...(message !== undefined && { message: line(message) }),
    ...(action !== undefined && { action: name(action) }),
    ...(changed !== undefined && { changed: name(changed) }),
    ...(proxy !== undefined && { proxy: line(proxy) }),
    ...(canonical && { canonical: canonical.map((each) => sanitizeLine(each, name, line)) }),
    ...(policies && { policies: sanitizePolicies(policies, secrets) }),
    ...(dataLoss && { dataLoss: sanitizeFinding(dataLoss, name) }),
  };
}

function sanitizeLine(
  { name, signed, received, differs }: CanonicalLine,
  clean: Clean,
  line: Clean,
): CanonicalLine {
  return { name: clean(name), signed: signed && line(signed), received: received && line(received), differs };
}
