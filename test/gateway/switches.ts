// Each switch breaks one undocumented assumption, or plays one fault on the way, to test that a client survives or
// reports it.

export interface Switches {
  decodeColon: boolean;
  decodeSlash: boolean;
  dropHeaders: boolean;
  rewriteHeaders: boolean;
  mangleFrames: boolean;
  cacheKeyIsAuthorization: boolean;
  streamAsJson: boolean;
  /** Milliseconds. */
  dateOffset: number;
  rewriteBody: boolean;
  /** A header's name in lower case, or ''. */
  rewriteSignedHeader: string;
}

type Table = { [K in keyof Switches]: { off: Switches[K]; description: string } };

export const switchTable: Table = {
  decodeColon: { off: false, description: 'turns %3A in the path into : before AWS sees it' },
  decodeSlash: {
    off: false,
    description: 'turns %2F (and %3A) into / (and :), which no signed request survives',
  },
  dropHeaders: { off: false, description: 'drops every header that is not documented to pass' },
  rewriteHeaders: { off: false, description: 'rewrites user-agent, accept*, x-amz-user-agent and amz-sdk-*' },
  mangleFrames: { off: false, description: 'decodes the binary event stream as UTF-8 and encodes it again' },
  cacheKeyIsAuthorization: {
    off: false,
    description: 'uses Authorization as the cache key, even if a key is given',
  },
  streamAsJson: { off: false, description: 'responds to a streaming call with one JSON body' },
  dateOffset: { off: 0, description: 'ms added to the Date header of every response' },
  rewriteBody: { off: false, description: 'changes the body on its way to AWS' },
  rewriteSignedHeader: { off: '', description: 'changes the header of this name on its way to AWS' },
};

export const switchNames = Object.keys(switchTable) as (keyof Switches)[];

/** Validates switches from a command line or another process. Throws a TypeError that names the wrong one. */
export function readSwitches(given: unknown): Partial<Switches> {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TypeError('switches must be one JSON object');
  }
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(switchTable, name)) throw new TypeError(`there is no switch "${name}"`);
    const wanted = typeof switchTable[name as keyof Switches].off;
    if (typeof value !== wanted) throw new TypeError(`the switch "${name}" takes a ${wanted}`);
  }
  return given;
}

export function switchesWith(given: Partial<Switches> = {}): Switches {
  const off = Object.fromEntries(switchNames.map((name) => [name, switchTable[name].off]));
  return { ...off, ...readSwitches(given) } as Switches;
}
