// The names of the view of the history.

/** The manifest names it too. */
export const historyViewId = 'bedrockGateway.history';
