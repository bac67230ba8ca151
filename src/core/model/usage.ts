/** Tokens as Bedrock counts them: `input` excludes the two cache counts. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** Those of `cacheWrite` that are kept for an hour, and cost more; absent where there are none. */
  readonly cacheWrite1h?: number;
}
