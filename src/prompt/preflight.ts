// A word before an accident: a prompt that holds a key, or that is far longer than anyone means to send.
import { env, l10n } from 'vscode';
import { type FoundKey, type KeyKind, findKeys } from '../core/keys';
import type { Cost } from '../core/model/cost';
import { type Request, documentLine, textOf } from '../core/model/request';
import { estimateTokens } from '../core/tokens';
import { dollars } from '../ui/money';
import { showWarningMessage } from '../ui/messages';
import { plainText } from '../util/plainText';
import { formatNumber, formatList } from '../ui/format';
import type { PromptInput } from './requestBuilder';

/** Tokens from which on a prompt is taken for an accident. */
const many = 100_000;
/** USD from which on it is as well, short as it may be. */
const expensive = 0.5;
/** Tokens below which no model that Bedrock has costs that much. */
const few = 10_000;
/** The most keys that are named in a notification. */
const named = 3;

export type PreflightResult = 'send' | 'sendWithoutLogBodies' | 'cancel';

/** How it is going to be sent. */
export interface PreflightContext {
  /** What the model is called. */
  readonly model: string;
  readonly logs: Request['gateway']['logs'];
  /** What it costs to send so many tokens. */
  readonly costOf: (tokens: number) => Promise<Cost>;
}

/** Whether `question` is to be sent: asks when it should not leave unseen. One question, whatever was found. */
export async function preflight(question: PromptInput, config: PreflightContext): Promise<PreflightResult> {
  const { messages } = question;
  // What went before in a conversation has been sent, and was asked about then.
  const last = messages.at(-1);
  const keys = last ? findKeys(textOf(last)) : [];
  const length = await lengthWarning(messages.map(textOf).join(''), config);
  if (keys.length === 0 && !length) return 'send';

  const quietly =
    keys.length > 0 && config.logs === 'default' ? l10n.t('Send Without Log Bodies') : undefined;
  const message = [
    ...(keys.length > 0 ? [holds(keys, question)] : []),
    ...(length ? [length] : []),
    ...(quietly
      ? [l10n.t('Without log bodies, the gateway keeps no text of the prompt and its reply.')]
      : []),
    l10n.t('Send it?'),
  ].join(' ');
  const send = l10n.t('Send');
  const buttons = [send, ...(quietly ? [quietly] : []), l10n.t('Cancel')];
  const chosen = await showWarningMessage(message, ...buttons);
  if (chosen === undefined) return 'cancel';
  if (chosen === quietly) return 'sendWithoutLogBodies';
  return chosen === send ? 'send' : 'cancel';
}

/** What is found and where, never the key itself. Of a selection in the lines that the editor shows. */
function holds(keys: readonly FoundKey[], { surface, sources }: PromptInput): string {
  const shownAs = (line: number) => (surface === 'selection' ? documentLine(sources, line) : line);
  const names = keys
    .slice(0, named)
    .map(({ kind, issuer, line }) => l10n.t('{0} (line {1})', nameOf[kind](issuer), shownAs(line)));
  const rest = keys.length - named;
  const list = formatList([...names, ...(rest > 0 ? [l10n.t('{0} more', rest)] : [])]);
  return surface === 'selection'
    ? l10n.t('The selection seems to hold {0}.', list)
    : l10n.t('The prompt seems to hold {0}.', list);
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

/** undefined for a prompt that is neither very long nor expensive. */
async function lengthWarning(
  text: string,
  { model: id, costOf }: PreflightContext,
): Promise<string | undefined> {
  const tokens = estimateTokens(text);
  if (tokens < few) return undefined;
  const cost = await costOf(tokens);
  const usd = cost.kind === 'sum' ? cost.usd : undefined;
  if (tokens < many && (usd ?? 0) < expensive) return undefined;
  const model = plainText(id);
  const about = formatNumber(tokens, { maximumSignificantDigits: 2 });
  return usd === undefined
    ? l10n.t('The prompt is very long: about {0} tokens. What they cost on {1} is not known.', about, model)
    : l10n.t(
        'The prompt is very long: about {0} tokens, which cost about {1} on {2}, without the reply.',
        about,
        dollars(usd, env.language),
        model,
      );
}
