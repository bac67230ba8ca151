// The models that the tests choose: the first of the built-in list, which is in use until another is chosen, and a cheap
// one of that list.
export const sonnet = 'global.anthropic.claude-sonnet-5';
export const sonnetName = 'Claude Sonnet 5';
export const haiku = 'global.anthropic.claude-haiku-5-5';
export const haikuName = 'Claude Haiku 5.5';
/** One that binds its thinking to all that came before. */
export const sonnetBound = 'global.anthropic.claude-sonnet-5-5';
export const sonnetBoundName = 'Claude Sonnet 5.5';
