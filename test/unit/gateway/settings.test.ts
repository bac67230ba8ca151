// Cache points and settings in Converse, and models that take less than others.
import {
  asks,
  assistant,
  describeRules,
  document,
  image,
  modelSays,
  oneError,
  point,
  result,
  text,
  thinking,
  times,
  use,
  user,
  withTool,
} from './converseRules.js';
import { png, toolNamed } from './samples.js';

const accepted = {
  'cache points in all places': {
    ...asks(user(text(), point()), assistant(text()), user(image(png()), point({ ttl: '5m' }))),
    system: [text(), point({ ttl: '1h' })],
    toolConfig: { tools: [toolNamed('read'), point({ ttl: '1h' })] },
  },
  'a cache point after a tool result': withTool(
    user(text()),
    assistant(use('a'), point()),
    user(result('a'), point()),
  ),
  'a cache point after a PDF': asks(user(text(), document(), point())),
  'an effort': { ...asks(user(text())), outputConfig: { effort: 'xhigh' } },
  "an effort in Claude's own field": {
    ...asks(user(text())),
    additionalModelRequestFields: { output_config: { effort: 'max' }, anthropic_beta: ['x'] },
  },
  'a schema for the reply': {
    ...asks(user(text())),
    outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '{}' } } } },
  },
  'a service tier': { ...asks(user(text())), serviceTier: { type: 'flex' } },
  'request metadata': { ...asks(user(text())), requestMetadata: { team: 'a b', 'cost-center': '' } },
  'thinking with a budget': {
    ...asks(user(text())),
    inferenceConfig: { maxTokens: 2000 },
    ...thinking({ type: 'enabled', budget_tokens: 1024 }),
  },
  'thinking without a budget': { ...asks(user(text())), ...thinking({ type: 'adaptive' }) },
  'kinds that are not looked at': asks(user(text(), { guardContent: { text: { text: 'x' } } })),
};

const refused: Record<string, readonly [input: object, message: RegExp]> = {
  'five cache points': [
    asks(
      user(text(), point(), text(), point()),
      assistant(text(), point()),
      user(text(), point(), text(), point()),
    ),
    modelSays('A maximum of 4 blocks with cache_control may be provided\\. Found 5\\.$'),
  ],
  'a cache point at the start of a message': [
    asks(user(text()), assistant(text()), user(point(), text())),
    /^There is nothing available to cache\./,
  ],
  'a cache point at the start of the system prompt': [
    { ...asks(user(text())), system: [point(), text()] },
    /^There is nothing available to cache\./,
  ],
  'a cache point at the start of the tools': [
    { ...asks(user(text())), toolConfig: { tools: [point(), toolNamed('read')] } },
    /^There is nothing available to cache\./,
  ],
  'two cache points in a row': [
    asks(user(text(), point(), point())),
    /^There is nothing available to cache\./,
  ],
  'a cache point after a text document': [
    asks(user(text(), document('a', Buffer.from('x'), 'md'), point())),
    modelSays('messages.0.content.2.type: Field required$'),
  ],
  'a cache point of an unknown type': [asks(user(text(), point({ type: 'big' }))), /cachePoint\.type/],
  'a cache point for a day': [asks(user(text(), point({ ttl: '1d' }))), /cachePoint\.ttl/],
  'a longer cache point after a shorter': [
    asks(user(text(), point(), text(), point({ ttl: '1h' }))),
    modelSays(
      "messages.0.content.2.cache_control.ttl: a ttl='1h' cache_control block must not come after a ttl='5m'",
    ),
  ],

  'an unknown effort': [
    { ...asks(user(text())), outputConfig: { effort: 'maximum' } },
    oneError(
      'outputConfig.effort',
      'Member must satisfy enum value set: \\[low, medium, high, xhigh, max\\]',
    ),
  ],
  "an unknown effort in Claude's own field": [
    { ...asks(user(text())), additionalModelRequestFields: { output_config: { effort: 'none' } } },
    modelSays("output_config.effort: Input should be 'low'"),
  ],
  'an unknown service tier': [{ ...asks(user(text())), serviceTier: { type: 'fast' } }, /serviceTier\.type/],
  'metadata of a bad key': [{ ...asks(user(text())), requestMetadata: { 'a"b': 'x' } }, /requestMetadata/],
  'metadata of 17 entries': [
    { ...asks(user(text())), requestMetadata: Object.fromEntries(times(17, (index) => [`k${index}`, 'x'])) },
    /requestMetadata/,
  ],
  'thinking of an unknown kind': [
    { ...asks(user(text())), ...thinking({ type: 'deep' }) },
    modelSays('thinking: '),
  ],
  'a budget that is too small': [
    { ...asks(user(text())), ...thinking({ type: 'enabled', budget_tokens: 1023 }) },
    modelSays('thinking.enabled.budget_tokens: Input should be greater'),
  ],
  'fields for the model that are no object': [
    { ...asks(user(text())), additionalModelRequestFields: [1] },
    /^The format of the additionalModelRequestFields field is invalid/,
  ],
};

describeRules('a setting in Converse at the stand-in', { accepted, refused });
