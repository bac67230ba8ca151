// Tools in Converse: what is offered, and that uses and results belong together.
import {
  asks,
  assistant,
  choosing,
  describeRules,
  document,
  image,
  modelSays,
  oneError,
  result,
  text,
  thinking,
  tools,
  use,
  user,
  withTool,
} from './converseRules.js';
import { png, toolNamed } from './samples.js';

const length64 = 'Member must have length less than or equal to 64';
const toolPattern = 'Member must satisfy regular expression pattern: \\[a-zA-Z0-9_-\\]\\+$';

const accepted = {
  'a tool use and its result': withTool(user(text()), assistant(use('a_-9')), user(result('a_-9'))),
  'words before a tool use and after its result': withTool(
    user(text()),
    assistant(text(), use('a')),
    user(result('a'), text()),
  ),
  'parallel tool uses, answered in another order': withTool(
    user(text()),
    assistant(use('a'), use('b', 'write')),
    user(result('b'), result('a')),
  ),
  'a result of every kind': withTool(
    user(text()),
    assistant(use('a')),
    user(result('a', { status: 'success', content: [text(), { json: { a: 1 } }, image(png()), document()] })),
  ),
  'a result that failed': withTool(user(text()), assistant(use('a')), user(result('a', { status: 'error' }))),
  'a tool use without input': withTool(user(text()), assistant(use('a', 'read', {})), user(result('a'))),
  'a tool name of 64 characters': { ...asks(user(text())), ...tools('a'.repeat(64)) },
  'a free choice of tools': choosing({ auto: {} }),
  'any tool': choosing({ any: {} }),
  'a certain tool': choosing({ tool: { name: 'read' } }),
  'a free choice of tools while thinking': choosing({ auto: {} }, thinking({ type: 'adaptive' })),
};

