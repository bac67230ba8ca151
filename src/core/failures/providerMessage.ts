// Reads the message and the names of an error from its body: AWS's JSON or XML, a model provider's JSON, or a line of
// text.
import { isRecord, parseJson } from '../model/json';
import { maxNameLength, toLine } from './sanitize';

export interface ProviderError {
  /** The server's message, as one line; '' for none. If it is JSON, the message in that; JSON is never shown. */
  readonly message: string;
  /**
   * The unchanged message: AWS echoes a canonical request in it, whose lines matter. Only the parser of that may use
   * it.
   */
  readonly raw: string;
  /** The server's names for the error, the most specific first, without numbers. */
  readonly names: readonly string[];
  /** `page`: HTML, which is not read further. `none`: unreadable. */
  readonly shape: 'json' | 'xml' | 'text' | 'page' | 'none';
}

/** The start of a JSON object, or of an array of anything but numbers: a sentence may begin with “[400]”. */
const jsonStart = /^\s*(?:\{|\[\s*(?:["{[\]]|$))/;

const unreadable: ProviderError = { message: '', raw: '', names: [], shape: 'none' };

function providerError(shape: ProviderError['shape'], raw: string, names: readonly string[]): ProviderError {
  const short = names.map((name) => toLine(name, maxNameLength));
  return { message: toLine(raw), raw, names: [...new Set(short)], shape };
}

/** Reads the body of an error. */
export function readProviderError(body: string): ProviderError {
  const text = body.trim();
  const parsed = parseJson(text);
  if (parsed !== undefined) return readJsonError(parsed);
  if (text.startsWith('<')) return readXml(text.slice(0, maxXmlLength));
  // Incomplete JSON and binary data are not shown.
  return text === '' || jsonStart.test(text) || /[\0-\x08\x0e-\x1f\ufffd]/.test(text)
    ? unreadable
    : providerError('text', text, []);
}

/** Like readProviderError(), for parsed JSON. */
export function readJsonError(value: unknown): ProviderError {
  const { message = '', names } = findError(value, 0);
  return providerError('json', message, names);
}

/** Whether the JSON of a successful response is an error: no reply, streamed or not, has these fields at the top. */
export function isErrorBody(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { error, errors, fault, message, success, __type } = value;
  if (success === false || typeof __type === 'string' || typeof message === 'string') return true;
  return [error, errors, fault].some((each) => Boolean(each) && readJsonError(each).message !== '');
}

/** Keys of messages, the most usual first. `title` is a problem's kind (RFC 9457), `detail` what happened. */
const messageKeys = [
  ...['message', 'Message', 'msg', 'error_message', 'errorMessage', 'error_description', 'detail', 'details'],
  ...['description', 'reason', 'originalMessage', 'title'],
];
/** Keys of nested errors. */
const wrappers = ['error', 'Error', 'errors', 'Errors', 'fault', 'detail', 'details'];
const nameKeys = ['__type', 'code', 'Code', 'error_code', 'internal_code', 'type', 'status'];
/** Names that only say that it is an error. */
const meaningless = /^(?:errors?|fault|unknown|\d*)$/i;

/** The deepest nesting of an error. */
const maxDepth = 4;
const maxListItems = 5;

interface FoundError {
  readonly message?: string;
  readonly names: readonly string[];
}

function findError(value: unknown, depth: number): FoundError {
  if (depth > maxDepth) return { names: [] };
  if (typeof value === 'string') return findInText(value, depth);
  if (Array.isArray(value)) {
    const all = (value as unknown[]).slice(0, maxListItems).map((each) => findError(each, depth + 1));
    return all.find(({ message }) => message !== undefined) ?? all[0] ?? { names: [] };
  }
  return isRecord(value) ? findInRecord(value, depth) : { names: [] };
}

function findInRecord(record: Record<string, unknown>, depth: number): FoundError {
  const inner = wrappers
    .filter((key) => typeof record[key] === 'object')
    .map((key) => findError(record[key], depth + 1));
  const fromKeys = messageKeys
    .filter((key) => typeof record[key] === 'string' || key === 'message')
    .map((key) => findError(record[key], depth + 1));
  const withMessage = [...inner, ...fromKeys].find(({ message }) => message !== undefined);
  // `error` is the message if there is no other, else a name.
  const { error } = record;
  const short = typeof error === 'string' && error.trim() ? error.trim() : undefined;
  const names = nameKeys.flatMap((key) => (typeof record[key] === 'string' ? [nameOf(record[key])] : []));
  return {
    ...(withMessage?.message !== undefined
      ? { message: withMessage.message }
      : short && findError(short, depth + 1)),
    names: [
      ...[...inner, ...fromKeys].flatMap((each) => each.names),
      ...names,
      ...(withMessage?.message !== undefined && short && !/\s/.test(short) ? [short] : []),
    ].filter((name) => !meaningless.test(name)),
  };
}

/**
 * Removes a namespace before the name, `com.amazon.coral.service#AccessDeniedException`, and a URI after it. '' for a
 * URI.
 */
function nameOf(name: string): string {
  if (/^(?:about|https?):/i.test(name)) return '';
  return name.split('#').at(-1)?.split(':')[0]?.trim() ?? '';
}

/** A message may be JSON, or end with JSON: “The model returned the following errors: {"error": …}”. */
function findInText(text: string, depth: number): FoundError {
  const at = jsonStart.test(text) ? 0 : text.search(/\{\s{0,9}"/);
  if (at < 0) return text.trim() ? { message: text, names: [] } : { names: [] };
  const sentence = text.slice(0, at).trim();
  const parsed = parseJson(text.slice(at, Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1));
  const inner = typeof parsed === 'object' ? findError(parsed, depth + 1) : undefined;
  if (inner?.message !== undefined) return inner;
  // JSON without a colon before it is a quotation, in a message about a parameter.
  if (sentence && !sentence.endsWith(':')) return { message: text, names: [] };
  const words = sentence.replace(/:$/, '').trim();
  return { ...(words && { message: words }), names: inner?.names ?? [] };
}

/** Only this many characters are searched for tags. */
const maxXmlLength = 10_000;

const html = /^<(?:!doctype html|html|head|body|title|h\d|p|div|meta|center|script|style)\b/i;

/** `<ErrorResponse><Error><Code>…</Code><Message>…`, `<AccessDeniedException><Message>…`, `<UnknownOperationException/>`. */
function readXml(text: string): ProviderError {
  if (html.test(text)) return { ...unreadable, shape: 'page' };
  const [, root = ''] = /<(?:[\w-]{1,60}:)?([A-Za-z][\w-]{0,100})/.exec(text) ?? [];
  const message = tagText(text, 'message');
  const names = [tagText(text, 'code'), /(?:Exception|Error|Fault)$/.test(root) ? root : ''];
  const realNames = names.filter((name) => name && !meaningless.test(name));
  if (!message && realNames.length === 0) return { ...unreadable, shape: 'page' };
  return providerError('xml', message, realNames);
}

const tags = {
  code: /<(?:[\w-]{1,60}:)?Code>\s{0,99}([^<]{1,200})</i,
  message: /<(?:[\w-]{1,60}:)?Message>\s{0,99}(?:<!\[CDATA\[)?([^<\]]{1,4000})[<\]]/i,
} as const;

function tagText(text: string, tag: keyof typeof tags): string {
  return (tags[tag].exec(text)?.[1] ?? '')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof entities) => entities[name])
    .trim();
}

const entities = { lt: '<', gt: '>', quot: '"', apos: '’', amp: '&' } as const;
