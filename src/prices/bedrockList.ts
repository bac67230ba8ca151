// The Bedrock prices in @pydantic/genai-prices. The package has 42 vendors in 480 KB; esbuild.js replaces this module
// by Bedrock's part.
import { type ModelInfo, findProvider } from '@pydantic/genai-prices';

/** The fields of the package's models that we need. */
export type ListedModel = Pick<ModelInfo, 'id' | 'match' | 'prices'>;

export const bedrockList: readonly ListedModel[] = findProvider({ providerId: 'aws' })?.models ?? [];
