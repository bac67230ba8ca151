// Ways to spoil a reply: its frames before they are sealed, its bytes afterwards, and the bodies of errors.
import fc from 'fast-check';
import { type Frame, Raw } from './replies';

type Spoil<T> = (whole: T) => T;

const position = fc.nat({ max: 1000 });
const at = (list: readonly unknown[], where: number) => (list.length === 0 ? 0 : where % list.length);

/** JSON of any shape, with what trips up programs more often than chance would have it. */
export const anyJson = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      null,
      '',
      0,
      -1,
      1e308,
      true,
      [],
      {},
      [[]],
      'NaN',
      '\0',
      '\ud800',
      'x'.repeat(5000),
      JSON.parse('{"__proto__": {"text": "x"}}'),
      JSON.parse('{"constructor": 1, "toString": 2, "then": 3}'),
    ),
  },
);

const exceptions = [
  ...['internalServerException', 'modelStreamErrorException', 'validationException', 'throttlingException'],
  ...[
    'serviceUnavailableException',
    'modelTimeoutException',
    'modelNotReadyException',
    'accessDeniedException',
  ],
  ...['unheardOfException', 'constructor', '__proto__', ''],
];

/** What an exception carries: what AWS writes, what a model's provider does, and what nobody should. */
const payloads: readonly unknown[] = [
  { message: 'It broke.' },
  { message: 'Input Tokens Exceeded: Number of input tokens exceeds maximum length.' },
  { message: 'The model returned the following errors: {"error":{"message":"Inner.","type":"api_error"}}' },
  { message: { text: 7 }, originalMessage: 'Words.' },
  { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
  new Raw(''),
  new Raw('null'),
  new Raw('{"message":"cut'),
  new Raw('Plain words.'),
  new Raw('<x><Message>Words.</Message></x>'),
  new Raw('\xff\xfe'),
];

const foreign: readonly Frame[] = [
  ...exceptions.flatMap((type) =>
    payloads.map((payload) => ({
      headers: { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' },
      payload,
    })),
  ),
  {
    headers: { ':message-type': 'error', ':error-code': 'Trouble', ':error-message': 'Words.' },
    payload: {},
  },
  {
    headers: { ':message-type': 'error', ':error-code': '500', ':error-message': '{"message":"Words."}' },
    payload: {},
  },
  { headers: { ':message-type': 'error' }, payload: {} },
  { headers: { ':message-type': 'unheardOf' }, payload: {} },
  ...['initial-response', 'unheardOf', 'constructor', '__proto__', 'messageStop', 'metadata', 'ping'].map(
    (type) => ({
      headers: { ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' },
      payload: {},
    }),
  ),
  { headers: {}, payload: {} },
];

/** Exceptions and the like, in the place of a frame: an error that begins well is told as one that does not. */
const ofExceptions = foreign.filter(({ headers }) => headers[':message-type'] !== 'event');

const names = [':event-type', ':message-type', ':content-type', ':exception-type', ':error-code', 'other'];

/** Something done to frames: order, number, headers, payloads. */
export const spoiltFrames: fc.Arbitrary<Spoil<Frame[]>> = fc.oneof(
  fc.tuple(position, position).map(
    ([one, other]) =>
      (frames: Frame[]) =>
        swapped(frames, one, other),
  ),
  position.map((where) => (frames: Frame[]) => frames.filter((_, index) => index !== at(frames, where))),
  position.map((where) => (frames: Frame[]) => frames.slice(0, at(frames, where))),
  position.map((where) => (frames: Frame[]) => inserted(frames, where, frames[at(frames, where)])),
  fc.tuple(position, fc.constantFrom(...foreign)).map(
    ([where, frame]) =>
      (frames: Frame[]) =>
        inserted(frames, where, frame),
  ),
  fc.tuple(fc.constantFrom(0, 1, 2, 1000), fc.constantFrom(...ofExceptions)).map(
    ([where, frame]) =>
      (frames: Frame[]) =>
        frames.toSpliced(where, 0, frame),
  ),
  fc.tuple(position, fc.constantFrom(...names), fc.option(fc.string({ maxLength: 30 }))).map(
    ([where, name, value]) =>
      (frames: Frame[]) =>
        changed(frames, where, (frame) => ({ ...frame, headers: withHeader(frame.headers, name, value) })),
  ),
  fc.tuple(position, position, anyJson).map(
    ([where, path, value]) =>
      (frames: Frame[]) =>
        changed(frames, where, (frame) => ({ ...frame, payload: replaced(frame.payload, path, value) })),
  ),
  fc
    .tuple(
      position,
      fc.constantFrom('', '{', '{"delta":', 'null', '[]', '\xff\xfe', '"x"', '{"bytes":"%%%"}'),
    )
    .map(
      ([where, bytes]) =>
        (frames: Frame[]) =>
          changed(frames, where, (frame) => ({ ...frame, payload: new Raw(bytes) })),
    ),
);

function swapped(frames: Frame[], one: number, other: number): Frame[] {
  const copy = [...frames];
  const [first, second] = [copy[at(frames, one)], copy[at(frames, other)]];
  if (first && second) [copy[at(frames, one)], copy[at(frames, other)]] = [second, first];
  return copy;
}

function inserted(frames: Frame[], where: number, frame: Frame | undefined): Frame[] {
  return frame ? frames.toSpliced(at(frames, where), 0, frame) : frames;
}

function changed(frames: Frame[], where: number, change: (frame: Frame) => Frame): Frame[] {
  return frames.map((frame, index) => (index === at(frames, where) ? change(frame) : frame));
}

function withHeader(headers: Frame['headers'], name: string, value: string | null): Frame['headers'] {
  const { [name]: _old, ...rest } = headers;
  return value === null ? rest : { ...rest, [name]: value };
}

/** `json` with `value` in the place of one of all the things in it, the whole included; or without it. */
export function replaced(json: unknown, path: number, value: unknown): unknown {
  const places: string[][] = [[]];
  const visit = (inner: unknown, way: string[]): void => {
    if (typeof inner !== 'object' || inner === null || inner instanceof Raw) return;
    for (const key of Object.keys(inner)) {
      places.push([...way, key]);
      visit((inner as Record<string, unknown>)[key], [...way, key]);
    }
  };
  visit(json, []);
  const [first, ...rest] = places[at(places, path)] ?? [];
  if (first === undefined) return value;
  const put = (inner: unknown, key: string, further: string[]): unknown => {
    const copy = (Array.isArray(inner) ? [...(inner as unknown[])] : { ...(inner as object) }) as Record<
      string,
      unknown
    >;
    const [next, ...others] = further;
    copy[key] = next === undefined ? value : put(copy[key], next, others);
    return copy;
  };
  return put(json, first, rest);
}

/** Something done to bytes, so that checksums tell. */
export const spoiltBytes: fc.Arbitrary<Spoil<Buffer>> = fc.oneof(
  fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })).map(([where, mask]) => (bytes: Buffer) => {
    const copy = Buffer.from(bytes);
    const index = at([...copy.keys()], where);
    if (copy.length > 0) copy[index] = (copy[index] ?? 0) ^ mask;
    return copy;
  }),
  fc.nat().map((where) => (bytes: Buffer) => bytes.subarray(0, where % (bytes.length + 1))),
  fc.tuple(fc.nat(), fc.nat({ max: 200 })).map(([where, length]) => (bytes: Buffer) => {
    const start = where % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]);
  }),
  fc.tuple(fc.nat(), fc.uint8Array({ maxLength: 40 })).map(([where, more]) => (bytes: Buffer) => {
    const start = where % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, start), more, bytes.subarray(start)]);
  }),
  fc.tuple(fc.nat(), fc.nat({ max: 300 })).map(([where, length]) => (bytes: Buffer) => {
    const start = where % (bytes.length + 1);
    return Buffer.concat([bytes.subarray(0, start + length), bytes.subarray(start)]);
  }),
  fc.constant((bytes: Buffer) => Buffer.from(bytes.toString('utf8'))),
);

/** Cuts `bytes` anywhere: `cuts` are places in it, in any order. */
export function pieces(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort(
    (one, other) => one - other,
  );
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}
