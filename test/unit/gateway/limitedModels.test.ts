// Models that take less than others, in Converse.
import assert from 'node:assert/strict';
import { type Gateway, startGateway } from '../../gateway/index.js';
import { failureOf } from './clients.js';
import {
  asks,
  assistant,
  choosing,
  converse,
  document,
  image,
  point,
  result,
  text,
  thinking,
  tools,
  use,
  user,
  withTool,
} from './converseRules.js';
import { png, toolNamed } from './samples.js';

describe('a model of the stand-in', () => {
  let gateway: Gateway;
  before(async () => {
    gateway = await startGateway({ pace: 0 });
  });
  after(() => gateway.close());

  it('reports the service tier of the request', async () => {
    const { serviceTier } = await converse(gateway, {
      ...asks(user(text())),
      serviceTier: { type: 'priority' },
    });
    assert.deepEqual(serviceTier, { type: 'priority' });
  });

  const byModel: Record<string, readonly [modelId: string, input: object, message: RegExp]> = {
    'a budget': [
      'us.anthropic.claude-opus-5-5',
      { ...asks(user(text())), ...thinking({ type: 'enabled', budget_tokens: 2000 }) },
      /"thinking\.type\.enabled" is not supported for this model/,
    ],
    'a forced tool': [
      'us.anthropic.claude-fable-5-2',
      choosing({ any: {} }),
      /tool_choice: type "tool" and "any"/,
    ],
    'a forced tool of a model that always thinks': [
      'stand-in.thinks',
      choosing({ any: {} }),
      /Thinking may not be/,
    ],
    'a picture': [
      'stand-in.text-only',
      asks(user(image(png()))),
      /^This model doesn't support the image content block/,
    ],
    'a document': [
      'stand-in.text-only',
      asks(user(text(), document())),
      /^This model doesn't support the document/,
    ],
    tools: [
      'stand-in.text-only',
      { ...asks(user(text())), ...tools('read') },
      /^This model doesn't support tool use\.$/,
    ],
    'a picture in a tool result': [
      'stand-in.no-nested-images',
      withTool(user(text()), assistant(use('a')), user(result('a', { content: [image(png())] }))),
      /^This model doesn't support the image field for user messages/,
    ],
    'words before a tool use': [
      'stand-in.separate-turns',
      withTool(user(text()), assistant(text(), use('a')), user(result('a'))),
      /^messages\.1\.content: Conversation blocks and tool use blocks cannot be provided in the same turn\.$/,
    ],
    'words after a tool result': [
      'stand-in.separate-turns',
      withTool(user(text()), assistant(use('a')), user(result('a'), text())),
      /^messages\.2\.content: Conversation blocks and tool result blocks cannot/,
    ],
    'a choice': [
      'stand-in.no-forced-tools',
      choosing({ any: {} }),
      /doesn't support the toolConfig\.toolChoice\.any field/,
    ],
  };
  for (const [what, [modelId, input, message]] of Object.entries(byModel)) {
    it(`refuses ${what} for ${modelId}, and takes it for another model`, async () => {
      const failure = await failureOf(converse(gateway, input, modelId));
      assert.equal(failure.name, 'ValidationException');
      assert.match(failure.message, message);
      await converse(gateway, input);
    });
  }
  for (const modelId of ['stand-in.text-only', 'stand-in.no-forced-tools', 'stand-in.no-caching'])
    it(`takes a text for ${modelId}`, async () =>
      assert.ok(await converse(gateway, asks(user(text())), modelId)));

  it('takes what is allowed by models that refuse a mixture', async () => {
    const apart = withTool(user(text()), assistant(use('a')), user(result('a')));
    for (const modelId of ['stand-in.separate-turns', 'stand-in.no-nested-images'])
      await converse(gateway, apart, modelId);
    await converse(gateway, asks(user(text(), image(png()))), 'stand-in.no-nested-images');
  });

  it('refuses a cache point for a model that does not cache', async () => {
    for (const input of [
      asks(user(text(), point())),
      { ...asks(user(text())), system: [text(), point()] },
      { ...asks(user(text())), toolConfig: { tools: [toolNamed('read'), point()] } },
    ]) {
      const failure = await failureOf(converse(gateway, input, 'stand-in.no-caching'));
      assert.equal(failure.name, 'AccessDeniedException');
      assert.match(failure.message, /unsupported model or your request did not allow prompt caching/);
    }
  });
});
