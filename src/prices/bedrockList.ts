// What @pydantic/genai-prices knows of Bedrock. The package carries 42 vendors in 480 KB: esbuild.js puts Bedrock's
// alone in the place of this module.
import { findProvider } from '@pydantic/genai-prices';
import type { ListedModel } from './packageList';

export const bedrockList: readonly ListedModel[] = findProvider({ providerId: 'aws' })?.models ?? [];