const refused: Record<string, readonly [input: object, message: RegExp]> = {
  'tool uses without tools': [
    asks(user(text()), assistant(use('a')), user(result('a'))),
    /^The toolConfig field must be defined when using toolUse and toolResult content blocks\.$/,
  ],
  'a tool use that nobody answers': [
    withTool(user(text()), assistant(use('a'), use('b')), user(result('a'))),
    /^Expected toolResult blocks at messages\.2\.content for the following Ids: b$/,
  ],
  'a tool use that is answered later': [
    withTool(user(text()), assistant(use('a')), user(text()), assistant(text()), user(result('a'))),
    /^Expected toolResult blocks at messages\.2\.content for the following Ids: a$/,
  ],
  'a result without a use': [
    withTool(user(text()), assistant(text()), user(result('a'))),
    /^The number of toolResult blocks at messages\.2\.content exceeds the number of toolUse blocks of previous turn\.$/,
  ],
  'a result of an unknown use': [
    withTool(user(text()), assistant(use('a')), user(result('b'))),
    /^Expected toolResult blocks at messages\.2\.content for the following Ids: a$/,
  ],
  'a result in the first message': [
    withTool(user(result('a'))),
    /^The number of toolResult blocks at messages\.0/,
  ],
  'two results of one use': [
    withTool(user(text()), assistant(use('a')), user(result('a'), result('a'))),
    /^The number of toolResult blocks at messages\.2\.content exceeds/,
  ],
  'two uses of one id': [
    withTool(user(text()), assistant(use('a'), use('a')), user(result('a'), result('a'))),
    /^The toolUse blocks at messages\.1\.content contain duplicate Ids: a$/,
  ],
  'one id in two messages': [
    withTool(user(text()), assistant(use('a')), user(result('a')), assistant(use('a')), user(result('a'))),
    modelSays('messages.3.content.0: `tool_use` ids must be unique$'),
  ],
  'a result after other words': [
    withTool(user(text()), assistant(use('a')), user(text(), result('a'))),
    modelSays(
      'messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: a\\. Each',
    ),
  ],
  'words after a tool use': [
    withTool(user(text()), assistant(use('a'), text()), user(result('a'))),
    modelSays('messages.1: `tool_use` ids were found without'),
  ],
  'a tool use of the user': [
    withTool(user(text(), use('a'))),
    modelSays('messages.0: `tool_use` blocks can only be in `assistant` messages'),
  ],
  'a result of the assistant': [
    withTool(user(text()), assistant(use('a')), user(result('a')), assistant(result('a')), user(text())),
    /^The number of toolResult blocks at messages\.3\.content exceeds/,
  ],
  'a tool use of a bad id': [
    withTool(user(text()), assistant(use('call|1')), user(result('call|1'))),
    oneError('messages.2.member.content.1.member.toolUse.toolUseId', toolPattern),
  ],
  'a tool use of a long id': [
    withTool(user(text()), assistant(use('a'.repeat(65))), user(result('a'.repeat(65)))),
    oneError('messages.2.member.content.1.member.toolUse.toolUseId', length64),
  ],
  'a tool use of a bad name': [
    withTool(user(text()), assistant(use('a', '$READ')), user(result('a'))),
    oneError('messages.2.member.content.1.member.toolUse.name', toolPattern),
  ],
  ...Object.fromEntries(
    (['[]', '"x"', '1', 'null'] as const).map(
      (json) =>
        [
          `a tool use with the input ${json}`,
          [
            withTool(user(text()), assistant(use('a', 'read', JSON.parse(json))), user(result('a'))),
            /^The format of the value at messages\.1\.content\.0\.toolUse\.input is invalid\. Provide a json object/,
          ],
        ] as const,
    ),
  ),
  'a result without content': [
    withTool(user(text()), assistant(use('a')), user(result('a', { content: [] }))),
    /^The content field at messages\.2\.content\.0\.toolResult is empty/,
  ],
  'a failed result without content': [
    withTool(user(text()), assistant(use('a')), user(result('a', { content: [], status: 'error' }))),
    /^The content field at messages\.2\.content\.0\.toolResult cannot be empty when status value is error\.$/,
  ],
  'a result of an unknown status': [
    withTool(user(text()), assistant(use('a')), user(result('a', { status: 'failed' }))),
    oneError('messages.3.member.content.1.member.toolResult.status', 'Member must satisfy enum value set'),
  ],
  'a result that is a JSON array': [
    withTool(user(text()), assistant(use('a')), user(result('a', { content: [{ json: [1] }] }))),
    /^The format of the value at messages\.2\.content\.0\.toolResult\.content\.0\.json is invalid/,
  ],
  'a result with blank text': [
    withTool(user(text()), assistant(use('a')), user(result('a', { content: [text(' ')] }))),
    /^The text field in the ToolResultContentBlock object at messages\.2\.content\.0\.toolResult\.content\.0 is blank/,
  ],
  'a bad picture in a result': [
    withTool(user(text()), assistant(use('a')), user(result('a', { content: [image(png(), 'gif')] }))),
    modelSays('messages.2.content.0.toolResult.content.0.image.source.bytes: The image was specified'),
  ],

  'no tools': [
    { ...asks(user(text())), toolConfig: { tools: [] } },
    oneError('toolConfig.tools', 'Member must have length greater than or equal to 1'),
  ],
  'two tools of one name': [
    { ...asks(user(text())), ...tools('read', 'read') },
    modelSays('tools: Tool names must be unique\\.$'),
  ],
  ...Object.fromEntries(
    ['', 'Read File', 'a.b', 'a'.repeat(65)].map(
      (name) =>
        [
          `the tool name ${JSON.stringify(name)}`,
          [
            { ...asks(user(text())), ...tools('read', name) },
            oneError('toolConfig.tools.2.member.toolSpec.name', 'Member must'),
          ],
        ] as const,
    ),
  ),
  'a tool whose schema is no object': [
    {
      ...asks(user(text())),
      toolConfig: { tools: [{ toolSpec: { name: 'read', inputSchema: { json: { type: 'string' } } } }] },
    },
    /^The value at toolConfig\.tools\.0\.toolSpec\.inputSchema\.json\.type must be one of the following: object\.$/,
  ],
  'a tool whose schema is a text': [
    {
      ...asks(user(text())),
      toolConfig: { tools: [{ toolSpec: { name: 'read', inputSchema: { json: '{"type":"object"}' } } }] },
    },
    /inputSchema\.json is invalid\. Provide a json object/,
  ],
  'an empty description': [
    {
      ...asks(user(text())),
      toolConfig: { tools: [{ toolSpec: { ...toolNamed('read').toolSpec, description: '' } }] },
    },
    oneError('toolConfig.tools.1.member.toolSpec.description', 'Member must have length greater'),
  ],
  'a tool that is not offered': [
    choosing({ tool: { name: 'write' } }),
    modelSays("Tool 'write' not found in provided tools$"),
  ],
  'any tool while thinking': [
    choosing({ any: {} }, thinking({ type: 'adaptive' })),
    modelSays('Thinking may not be enabled when tool_choice forces tool use\\.$'),
  ],
  'a certain tool while thinking': [
    choosing({ tool: { name: 'read' } }, thinking({ type: 'enabled', budget_tokens: 1024 })),
    /Thinking may not be enabled/,
  ],
};

describeRules('tools in Converse at the stand-in', { accepted, refused });
