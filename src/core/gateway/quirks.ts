// What one gateway turned out to do, learned from checks and from what it did to earlier prompts; and the way
// that prompts take because of it.
import type { Route, GatewayQuirks, QuirksStore } from '../model/ports';
import type { Authentication, Address } from '../model/request';
import { formatAddress } from './address';

/** The way of prompts through a gateway of which that is known: the usual one where nothing speaks against it. */
export function routeFor({ stream, colon }: GatewayQuirks): Route {
  return { streams: stream !== 'damaged', colon: colon ?? 'encoded' };
}

/** The name under which is kept what was learned: of a gateway, for a way of authenticating. */
export function gatewayKey(address: Address, authentication: Authentication): string {
  return `${authentication} ${formatAddress(address)}`;
}

/** Routes that last as long as the object. */
export function memoryQuirks(): QuirksStore {
  const known = new Map<string, GatewayQuirks>();
  const get = (way: string) => known.get(way) ?? {};
  return {
    get,
    update: (way, quirks) => void known.set(way, { ...get(way), ...quirks }),
    clear: (way) => void known.delete(way),
  };
}
