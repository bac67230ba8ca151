// Asks before sending a prompt that contains a key, or that is so long that it is probably a mistake.
import { env, l10n } from 'vscode';
import { type FoundKey, type KeyKind, findKeys } from '../core/keys';
import type { Cost } from '../core/model/cost';
import { textOf } from '../core/model/content';
import { type Request, documentLine } from '../core/model/request';
import { messageTokens } from '../core/content/blockKinds';
import { dollars } from '../ui/money';
import type { AskUser } from '../ui/messages';
import { plainText } from '../util/plainText';
import { formatNumber, formatList } from '../ui/format';
import type { PromptInput } from './requestBuilder';

/** A prompt with this many tokens is probably a mistake. */
const longPromptTokens = 100_000;
/** A prompt that costs this much, in USD, is probably a mistake, however short. */
const expensiveUsd = 0.5;
/** Below this many tokens, no model of Bedrock costs that much. */
const alwaysCheapTokens = 10_000;
/** How many keys a notification names. */
const maxNamedKeys = 3;

export type PreflightResult = 'send' | 'sendWithoutLogBodies' | 'cancel';

/** How the prompt will be sent. */
export interface PreflightContext {
  /** The name of the model. */
  readonly model: string;
  readonly logs: Request['gateway']['logs'];
  /** The cost of sending this many tokens. */
  readonly costOf: (tokens: number) => Promise<Cost>;
}

/**
 * Checks a prompt, and asks the user if something was found: one question for all findings. `ask` shows a message with
 * buttons.
 */
export async function preflight(
  input: PromptInput,
  config: PreflightContext,
  ask: AskUser,
): Promise<PreflightResult> {
  const { messages } = input;
  // Earlier messages of the conversation were checked when they were sent.
  const last = messages.at(-1);
  const keys = last ? findKeys(textOf(last)) : [];
  const length = await lengthWarning(messageTokens(messages), config);
  if (keys.length === 0 && !length) return 'send';

  const withoutBodies =
    keys.length > 0 && config.logs === 'default' ? l10n.t('Send Without Log Bodies') : undefined;
  const message = [
    ...(keys.length > 0 ? [keysWarning(keys, input)] : []),
    ...(length ? [length] : []),
    ...(withoutBodies
      ? [l10n.t('Without log bodies, the gateway keeps no text of the prompt and its reply.')]
      : []),
    l10n.t('Send it?'),
  ].join(' ');
  const send = l10n.t('Send');
  const buttons = [send, ...(withoutBodies ? [withoutBodies] : []), l10n.t('Cancel')];
  const chosen = await ask(message, ...buttons);
  if (chosen === undefined) return 'cancel';
  if (chosen === withoutBodies) return 'sendWithoutLogBodies';
  return chosen === send ? 'send' : 'cancel';
}

/** Names the kinds of keys and their lines, never the keys. For a selection or a file, lines count as in the editor. */
function keysWarning(keys: readonly FoundKey[], { surface, sources, quoted = [] }: PromptInput): string {
  const names = keys.slice(0, maxNamedKeys).map(({ kind, issuer, line }) => {
    const name = nameOf[kind](issuer);
    const attached = quoted.find(({ first, last }) => line >= first && line <= last);
    if (!attached)
      return l10n.t('{0} (line {1})', name, surface === 'selection' ? documentLine(sources, line) : line);
    const { fileStart } = attached;
    const place = plainText(attached.name);
    return fileStart === undefined
      ? l10n.t('{0} (in {1})', name, place)
      : l10n.t('{0} (in {1}, line {2})', name, place, Math.max(1, line - fileStart + 1));
  });
  const rest = keys.length - maxNamedKeys;
  const list = formatList([...names, ...(rest > 0 ? [l10n.t('{0} more', rest)] : [])]);
  return surface === 'selection'
    ? l10n.t('The selection seems to contain {0}.', list)
    : l10n.t('The prompt seems to contain {0}.', list);
}

const nameOf: { readonly [K in KeyKind]: (issuer: string) => string } = {
  awsAccessKey: () => l10n.t('an AWS access key'),
  awsSecretKey: () => l10n.t('an AWS secret access key'),
  bedrockApiKey: () => l10n.t('a Bedrock API key'),
  privateKey: () => l10n.t('a private key'),
  azureKey: () => l10n.t('an Azure key'),
  jsonWebToken: () => l10n.t('a JSON Web Token'),
  token: (issuer) =>
    /^([AEIOU]|npm)/.test(issuer) ? l10n.t('an {0} token', issuer) : l10n.t('a {0} token', issuer),
};

/** undefined if the prompt is neither very long nor expensive. */
async function lengthWarning(
  tokens: number,
  { model: id, costOf }: PreflightContext,
): Promise<string | undefined> {
  if (tokens < alwaysCheapTokens) return undefined;
  const cost = await costOf(tokens);
  const usd = cost.kind === 'sum' ? cost.usd : undefined;
  if (tokens < longPromptTokens && (usd ?? 0) < expensiveUsd) return undefined;
  const model = plainText(id);
  const roundedTokens = formatNumber(tokens, { maximumSignificantDigits: 2 });
  return usd === undefined
    ? l10n.t('The prompt is very long: about {0} tokens. Their cost on {1} is unknown.', roundedTokens, model)
    : l10n.t(
        'The prompt is very long: about {0} tokens, which cost about {1} on {2}, without the reply.',
        roundedTokens,
        dollars(usd, env.language),
        model,
      );
}
