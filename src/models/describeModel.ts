// What the user is told about a model: what it takes, how much, and when AWS retires it.
import { env, l10n } from 'vscode';
import { type Capability, capabilities } from '../core/model/capabilities';
import { formatDay, formatNumber } from '../ui/format';
import { listFormat } from '../util/intl';
import { contextWindowOf, takesAsKnown } from './effectiveFacts';
import { endsSoon, modelFacts, successorsInCatalogue } from './modelFacts';

const words: { readonly [C in Capability]: () => string } = {
  images: () => l10n.t('images'),
  documents: () => l10n.t('documents'),
  reasoning: () => l10n.t('thinking'),
  tools: () => l10n.t('tools'),
  caching: () => l10n.t('caching'),
};

/**
 * "images, tools, perhaps documents", or "text only"; undefined if nothing is known about it, or the user's word can't be
 * read.
 */
export function takesText(model: string): string | undefined {
  const known = capabilities.map((capability) => ({ capability, takes: takesAsKnown(model, capability) }));
  if (known.every(({ takes }) => takes === undefined)) return undefined;
  const listed = [
    ...known.flatMap(({ capability, takes }) => (takes ? [words[capability]()] : [])),
    // Left out, it would read as "no".
    ...known.flatMap(({ capability, takes }) =>
      takes === undefined ? [l10n.t('perhaps {0}', words[capability]())] : [],
    ),
  ];
  if (listed.length === 0) return l10n.t('text only');
  // Without "and": a row has little room.
  return listFormat(env.language, { style: 'narrow' }).format(listed);
}

/** The context window: "1M tokens"; undefined if it is not known. */
export function contextText(model: string): string | undefined {
  const context = contextWindowOf(model);
  return context === undefined
    ? undefined
    : l10n.t('{0} tokens', formatNumber(context, { notation: 'compact', maximumFractionDigits: 2 }));
}

/**
 * A warning that AWS has retired the model or may do so soon, and its latest successor; undefined if there is no reason
 * for one.
 */
export function endOfLifeText(model: string, today = new Date()): string | undefined {
  const facts = modelFacts(model);
  if (!facts || !endsSoon(facts, today)) return undefined;
  const { retiredOn, endOfLife } = facts;
  const warning =
    retiredOn === undefined ? mayEnd(endOfLife?.earliest ?? '', today) : hasEnded(retiredOn, today);
  const successor = successorsInCatalogue(facts).at(-1);
  return successor ? l10n.t('{0}. Successor: {1}', warning, successor.label) : warning;
}

function hasEnded(day: string, today: Date): string {
  if (day.length === 4) return l10n.t('Retired by AWS in {0}', day);
  return isOver(day, today)
    ? l10n.t('Retired by AWS on {0}', formatDay(day))
    : l10n.t('AWS retires it on {0}', formatDay(day));
}

function mayEnd(day: string, today: Date): string {
  return isOver(day, today)
    ? l10n.t('AWS may retire it at any time')
    : l10n.t('AWS may retire it from {0} on', formatDay(day));
}

const isOver = (day: string, today: Date) => day <= today.toISOString().slice(0, 10);
