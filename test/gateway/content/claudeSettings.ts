// Claude's own settings that matter to the stand-in: in its own body, and in Converse's additional fields.
// https://platform.claude.com/docs/en/build-with-claude/preserved-thinking
import { type Fields, isFields } from '../jsonBody.js';
import type { Thinking } from './blocks.js';
import type { Complain } from './constraints.js';

export const efforts = ['low', 'medium', 'high', 'xhigh', 'max'] as const;
const bindingControls = 'thinking-binding-controls-2026-08-01';

/** Checks the effort, and reads how the model is to think. */
export function readClaudeSettings(
  { thinking, output_config: output, anthropic_beta: betas = [] }: Fields,
  maxTokens: number | undefined,
  complain: Complain,
): Thinking {
  if (!Array.isArray(betas)) complain('anthropic_beta: Input should be a valid list');
  const effort = isFields(output) ? output['effort'] : undefined;
  if (effort !== undefined && !efforts.some((known) => known === effort))
    complain("output_config.effort: Input should be 'low', 'medium', 'high', 'xhigh' or 'max'");
  if (thinking === undefined) return { type: undefined, dropsMismatches: false };
  const fields = isFields(thinking) ? thinking : {};
  const type = thinkingType(fields, maxTokens, complain);
  return { type, dropsMismatches: readBinding(fields, betas as unknown[], complain) };
}

function thinkingType(
  { type, budget_tokens: budget }: Fields,
  maxTokens: number | undefined,
  complain: Complain,
): Thinking['type'] {
  if (type !== 'enabled' && type !== 'adaptive' && type !== 'disabled') {
    return complain(
      "thinking: Input tag does not match any of the expected tags: 'adaptive', 'disabled', 'enabled'",
    );
  }
  if (type !== 'enabled') return type;
  if (!(Number(budget) >= 1024))
    complain('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
  if (maxTokens !== undefined && Number(budget) >= maxTokens)
    complain('`max_tokens` must be greater than `thinking.budget_tokens`.');
  return type;
}

/** Whether thinking that is bound to another conversation is to be left out. */
function readBinding({ block_binding: binding }: Fields, betas: readonly unknown[], complain: Complain) {
  if (binding === undefined) return false;
  if (!betas.includes(bindingControls)) complain('thinking.block_binding: Extra inputs are not permitted');
  const behavior = isFields(binding) ? binding['prefix_mismatch_behavior'] : undefined;
  if (behavior !== 'drop_block' && behavior !== 'error')
    complain("thinking.block_binding.prefix_mismatch_behavior: Input should be 'drop_block' or 'error'");
  return behavior === 'drop_block';
}
