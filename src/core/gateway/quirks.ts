// Observed quirks of gateways, and how prompts are sent because of them.
import type { Route, GatewayQuirks, QuirksStore } from '../model/ports';
import type { Authentication, Address } from '../model/request';
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
  return {
    get,
    update: (key, quirks) => void stored.set(key, { ...get(key), ...quirks }),
    clear: (key) => void stored.delete(key),
  };
}
