// The parameters of a request of VS Code Chat. Does not import VS Code.
import { isRecord } from '../core/model/json';
import { type Effort, type Parameters, type Target, efforts } from '../core/model/request';
import type { ModelFacts } from '../models/catalogue';

export interface ParametersContext {
  readonly api: Target['api'];
  /** undefined for a model that the catalogue lacks: Bedrock then decides. */
  readonly facts: ModelFacts | undefined;
  /** Returns the most tokens of a reply, as Chat was told. */
  readonly maxOutputTokens: () => number;
  /** What the user has picked in Chat, as VS Code passes it on. */
  readonly picked: unknown;
}

/** The user's settings hold for every model, and Chat asks nothing: what this model refuses is left out. */
export function chatParameters(
  { effort, temperature, topP, maxTokens, ...rest }: Parameters,
  { api, facts, maxOutputTokens, picked }: ParametersContext,
): Parameters {
  const chosen = isRecord(picked) ? picked['effort'] : undefined;
  const pickedEffort = efforts.find((each): each is Effort => each === chosen);
  const takenEffort = pickedEffort ?? (facts && !facts.takesEffort ? undefined : effort);
  // InvokeModel wants a limit. The safe one that a prompt gets elsewhere would break off what an agent writes.
  const limit =
    maxTokens ?? (api === 'invoke' && facts?.output !== undefined ? maxOutputTokens() : undefined);
  return {
    ...rest,
    ...(takenEffort && { effort: takenEffort }),
    ...(!facts?.refusesSampling && {
      ...(temperature !== undefined && { temperature }),
      ...(topP !== undefined && { topP }),
    }),
    ...(limit !== undefined && { maxTokens: limit }),
  };
}

/** A model that thinks decides for itself whether it uses tools. */
export function isThinkingOn({ additionalFields }: Parameters): boolean {
  const thinking = additionalFields?.['thinking'];
  return isRecord(thinking) && thinking['type'] !== 'disabled';
}
