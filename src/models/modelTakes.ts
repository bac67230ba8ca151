// Whether what is attached to a prompt suits its model.
import { unlessInvalid } from '../settings';
import { doesTake } from './effectiveFacts';

/** Whether a model takes pictures, or documents; undefined if that is not known: Bedrock then decides. */
export type ModelTakes = (model: string, what: 'image' | 'document') => boolean | undefined;

export const modelTakes: ModelTakes = (model, what) =>
  unlessInvalid(() => doesTake(model, what === 'image' ? 'images' : 'documents'), undefined);
