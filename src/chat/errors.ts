// Errors in words, for VS Code Chat: it shows an error's message, and its stack if there is one.
import { LanguageModelError, l10n } from 'vscode';
import { adviceFor, remedyLabel } from '../advice/advice';
import type { ActionId, Advice, Remedy } from '../advice/row';
import { stopRemark } from '../advice/stopReason';
import { partNotLoaded } from '../core/failures/partNotLoaded';
import type { Failure } from '../core/model/failure';
import type { Outcome, ReplyProgress } from '../core/model/reply';
import { chatExtension } from '../core/model/request';
import { type SettingInvalid, section } from '../settings';
import { isNamed } from '../ui/errors';
import { invalidSettingText } from '../ui/invalidSetting';
import { pictureLimits } from '../core/content/limits';
import { formatBytes, formatNumber } from '../ui/format';
import { oneLine, plainText } from '../util/plainText';
import type { PictureRefused } from './pictures';

/** VS Code's kinds of errors for requests to models. */
type ErrorKind = 'Blocked' | 'NoPermissions' | 'NotFound';

/** What Chat is told about a reply that is not complete. */
export interface ChatProblem {
  readonly message: string;
  readonly kind?: ErrorKind;
}

/** Why the user may not take the reply for complete; undefined if it is. */
export function problemOf(
  outcome: Exclude<Outcome, { kind: 'stopped' }>,
  reply: ReplyProgress,
): ChatProblem | undefined {
  switch (outcome.kind) {
    case 'done': {
      const remark = incomplete.has(outcome.stopReason) && stopRemark(outcome.stopReason, reply);
      return remark ? { message: inWords(remark) } : undefined;
    }
    case 'cut': {
      const advice = adviceFor(outcome.failure);
      return { message: inWords({ ...advice, title: l10n.t('Incomplete: {0}', advice.title) }) };
    }
    case 'blocked':
      return { message: inWords(adviceFor(outcome.failure)), kind: 'Blocked' };
    case 'failed':
      return problemOfFailure(outcome.failure);
  }
}

/** Stop reasons with which a reply is not what was asked for. */
const incomplete: ReadonlySet<string> = new Set([
  'malformed_model_output',
  'malformed_tool_use',
  'max_tokens',
  'model_context_window_exceeded',
  'refusal',
]);

function problemOfFailure(failure: Failure): ChatProblem {
  const kind = kindOf(failure);
  return { message: inWords(adviceFor(failure)), ...(kind && { kind }) };
}

function kindOf({ kind, stage }: Failure): ErrorKind | undefined {
  if (kind === 'modelNotFound' || kind === 'modelRetired') return 'NotFound';
  return stage === 'awsCredentials' || stage === 'gatewayToken' ? 'NoPermissions' : undefined;
}

/** In one line: a title, what it means, and which command helps. The panel has a button for that; Chat has none. */
function inWords({ title, sentence, remedies = [], setting }: Words): string {
  const hint = hintOf(remedies[0], setting);
  return oneLine(l10n.t('{0}. {1}', title, [sentence, hint].filter(Boolean).join(' ')));
}

type Words = Pick<Advice, 'title' | 'sentence'> & Partial<Advice>;

/** The remedies that are commands. */
const commands: ReadonlySet<Remedy> = new Set([
  'setUp',
  'setCredentials',
  'checkConnection',
  'showLog',
] satisfies ActionId[]);

function hintOf(remedy: Remedy | undefined, setting: string | undefined): string {
  if (remedy === 'openSettings' && setting !== undefined)
    return l10n.t('The setting is {0}.', `${section}.${setting}`);
  return remedy !== undefined && commands.has(remedy)
    ? l10n.t('Run “Bedrock: {0}” from the Command Palette.', remedyLabel(remedy))
    : '';
}

/** The error for a request that no settings or keys are there for. */
export function notSetUp(): Error {
  const title = l10n.t('The gateway is not set up yet');
  return new Error(inWords({ title, sentence: '', remedies: ['setUp'] }));
}

/** The error for `problem`. `initiator`: the ID of the extension that it is for. */
export function chatError({ message, kind }: ChatProblem, initiator: string | undefined): Error {
  // Chat tells nothing by the kind of an error, but shows the stack that each kind brings along.
  return withoutStack(
    kind && initiator !== chatExtension ? LanguageModelError[kind](message) : new Error(message),
  );
}

/** `error` with a message for the user. */
export function errorInWords(error: unknown): unknown {
  if (isNamed<SettingInvalid>(error, 'SettingInvalid'))
    return withoutStack(new Error(invalidSettingText(error)));
  if (isNamed(error, 'PartNotLoaded')) return chatError(problemOfFailure(partNotLoaded(error)), undefined);
  if (isNamed<PictureRefused>(error, 'PictureRefused')) return withoutStack(new Error(pictureText(error)));
  return error instanceof Error ? withoutStack(error) : error;
}

function pictureText({ why, found }: PictureRefused): string {
  if (why === 'format')
    return l10n.t(
      'Bedrock doesn’t take pictures of the type {0}. It takes PNG, JPEG, GIF and WebP. Remove the picture, or convert it.',
      plainText(String(found)),
    );
  const [has, most] =
    why === 'size'
      ? [formatBytes(Number(found)), formatBytes(pictureLimits.size)]
      : [pixels(Number(found)), pixels(pictureLimits.edge)];
  return l10n.t('The picture has {0}. Bedrock takes {1} at most. Make it smaller.', has, most);
}

/** The length of a picture's longer edge. */
function pixels(edge: number): string {
  return l10n.t('an edge of {0} px', formatNumber(edge));
}

function withoutStack<E extends Error>(error: E): E {
  error.stack = '';
  return error;
}
