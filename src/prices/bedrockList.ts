// What @pydantic/genai-prices knows of Bedrock. The package carries 42 vendors in 480 KB: esbuild.js puts Bedrock's
// alone in the place of this module.
import { type ModelInfo, findProvider } from '@pydantic/genai-prices';

/** What is needed of a model of the package's. */
export type ListedModel = Pick<ModelInfo, 'id' | 'match' | 'prices'>;

export const bedrockList: readonly ListedModel[] = findProvider({ providerId: 'aws' })?.models ?? [];
