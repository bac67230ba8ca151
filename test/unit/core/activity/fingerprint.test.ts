// Equal prompts are recognized without being kept: by everything that determines the reply, and by nothing else.
import assert from 'node:assert/strict';
import { fingerprint } from '../../../../src/core/activity/fingerprint';
import type { ContentBlock, Message } from '../../../../src/core/model/content';
import type { Request } from '../../../../src/core/model/request';
import { nodeHash } from '../../../../src/platform/node/hash';
import { prepared } from '../../asking';
import { MemoryBlobs, assistant, text, toolsNamed, user } from '../content/sending';

const { request } = prepared({ url: 'https://gateway.example/v1/account/gateway' });
const of = (messages: readonly Message[], more: Partial<Request> = {}) =>
  fingerprint({ ...request, messages, ...more }, 'key', nodeHash);

const blobs = new MemoryBlobs();
const picture = blobs.image('png', Buffer.from('picture'), { name: 'a.png', width: 1, height: 2 });
const paper = blobs.document('pdf', Buffer.from('paper'), 'a.pdf');
const use = { type: 'toolUse', id: 'u', name: 'read', input: { path: 'a' } } as const;
const result = { type: 'toolResult', toolUse: 'u', content: [{ type: 'text', text: 'x' }, picture] } as const;
const thought = { type: 'reasoning', text: 'Hm', signature: 's', model: 'm' } as const;
const hidden = { type: 'reasoning', text: '', redacted: 'aGk=', model: 'm' } as const;

/** A block; the same for the model; and others. */
const blocks: Readonly<
  Record<string, readonly [one: ContentBlock, same: ContentBlock, ...others: ContentBlock[]]>
> = {
  text: [text('One'), text('One'), text('One '), text('one')],
  picture: [
    picture,
    { type: 'image', format: 'png', data: { ...picture.data }, name: 'another.png' },
    blobs.image('png', Buffer.from('picturf')),
    { ...picture, format: 'gif' },
  ],
  document: [
    paper,
    { ...paper, name: 'another.pdf', pages: 7 },
    blobs.document('pdf', Buffer.from('papes')),
    { ...paper, format: 'txt' },
  ],
  thinking: [
    thought,
    { ...thought, model: 'us.m' },
    { ...thought, text: 'hm' },
    { ...thought, signature: 't' },
    hidden,
    { ...hidden, redacted: 'aGo=' },
  ],
  'use of a tool': [
    use,
    { ...use, input: { path: 'a' } },
    { ...use, id: 'v' },
    { ...use, name: 'write' },
    { ...use, input: { path: 'b' } },
    { ...use, input: {} },
  ],
  'result of a tool': [
    result,
    {
      ...result,
      content: [
        { type: 'text', text: 'x' },
        { ...picture, name: 'another.png' },
      ],
    },
    { ...result, isError: true },
    { ...result, toolUse: 'v' },
    { ...result, content: [picture] },
    { ...result, content: [{ type: 'text', text: 'y' }, picture] },
  ],
};

describe('the fingerprint of a prompt', () => {
  for (const [kind, [one, same, ...others]] of Object.entries(blocks))
    it(`is the same for an equal ${kind}, whatever the user calls it, and another for any other`, () => {
      const around = (block: ContentBlock) => of([user(text('A')), assistant(block), user(text('B'))]);
      assert.equal(around(one), around(same));
      const all = [one, ...others].map(around);
      assert.equal(new Set(all).size, all.length);
    });

  it('tells where a block is', () => {
    const all = [
      [user(picture, text('A'))],
      [user(text('A'), picture)],
      [user(picture), assistant(text('A'))],
      [user(picture), user(text('A'))],
    ].map((messages) => of(messages));
    assert.equal(new Set(all).size, all.length);
  });

  it('does not tell what is to be cached, nor what the request is called', () => {
    const messages = [user(picture, text('A'))];
    const tools = toolsNamed('read');
    assert.equal(of(messages), of(messages, { cachePoints: { system: true, tools: true, messages: [0] } }));
    assert.equal(of(messages), of(messages, { id: 'x', conversation: 'y', surface: 'chat', initiator: 'z' }));
    const all = [
      {},
      { tools },
      { tools: { ...tools, choice: 'any' } },
      { tools: toolsNamed('write') },
    ] as const;
    assert.equal(new Set(all.map((more) => of(messages, more))).size, all.length);
  });

  it('tells how much the model is to think', () => {
    const efforts = [{}, { effort: 'low' }, { effort: 'max' }] as const;
    assert.equal(new Set(efforts.map((parameters) => of([user(text('A'))], { parameters }))).size, 3);
  });
});
