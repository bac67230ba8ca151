// Reads the gateway's data loss prevention header, `cf-aig-dlp`.
// https://developers.cloudflare.com/ai-gateway/features/dlp/set-up-dlp/#dlp-response-header
import type { DataLossFinding } from '../model/requestIds';
import { isRecord, parseJson } from '../model/json';

/** Reads the header. An unreadable one still means that something was found. */
export function readDataLoss(header: string): DataLossFinding {
  const value = parseJson(header);
  const report = isRecord(value) ? value : {};
  const findings = listOf(report['findings']).filter(isRecord);
  const action = String(report['action']).toLowerCase();
  return {
    ...((action === 'block' || action === 'flag') && { action }),
    policies: names(findings.flatMap((finding) => listOf(finding['policy_ids'] ?? finding['policies']))),
    profiles: names(
      findings.flatMap(({ profile, profiles }) => listOf(profile ?? profiles)).map(profileName),
    ),
    where: sides(findings.flatMap(({ check }) => listOf(check))),
  };
}

function profileName(profile: unknown): unknown {
  if (!isRecord(profile)) return profile;
  return profile['profile_name'] ?? profile['name'] ?? profile['profile_id'] ?? profile['id'];
}

function sides(checks: readonly unknown[]): DataLossFinding['where'] {
  const checked = new Set(checks.map((check) => String(check).toUpperCase()));
  return [
    ...(checked.has('REQUEST') ? ['prompt' as const] : []),
    ...(checked.has('RESPONSE') ? ['reply' as const] : []),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** Unique names, limited in number and length. */
function names(values: readonly unknown[]): readonly string[] {
  const texts = values.filter((value) => typeof value === 'string' && value !== '') as string[];
  return [...new Set(texts.map((text) => text.slice(0, 100)))].slice(0, 10);
}
