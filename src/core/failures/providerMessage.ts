// What an error says, whatever the shape of its body: AWS's JSON or XML, that of a model's provider, a line of text.
import { isRecord, parseJson } from '../model/json';
import { maxNameLength, toLine } from './sanitize';

export interface ProviderError {
  /** The other side's sentence, as one line; '' for none. JSON that stands in its place is read, never shown. */
  readonly message: string;
  /** The same as it came: AWS echoes a canonical request in it, whose lines count. Nothing else is to look at it. */
  readonly raw: string;
  /** What the other side calls the error, the most telling name first. Numbers are none. */
  readonly names: readonly string[];
  /** `page`: HTML, of which nothing is read. `none`: nothing that anybody could read. */
  readonly shape: 'json' | 'xml' | 'text' | 'page' | 'none';
}

/** How JSON begins that is an object, or a list of anything but numbers: a sentence may begin with “[400]”. */
const json = /^\s*(?:\{|\[\s*(?:["{[\]]|$))/;

const nothing: ProviderError = { message: '', raw: '', names: [], shape: 'none' };

function saidAs(shape: ProviderError['shape'], raw: string, names: readonly string[]): ProviderError {
  const short = names.map((name) => toLine(name, maxNameLength));
  return { message: toLine(raw), raw, names: [...new Set(short)], shape };
}

/** Reads the body of an error. */
export function readProviderError(body: string): ProviderError {
  const text = body.trim();
  const parsed = parseJson(text);
  if (parsed !== undefined) return readJsonError(parsed);
  if (text.startsWith('<')) return readXml(text.slice(0, longestXml));
  // What is broken off, or no text at all, would only be noise.
  return text === '' || json.test(text) || /[\0-\x08\x0e-\x1f\ufffd]/.test(text)
    ? nothing
    : saidAs('text', text, []);
}

/** The same of JSON that is parsed already. */
export function readJsonError(value: unknown): ProviderError {
  const { message = '', names } = found(value, 0);
  return saidAs('json', message, names);
}

/** Whether JSON that came with a success tells of an error: no reply, whole or streamed, has these fields at its top. */
export function isErrorBody(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { error, errors, fault, message, success, __type } = value;
  if (success === false || typeof __type === 'string' || typeof message === 'string') return true;
  return [error, errors, fault].some((each) => Boolean(each) && readJsonError(each).message !== '');
}

/** Where a sentence stands, the most usual key first. `title` is a problem's kind (RFC 9457), `detail` what happened. */
const sentences = [
  ...['message', 'Message', 'msg', 'error_message', 'errorMessage', 'error_description', 'detail', 'details'],
  ...['description', 'reason', 'originalMessage', 'title'],
];
/** Where an error stands inside of what is sent. */
const wrappers = ['error', 'Error', 'errors', 'Errors', 'fault', 'detail', 'details'];
const nameKeys = ['__type', 'code', 'Code', 'error_code', 'internal_code', 'type', 'status'];
/** Names that say no more than that it is an error. */
const meaningless = /^(?:errors?|fault|unknown|\d*)$/i;

/** Deeper, nobody puts an error. */
const deepest = 4;
const mostOfList = 5;

interface Found {
  readonly message?: string;
  readonly names: readonly string[];
}

function found(value: unknown, depth: number): Found {
  if (depth > deepest) return { names: [] };
  if (typeof value === 'string') return inText(value, depth);
  if (Array.isArray(value)) {
    const all = (value as unknown[]).slice(0, mostOfList).map((each) => found(each, depth + 1));
    return all.find(({ message }) => message !== undefined) ?? all[0] ?? { names: [] };
  }
  return isRecord(value) ? inRecord(value, depth) : { names: [] };
}

function inRecord(record: Record<string, unknown>, depth: number): Found {
  const inner = wrappers
    .filter((key) => typeof record[key] === 'object')
    .map((key) => found(record[key], depth + 1));
  const own = sentences
    .filter((key) => typeof record[key] === 'string' || key === 'message')
    .map((key) => found(record[key], depth + 1));
  const told = [...inner, ...own].find(({ message }) => message !== undefined);
  // `error` is a sentence where there is no other, and a name beside one.
  const { error } = record;
  const short = typeof error === 'string' && error.trim() ? error.trim() : undefined;
  const names = nameKeys.flatMap((key) => (typeof record[key] === 'string' ? [nameOf(record[key])] : []));
  return {
    ...(told?.message !== undefined ? { message: told.message } : short && found(short, depth + 1)),
    names: [
      ...[...inner, ...own].flatMap((each) => each.names),
      ...names,
      ...(told?.message !== undefined && short && !/\s/.test(short) ? [short] : []),
    ].filter((name) => !meaningless.test(name)),
  };
}

/** Without a namespace before it, `com.amazon.coral.service#AccessDeniedException`, and a URI after it. A URI is none. */
function nameOf(name: string): string {
  if (/^(?:about|https?):/i.test(name)) return '';
  return name.split('#').at(-1)?.split(':')[0]?.trim() ?? '';
}

/** A sentence may be JSON, or end in some: “The model returned the following errors: {"error": …}”. */
function inText(text: string, depth: number): Found {
  const at = json.test(text) ? 0 : text.search(/\{\s{0,9}"/);
  if (at < 0) return text.trim() ? { message: text, names: [] } : { names: [] };
  const before = text.slice(0, at).trim();
  const parsed = parseJson(text.slice(at, Math.max(text.lastIndexOf('}'), text.lastIndexOf(']')) + 1));
  const inner = typeof parsed === 'object' ? found(parsed, depth + 1) : undefined;
  if (inner?.message !== undefined) return inner;
  // JSON that no colon announces is quoted: a sentence about a parameter.
  if (before && !before.endsWith(':')) return { message: text, names: [] };
  const words = before.replace(/:$/, '').trim();
  return { ...(words && { message: words }), names: inner?.names ?? [] };
}

/** Characters in which the tags of an error stand. */
const longestXml = 10_000;

const html = /^<(?:!doctype html|html|head|body|title|h\d|p|div|meta|center|script|style)\b/i;

/** `<ErrorResponse><Error><Code>…</Code><Message>…`, `<AccessDeniedException><Message>…`, `<UnknownOperationException/>`. */
function readXml(text: string): ProviderError {
  if (html.test(text)) return { ...nothing, shape: 'page' };
  const [, root = ''] = /<(?:[\w-]{1,60}:)?([A-Za-z][\w-]{0,100})/.exec(text) ?? [];
  const message = inTag(text, 'message');
  const names = [inTag(text, 'code'), /(?:Exception|Error|Fault)$/.test(root) ? root : ''];
  const told = names.filter((name) => name && !meaningless.test(name));
  if (!message && told.length === 0) return { ...nothing, shape: 'page' };
  return saidAs('xml', message, told);
}

const tags = {
  code: /<(?:[\w-]{1,60}:)?Code>\s{0,99}([^<]{1,200})</i,
  message: /<(?:[\w-]{1,60}:)?Message>\s{0,99}(?:<!\[CDATA\[)?([^<\]]{1,4000})[<\]]/i,
} as const;

function inTag(text: string, tag: keyof typeof tags): string {
  return (tags[tag].exec(text)?.[1] ?? '')
    .replace(/&(lt|gt|quot|apos|amp);/g, (_, name: keyof typeof entities) => entities[name])
    .trim();
}

const entities = { lt: '<', gt: '>', quot: '"', apos: '’', amp: '&' } as const;
