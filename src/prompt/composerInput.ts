// What is sent of a prompt in a conversation: the prompt, and what came before it.
import type { Turn } from '../core/model/reply';
import type { Request } from '../core/model/request';
import { earlierMessages } from '../conversation/followUp';
import { sourcesOf } from '../history/attachment';
import type { TypedPrompt } from '../history/draft';
import { isCachingLost } from './promptCaching';
import { ownSourcesOf, promptContent, quotedLines, quotedTexts } from './promptContent';
import type { PromptInput } from './requestBuilder';

/** Where a prompt comes in its conversation. */
interface Place {
  /** The turns before it, the first prompt first. */
  readonly before: readonly Turn[];
  /** The model to ask; undefined if the settings decide. */
  readonly model: string | undefined;
}

/** A typed prompt of a conversation. `edited`: the request whose prompt it is an edit of. */
export function typedInput(
  prompt: TypedPrompt,
  {
    before,
    model,
    conversation,
    edited,
  }: Place & Pick<Request, 'conversation'> & { edited: Request | undefined },
): PromptInput {
  const { attachments } = prompt;
  const followed = before.at(-1);
  const texts = quotedTexts(prompt);
  return {
    conversation,
    ...(followed && { parent: followed.request.id }),
    surface: followed ? 'followUp' : attachments.length > 0 ? 'about' : 'ask',
    messages: [...earlierMessages(before), { role: 'user', content: promptContent(prompt) }],
    quoted: quotedLines(prompt),
    // The selections that were attached to the edited prompt are attached to this one, as far as they were not removed.
    sources: [...(edited ? ownSourcesOf(edited) : []), ...sourcesOf(attachments)],
    ...(texts.length > 0 && { quotedTexts: texts }),
    ...commonInput({ before, model }),
    // The earlier prompts are sent again, and with them what was not to be logged.
    ...([edited, ...before.map(({ request }) => request)].some((request) => request?.withoutLogBodies) && {
      withoutLogBodies: true as const,
    }),
  };
}

/** The prompt of a request once more. */
export function resentInput(
  { conversation, parent, surface, messages, sources, quotedTexts: texts, withoutLogBodies }: Request,
  { before, model }: Place,
): PromptInput {
  return {
    ...{ conversation, surface, sources },
    messages: [...earlierMessages(before), ...messages.slice(-1)],
    ...(parent !== undefined && { parent }),
    ...(texts && { quotedTexts: texts }),
    ...commonInput({ before, model }),
    ...(withoutLogBodies && { withoutLogBodies }),
  };
}

function commonInput({ before, model }: Place): Pick<PromptInput, 'model' | 'withoutPromptCaching'> {
  return {
    ...(model !== undefined && { model }),
    ...(isCachingLost(before) && { withoutPromptCaching: true as const }),
  };
}
