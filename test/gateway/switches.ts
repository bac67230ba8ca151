// Each switch makes one fact false that no vendor documents (or plays one mishap on the way), so that a
// client can be shown to survive it, or to name it.

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
  /** A header's name in lower case, or empty. */
  rewriteSignedHeader: string;
}

type Table = { [K in keyof Switches]: { off: Switches[K]; says: string } };

export const switchTable: Table = {
  decodeColon: { off: false, says: 'turns %3A in the path into : before AWS sees it' },
  decodeSlash: { off: false, says: 'turns %2F (and %3A) into / (and :), which no signed request survives' },
  dropHeaders: { off: false, says: 'drops every header that is not documented to pass' },
  rewriteHeaders: { off: false, says: 'rewrites user-agent, accept*, x-amz-user-agent and amz-sdk-*' },
  mangleFrames: { off: false, says: 'decodes the binary event stream as UTF-8 and encodes it again' },
  cacheKeyIsAuthorization: { off: false, says: 'keys the cache on Authorization even when given a key' },
  streamAsJson: { off: false, says: 'answers a streaming call whole, as one JSON body' },
  dateOffset: { off: 0, says: 'milliseconds added to the Date header of every reply' },
  rewriteBody: { off: false, says: 'changes the body on its way to AWS' },
  rewriteSignedHeader: { off: '', says: 'changes the header of this name on its way to AWS' },
};

export const switchNames = Object.keys(switchTable) as (keyof Switches)[];

/** Checks what came from a command line or another process. Throws a TypeError that names the wrong entry. */
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
