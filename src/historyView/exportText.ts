// A conversation as Markdown or JSON.
import { env, l10n } from 'vscode';
import type { StoredConversation } from '../history/entries';
import { promptTitle } from '../history/summary';
import type { Turn } from '../core/model/reply';
import { promptOf } from '../core/model/request';
import { formatNumber, formatTime } from '../ui/format';
import { dollars } from '../ui/money';

/** The shown branch as Markdown: each prompt as a quotation, each reply as it is. */
export function markdownOf(conversation: StoredConversation, branch: readonly Turn[]): string {
  const first = branch[0] ? promptOf(branch[0].request) : '';
  const title = conversation.title ?? promptTitle(first);
  const turns = branch.map((turn) => turnMarkdown(turn, conversation.costs.get(turn.request.id)));
  return `${[`# ${title}`, ...turns].join('\n\n')}\n`;
}

function turnMarkdown({ request, reply }: Turn, usd: number | undefined): string {
  const prompt = promptOf(request)
    .split(/\r\n|[\r\n]/)
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
  const { usage } = reply;
  const facts = [
    request.target.model,
    formatTime(reply.startedAt),
    ...(usage ? [l10n.t('{0} in · {1} out', formatNumber(usage.input), formatNumber(usage.output))] : []),
    ...(usd === undefined ? [] : [dollars(usd, env.language)]),
    ...(reply.requestIds.logId === undefined ? [] : [l10n.t('log {0}', reply.requestIds.logId)]),
  ];
  const end = reply.outcome?.kind === 'done' ? [] : [`_${l10n.t('The reply is not complete.')}_`];
  return [prompt, reply.text.trim(), ...end, `_${facts.join(' · ')}_`].filter(Boolean).join('\n\n');
}

/** Everything that the history has of a conversation, versions included. */
export function jsonOf({ id, title, turns, costs, pinned }: StoredConversation): string {
  const exported = turns.map(({ request, reply }) => {
    const { records, waiting, ...kept } = reply;
    return {
      id: request.id,
      parent: request.parent ?? null,
      model: request.target.model,
      region: request.target.region,
      prompt: promptOf(request),
      parameters: request.parameters,
      reply: kept,
      usd: costs.get(request.id) ?? null,
    };
  });
  return `${JSON.stringify({ version: 1, id, title: title ?? null, pinned, turns: exported }, undefined, 2)}\n`;
}
