// Turns and requests for tests of the history.
import { type ReplyEvent, type Turn, newReply, reduceReply } from '../../../src/core/model/reply';
import { type DocumentBlock, type ImageBlock, textBlock } from '../../../src/core/model/content';
import type { Request } from '../../../src/core/model/request';

export const done: ReplyEvent = { type: 'ended', outcome: { kind: 'done', stopReason: 'end_turn' } };

export interface RequestIn {
  readonly id: string;
  readonly conversation?: string;
  readonly parent?: string | undefined;
  readonly prompt?: string;
  /** The pictures and documents of the prompt. */
  readonly blobs?: readonly (ImageBlock | DocumentBlock)[];
}

export function requestIn({
  id,
  conversation = 'c',
  parent,
  prompt = 'A prompt.',
  blobs = [],
}: RequestIn): Request {
  return {
    ...{ id, conversation },
    ...(parent !== undefined && { parent }),
    surface: parent === undefined ? 'ask' : 'followUp',
    messages: [{ role: 'user', content: [...blobs, ...(prompt ? [textBlock(prompt)] : [])] }],
    sources: [],
    target: { model: 'anthropic.claude-x', region: 'us-east-1', api: 'converse', stream: 'auto' },
    parameters: {},
    gateway: {
      address: { protocol: 'https:', hostname: 'gateway.example', path: '/v1/account/gateway' },
      ...{ cacheTtl: null, logs: 'default', metadata: {}, keyAlias: '' },
    },
    authentication: 'accessKeys',
  };
}

/** A turn after these events; without any, its reply has just begun. */
export function turnIn(request: RequestIn, ...events: readonly ReplyEvent[]): Turn {
  const reply = events.reduce((before, event) => reduceReply(before, event, 2000), newReply(1000));
  return { request: requestIn(request), reply };
}

export const textEvent = (text: string): ReplyEvent => ({ type: 'text', text });
