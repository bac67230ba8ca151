// Observed quirks of gateways, and how prompts are sent because of them.
import type { CachingRefusals, Route, GatewayQuirks, QuirksStore } from '../model/ports';
import type { Authentication, Address, Request } from '../model/request';
import { formatAddress } from './address';

/** How to send prompts through a gateway with these quirks. */
export function routeFor({ stream, colon }: GatewayQuirks): Route {
  return { streams: stream !== 'damaged', colon: colon ?? 'encoded' };
}

/** The key for the quirks of a gateway with one authentication method. */
export function gatewayKey(address: Address, authentication: Authentication): string {
  return `${authentication} ${formatAddress(address)}`;
}

/** A store in memory. */
export function memoryQuirks(): QuirksStore {
  const stored = new Map<string, GatewayQuirks>();
  const get = (key: string) => stored.get(key) ?? {};
  const cachingRefusals = memoryRefusals();
  return {
    get,
    update: (key, quirks) => void stored.set(key, { ...get(key), ...quirks }),
    clear: (key) => {
      stored.delete(key);
      cachingRefusals.clear(key);
    },
    cachingRefusals,
  };
}

/** Refusals of prompt caching, by gatewayKey(). */
export function memoryRefusals(): CachingRefusals {
  const models = new Map<string, Set<string>>();
  const keyOf = ({ gateway, authentication }: Request) => gatewayKey(gateway.address, authentication);
  // A profile, or a key that is stored in the gateway, stands for an account.
  const modelOf = ({ target, profile, gateway }: Request) =>
    JSON.stringify([target.region, target.model, profile, gateway.keyAlias]);
  return {
    has: (request) => models.get(keyOf(request))?.has(modelOf(request)) ?? false,
    add: (request) => {
      const key = keyOf(request);
      models.set(key, (models.get(key) ?? new Set()).add(modelOf(request)));
    },
    clear: (key) => void models.delete(key),
  };
}
