// What models take besides text.

/** Whether a model takes pictures, or documents; undefined if that is not known: Bedrock then decides. */
export type ModelTakes = (model: string, what: 'image' | 'document') => boolean | undefined;

export const modelTakes: ModelTakes = () => undefined;
