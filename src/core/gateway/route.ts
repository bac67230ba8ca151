// What one gateway turned out to need, learned from what it did to earlier prompts.

export interface Route {
  /** Whether streams arrive whole, whatever the API: false once one from this gateway arrived damaged. */
  readonly streams: boolean;
  /**
   * How a `:` in a model id is written in the path that is signed. The SDK writes `%3A`; a gateway that
   * decodes the path before it passes it on breaks that signature, but not one for a literal `:`.
   */
  readonly colon: 'encoded' | 'literal';
}

const usualRoute: Route = { streams: true, colon: 'encoded' };

/** Remembers routes; `gateway` is a formatted address. */
export interface Routes {
  recall(gateway: string): Route;
  remember(gateway: string, route: Partial<Route>): void;
}

/** Routes that last as long as the object. */
export function rememberRoutes(): Routes {
  const known = new Map<string, Route>();
  const recall = (gateway: string) => known.get(gateway) ?? usualRoute;
  return {
    recall,
    remember: (gateway, route) => void known.set(gateway, { ...recall(gateway), ...route }),
  };
}
