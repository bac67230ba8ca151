// A request body with a short prompt in place of the user's, in the same format and with the same parameters: for a
// command that others run.
import { bodyFor } from '../bedrock/codecs';
import { converseInput } from '../bedrock/converseInput';
import { textBlock } from '../model/content';
import type { Request } from '../model/request';

/** Fields of the models' own formats, and of Converse, that hold text of the prompt. */
const promptFields: ReadonlySet<string> = new Set(['messages', 'system', 'prompt', 'inputText']);

/** The body of `request` as JSON, with “ping” as the prompt, and without the system prompt, tools and cache points. */
export function pingBody({ tools, cachePoints, ...request }: Request): string {
  const { systemPrompt, additionalFields = {}, ...parameters } = request.parameters;
  const fields = Object.entries(additionalFields).filter(([name]) => !promptFields.has(name));
  const ping: Request = {
    ...request,
    messages: [{ role: 'user', content: [textBlock('ping')] }],
    parameters: {
      ...parameters,
      ...(fields.length > 0 && { additionalFields: Object.fromEntries(fields) }),
    },
  };
  return JSON.stringify(request.target.api === 'invoke' ? bodyFor(ping) : withoutModel(converseInput(ping)));
}

/** The model is in the path. */
function withoutModel({ modelId, ...body }: ReturnType<typeof converseInput>): object {
  return body;
}
