// What one gateway turned out to do, learned from checks and from what it did to earlier prompts; and the way
// that prompts take because of it.
import type { Route, Learned, Routes } from '../model/ports';
import type { Authentication, Address } from '../model/request';
import { formatAddress } from './address';

/** The way of prompts through a gateway of which that is known: the usual one where nothing speaks against it. */
export function routeOf({ stream, colon }: Learned): Route {
  return { streams: stream !== 'damaged', colon: colon ?? 'encoded' };
}

/** The name under which is kept what was learned: of a gateway, for a way of authenticating. */
export function wayOf(address: Address, authentication: Authentication): string {
  return `${authentication} ${formatAddress(address)}`;
}

/** Routes that last as long as the object. */
export function rememberRoutes(): Routes {
  const known = new Map<string, Learned>();
  const recall = (way: string) => known.get(way) ?? {};
  return {
    recall,
    remember: (way, learned) => void known.set(way, { ...recall(way), ...learned }),
    forget: (way) => void known.delete(way),
  };
}
