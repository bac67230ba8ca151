// What a model does differently from others, by its ID.

export interface ModelRules {
  /** Its thinking is bound to everything before it, and cannot be replayed in another conversation. */
  readonly bindsThinking: boolean;
  /** Its thinking carries a signature, without which it cannot be replayed. */
  readonly signsThinking: boolean;
  /** It decides by itself how much to think. */
  readonly refusesBudgets: boolean;
  readonly refusesForcedTools: boolean;
  /** It thinks though nobody asks it to. */
  readonly alwaysThinks: boolean;
  /** The schema of a tool has nothing at its top but an object's properties. */
  readonly wantsPlainSchemas: boolean;
  /** Tokens that a prompt must have up to a cache point. */
  readonly leastCached: number;
}

const usual: ModelRules = {
  bindsThinking: false,
  signsThinking: true,
  refusesBudgets: false,
  refusesForcedTools: false,
  alwaysThinks: false,
  wantsPlainSchemas: false,
  leastCached: 1024,
};

const byId: readonly (readonly [ids: RegExp, rules: Partial<ModelRules>])[] = [
  [/claude-(fable-5-[12]|mythos-5-[12]|opus-5-5|sonnet-5-5|haiku-5-5)/, { bindsThinking: true }],
  [/claude-(fable-5-[12]|mythos-5-[12]|opus-5-5|sonnet-5-5)/, { refusesBudgets: true }],
  [/claude-(fable-5-[12]|mythos-5-[12]|sonnet-5-5)/, { refusesForcedTools: true }],
  [/claude-haiku-4-5/, { leastCached: 4096 }],
  [/(^|[./])(amazon|deepseek|minimax|moonshot|openai|qwen|zai)\./, { signsThinking: false }],
  [/(^|[./])amazon\.nova/, { wantsPlainSchemas: true }],
  [/stand-in\.thinks/, { alwaysThinks: true }],
  [/stand-in\.thinks-bound/, { bindsThinking: true }],
];

export function rulesOf(model: string): ModelRules {
  const rules = byId.filter(([ids]) => ids.test(model)).map(([, differences]) => differences);
  const least = /stand-in\.caching-(\d+)/.exec(model)?.[1];
  return Object.assign({}, usual, ...rules, least && { leastCached: Number(least) }) as ModelRules;
}

/** The model itself, however it is reached: without a geography and without an ARN. */
export const baseModel = (model: string): string =>
  model.replace(/^arn:.*\//, '').replace(/^(us|eu|apac|jp|au|ca|us-gov|global)\./, '');
