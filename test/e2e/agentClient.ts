// The outside end of the agent: `agent.openText('…', 'go')` runs that verb in the extension host.
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { waitLimit } from '../limits';
import type { VerbName, Verbs } from './agentVerbs';

/** Where the agent leaves its address, in the data directory of the session. */
export const agentFile = 'agent.txt';

export type Agent = {
  [Name in VerbName]: (...values: Parameters<Verbs[Name]>) => Promise<Awaited<ReturnType<Verbs[Name]>>>;
} & {
  /** Whether an extension host listens, now. */
  answers(): Promise<boolean>;
};

/**
 * @param file where the agent leaves its address; read again at each call, because a reloaded window has
 * another extension host and another agent
 */
export function connectAgent(file: string): Agent {
  const call = async (verb: string, values: unknown[]): Promise<unknown> => {
    const began = Date.now();
    for (;;) {
      const address = await readFile(file, 'utf8').catch(() => undefined);
      const response =
        address &&
        (await fetch(address, { method: 'POST', body: JSON.stringify({ verb, values }) }).catch(
          () => undefined,
        ));
      if (response && response.ok) {
        const { value, error } = (await response.json()) as { value?: unknown; error?: string };
        if (error !== undefined) throw new Error(`In the extension host: ${error}`);
        return value;
      }
      if (Date.now() - began > waitLimit)
        throw new Error(`The extension host did not answer "${verb}" in ${waitLimit / 1000} s`);
      await wait(100);
    }
  };
  const answers = async (): Promise<boolean> => {
    const address = await readFile(file, 'utf8').catch(() => undefined);
    return address !== undefined && (await fetch(address).catch(() => undefined)) !== undefined;
  };
  return new Proxy({} as Agent, {
    get: (_, name) => {
      if (name === 'answers') return answers;
      // Not a promise, though every name looks like a verb.
      return name === 'then' ? undefined : (...values: unknown[]) => call(String(name), values);
    },
  });
}
