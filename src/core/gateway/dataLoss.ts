// What the gateway's data loss prevention says of a prompt or a reply, in the header `cf-aig-dlp`.
// https://developers.cloudflare.com/ai-gateway/features/dlp/set-up-dlp/#dlp-response-header
import type { DataLossFinding } from '../model/requestIds';
import { isRecord, parseJson } from '../model/json';

/** Reads the header; one that cannot be read still tells that there was a finding. */
export function readDataLoss(header: string): DataLossFinding {
  const value = parseJson(header);
  const said = isRecord(value) ? value : {};
  const findings = listOf(said['findings']).filter(isRecord);
  const action = String(said['action']).toLowerCase();
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
  const said = new Set(checks.map((check) => String(check).toUpperCase()));
  return [
    ...(said.has('REQUEST') ? ['prompt' as const] : []),
    ...(said.has('RESPONSE') ? ['reply' as const] : []),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** Each once; a header is short, but nobody promises it. */
function names(values: readonly unknown[]): readonly string[] {
  const texts = values.filter((value) => typeof value === 'string' && value !== '') as string[];
  return [...new Set(texts.map((text) => text.slice(0, 100)))].slice(0, 10);
}
