// Builds Converse requests for tables of what the stand-in takes and refuses, and asks it with the AWS SDK.
import assert from 'node:assert/strict';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Gateway, startGateway } from '../../gateway/index.js';
import { failureOf, model, sdkClient } from './clients.js';
import { pdf, toolNamed } from './samples.js';
import type { Content } from './ways.js';

export const user = (...content: Content[]) => ({ role: 'user', content });
export const assistant = (...content: Content[]) => ({ role: 'assistant', content });
export const text = (value = 'Hello') => ({ text: value });
export const image = (bytes: Buffer, format = 'png') => ({ image: { format, source: { bytes } } });
export const document = (name = 'Document 1', bytes = pdf(), format = 'pdf') => ({
  document: { format, name, source: { bytes } },
});
export const use = (toolUseId: string, name = 'read', input: unknown = { path: 'a' }) => ({
  toolUse: { toolUseId, name, input },
});
export const result = (toolUseId: string, more: object = {}) => ({
  toolResult: { toolUseId, content: [text('done')], ...more },
});
export const point = (more: object = {}) => ({ cachePoint: { type: 'default', ...more } });
export const tools = (...names: string[]) => ({ toolConfig: { tools: names.map(toolNamed) } });
export const times = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index));
export const asks = (...messages: object[]) => ({ messages });
export const withTool = (...messages: object[]) => ({ ...asks(...messages), ...tools('read', 'write') });
export const choosing = (toolChoice: object, more: object = {}) => ({
  ...asks(user(text())),
  toolConfig: { tools: [toolNamed('read')], toolChoice },
  ...more,
});
export const thinking = (value: object) => ({ additionalModelRequestFields: { thinking: value } });

export const modelSays = (message: string) =>
  new RegExp(`^The model returned the following errors: ${message}`);
export const oneError = (path: string, constraint: string) =>
  new RegExp(
    `^1 validation error detected: Value( '.*')? at '${path}' failed to satisfy constraint: ${constraint}`,
  );

export const converse = (gateway: Gateway, input: object, modelId = model) =>
  sdkClient(gateway).send(new ConverseCommand({ messages: [], ...input, modelId }));

export interface RuleTables {
  readonly accepted: Readonly<Record<string, object>>;
  readonly refused: Readonly<Record<string, readonly [input: object, message: RegExp]>>;
}

/** Describes a part of Converse by what is taken and what is refused. */
export function describeRules(title: string, { accepted, refused }: RuleTables): void {
  describe(title, () => {
    let gateway: Gateway;
    before(async () => {
      gateway = await startGateway({ pace: 0 });
    });
    after(() => gateway.close());

    for (const [what, input] of Object.entries(accepted)) {
      it(`takes ${what}`, async () => {
        const { output } = await converse(gateway, input);
        assert.ok(output?.message?.content?.length);
      });
    }
    for (const [what, [input, message]] of Object.entries(refused)) {
      it(`refuses ${what}`, async () => {
        const failure = await failureOf(converse(gateway, input));
        assert.equal(failure.name, 'ValidationException');
        assert.match(failure.message, message);
      });
    }
  });
}
