// A conversation as Markdown or JSON.
import { env, l10n } from 'vscode';
import type { StoredConversation } from '../history/entries';
import { requestTitle } from '../history/summary';
import type { Turn } from '../core/model/reply';
import { blobName } from '../core/model/content';
import { promptBlobs, promptOf } from '../core/model/request';
import { formatBytes, formatNumber, formatTime } from '../ui/format';
import { dollars } from '../ui/money';
import { codeSpan } from '../util/plainText';

/** The user's title of a conversation, else that of the first prompt of the shown branch. */
export function conversationTitle({ title }: StoredConversation, branch: readonly Turn[]): string {
  return title ?? (branch[0] ? requestTitle(branch[0].request) : '');
}

/** The shown branch as Markdown: each prompt as a quotation, each reply as it is. */
export function markdownOf(conversation: StoredConversation, branch: readonly Turn[]): string {
  const turns = branch.map((turn) => turnMarkdown(turn, conversation.costs.get(turn.request.id)));
  return `${[`# ${conversationTitle(conversation, branch)}`, ...turns].join('\n\n')}\n`;
}

function turnMarkdown({ request, reply }: Turn, usd: number | undefined): string {
  const attached = promptBlobs(request).map((block) =>
    l10n.t('Attached: {0}, {1}', codeSpan(blobName(block)), formatBytes(block.data.size)),
  );
  const prompt = [promptOf(request), ...attached]
    .filter(Boolean)
    .join('\n\n')
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
      attachments: promptBlobs(request).map(({ type, format, name, data }) => ({
        ...{ type, format, name: name ?? null },
        ...data,
      })),
      parameters: request.parameters,
      reply: kept,
      usd: costs.get(request.id) ?? null,
    };
  });
  return `${JSON.stringify({ version: 1, id, title: title ?? null, pinned, turns: exported }, undefined, 2)}\n`;
}
