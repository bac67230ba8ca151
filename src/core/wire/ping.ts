// A prompt in place of the user's, in the same shape and with the same parameters: for a command that others run.
import { bodyFor } from '../bedrock/codecs';
import { converseInput } from '../bedrock/converse';
import { type Request, textBlock } from '../model/request';

/** Fields of the models' own bodies, and of Converse's, that hold words of a prompt. */
const wordy: ReadonlySet<string> = new Set(['messages', 'system', 'prompt', 'inputText']);

/** The body of `request` as JSON, with “ping” for the prompt, and without the system prompt. */
export function pingBody(request: Request): string {
  const { systemPrompt, additionalFields = {}, ...parameters } = request.parameters;
  const fields = Object.entries(additionalFields).filter(([name]) => !wordy.has(name));
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

/** The model stands in the path. */
function withoutModel({ modelId, ...body }: ReturnType<typeof converseInput>): object {
  return body;
}
