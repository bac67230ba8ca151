// The door that all words of another side go through, before anything matches, shows, logs or keeps them: the
// gateway's, AWS's, a proxy's, a program's. They may be very long, hold line ends, and quote what we sent.
import type { GuardrailPolicy } from '../model/guardrail';
import type { FailureDetails, CanonicalLine } from '../model/failureDetails';
import type { RequestIds, DataLossFinding } from '../model/requestIds';
import { redact } from './redact';

/** Characters that are kept of what the other side says: no sentence is longer, unless somebody means harm. */
export const maxForeignLength = 4_000;

/** Line ends and all other control characters, and those that turn the direction of writing around. */
const controls = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** The beginning of `text` as one line. Whatever matches it then takes no time that grows with what was sent. */
export function toLine(text: string, maxLength: number = maxForeignLength): string {
  const cut = text.length > maxLength ? `${text.slice(0, maxLength).trimEnd()}…` : text;
  return cut.replace(controls, ' ').trim();
}

/** The same, without `secrets`, however they are spelled, and without what looks like a credential. */
export function sanitize(text: string, secrets: readonly string[], maxLength?: number): string {
  return redact(toLine(text, maxLength), secrets);
}

/** Characters of a name or an ID. Those of Cloudflare and AWS have 40 at most. */
export const maxNameLength = 100;

/** IDs under which an answer is found again, and what the gateway found in it. */
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

/** What a guardrail did: its policies have names of their owner's choice. */
export function sanitizePolicies(
  policies: readonly GuardrailPolicy[],
  secrets: readonly string[],
): readonly GuardrailPolicy[] {
  return policies.map((policy) =>
    policy.name === undefined ? policy : { ...policy, name: sanitize(policy.name, secrets, maxNameLength) },
  );
}

/** All that `facts` quote of another side. */
export function sanitizeDetails(facts: FailureDetails, secrets: readonly string[]): FailureDetails {
  const name = (text: string) => sanitize(text, secrets, maxNameLength);
  const line = (text: string) => sanitize(text, secrets);
  const { code, subject, message, action, changed, proxy, canonical, policies, dataLoss } = facts;
  return {
    ...facts,
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
