/** Token counts as Bedrock reports them: `input` excludes the two cache counts. */
export interface Usage {
  readonly input: number;
  readonly output: number;
  /** The part of `output` that was thinking; absent if Bedrock does not tell. */
  readonly reasoning?: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  /** The part of `cacheWrite` that is cached for an hour, at a higher price; absent if there is none. */
  readonly cacheWrite1h?: number;
}
