// What one gateway turned out to do, learned from checks and from what it did to earlier prompts; and the way
// that prompts take because of it.
import type { Authentication } from '../model/request';
import { type Address, formatAddress } from './address';

/** How prompts are sent. */
export interface Route {
  /** Whether replies are asked for as streams: not where one from this gateway arrived damaged, whatever the API. */
  readonly streams: boolean;
  /**
   * How a `:` in a model id is written in the path that is signed. The SDK writes `%3A`; a gateway that
   * decodes the path before it passes it on breaks that signature, but not one for a literal `:`.
   */
  readonly colon: 'encoded' | 'literal';
}

/** What is known of a gateway, of all that nobody documents. What is absent is not settled. */
export interface Learned {
  /** How a streamed reply arrives: as it was sent, in one piece of JSON, or with bytes that were changed. */
  readonly stream?: 'intact' | 'whole' | 'damaged';
  /** How a `:` must be written in a path that is signed. */
  readonly colon?: Route['colon'];
  /** Whether signed headers that Bedrock has beside those of a signature (`x-amzn-*`) arrive as they were signed. */
  readonly signedHeaders?: 'kept' | 'changed';
  /** Whether a Bedrock API key is passed on. */
  readonly apiKey?: 'passed' | 'removed';
  /** Whether a streamed reply is kept in the gateway's cache when a prompt asks for that. */
  readonly streamCache?: 'kept' | 'notKept';
}

/** The way of prompts through a gateway of which that is known: the usual one where nothing speaks against it. */
export function routeOf({ stream, colon }: Learned): Route {
  return { streams: stream !== 'damaged', colon: colon ?? 'encoded' };
}

/** The name under which is kept what was learned: of a gateway, for a way of authenticating. */
export function wayOf(address: Address, authentication: Authentication): string {
  return `${authentication} ${formatAddress(address)}`;
}

/** Remembers what was learned, by `way`; see wayOf(). */
export interface Routes {
  recall(way: string): Learned;
  /** Adds to what is known, in place of what was known of the same. */
  remember(way: string, learned: Learned): void;
  forget(way: string): void;
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
