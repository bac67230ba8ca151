// What a model can take besides text.

/**
 * - `images`, `documents`: content blocks in a prompt
 * - `reasoning`: the model can think before it replies, and takes its thoughts back in a follow-up
 * - `tools`: definitions of tools, and results of their use
 * - `caching`: cache points, up to which Bedrock keeps a prompt
 */
export const capabilities = ['images', 'documents', 'reasoning', 'tools', 'caching'] as const;

export type Capability = (typeof capabilities)[number];
