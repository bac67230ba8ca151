// Looks models up in the catalogue. Does not import VS Code.
import { baseIdOf } from '../core/bedrock/modelId';
import { isSameModel } from '../core/bedrock/modelVersion';
import type { Capability } from '../core/model/capabilities';
import { type ModelFacts, catalogue } from './catalogue';

/**
 * What is known about a model, by its ID, that of an inference profile, or an ARN that names one; undefined if the
 * catalogue does not have it. A newer model is not taken for an older one of its line: their facts differ.
 */
export function modelFacts(id: string): ModelFacts | undefined {
  if (!known.has(id)) known.set(id, findFacts(id));
  return known.get(id);
}

/** A prompt asks several times about its model. */
const known = new Map<string, ModelFacts | undefined>();

function findFacts(id: string): ModelFacts | undefined {
  const base = baseIdOf(id);
  return base === undefined ? undefined : catalogue.find((row) => isSameModel(row.id, base));
}

export interface ModelWindow {
  /** The most tokens of a prompt and its reply together. */
  readonly context: number;
  /** The most tokens of a reply; absent if it is not known. */
  readonly output?: number;
}

/**
 * The window of a model, in tokens; undefined if it is not known. The user's own word comes first: see contextWindowOf in
 * effectiveFacts.ts.
 */
export function listedWindow(id: string): ModelWindow | undefined {
  const { context, output } = modelFacts(id) ?? {};
  return context === undefined ? undefined : { context, ...(output !== undefined && { output }) };
}

/**
 * Whether a model takes something, by the catalogue; undefined if that is not known. The user's own word comes first:
 * see doesTake in effectiveFacts.ts.
 */
export function takes(id: string, capability: Capability): boolean | undefined {
  return modelFacts(id)?.takes[capability];
}

/** The models that came after one, the next first. */
export function successorsInCatalogue({ successor }: ModelFacts): readonly ModelFacts[] {
  const next = successor === undefined ? undefined : modelFacts(successor);
  return next ? [next, ...successorsInCatalogue(next)] : [];
}

const warningDays = 90;

/**
 * Whether AWS has retired the model, or may within 90 days. That a model has been there for as long as AWS promised means
 * nothing while it is the latest of its kind, so that counts only if it has a successor.
 */
export function endsSoon({ retiredOn, endOfLife, successor }: ModelFacts, today: Date): boolean {
  const limit = new Date(today.getTime() + warningDays * 86_400_000).toISOString().slice(0, 10);
  const day = retiredOn ?? (successor === undefined ? undefined : endOfLife?.earliest);
  return day !== undefined && day <= limit;
}

/** Retired models that are still offered: they live on as custom or provisioned models. */
export const retiredModels: readonly ModelFacts[] = catalogue.filter(({ livesOn }) => livesOn);
