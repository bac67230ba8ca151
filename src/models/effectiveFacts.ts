// Facts about a model, with the user's word in the setting `models` before the catalogue's.
import type { Capability } from '../core/model/capabilities';
import { ownCapabilities, ownContextWindow, unlessInvalid } from '../settings';
import { listedWindow, takes } from './modelFacts';

/** The most tokens of a prompt and its reply together; undefined if it is not known. */
export function contextWindowOf(model: string): number | undefined {
  return ownContextWindow(model) ?? listedWindow(model)?.context;
}

/**
 * Whether a model takes something; undefined if neither the user nor the catalogue says so: Bedrock then decides.
 * @throws SettingInvalid if the user's word can't be read.
 */
export function doesTake(model: string, capability: Capability): boolean | undefined {
  return ownCapabilities(model)?.includes(capability) ?? takes(model, capability);
}

/** The same, where a word of the user's that can't be read counts as none: the settings editor names it. */
export function takesAsKnown(...asked: Parameters<typeof doesTake>): boolean | undefined {
  return unlessInvalid(() => doesTake(...asked), undefined);
}
