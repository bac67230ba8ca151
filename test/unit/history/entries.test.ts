// The lines of a conversation's file: what is damaged, foreign or hostile is left out, and nothing throws.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { promptOf } from '../../../src/core/model/request';
import { failure } from '../../../src/core/model/failure';
import type { Turn } from '../../../src/core/model/reply';
import {
  type Entry,
  entryLine,
  parseEntry,
  promptEntry,
  readConversation,
  replyEntry,
} from '../../../src/history/entries';
import { storedReply } from '../../../src/history/storedReply';
import { done, requestIn, textEvent, turnIn } from './turns';

const turn = turnIn({ id: 'a' }, textEvent('A reply.'), done);
const interrupted: Turn = {
  ...turn,
  reply: { ...turn.reply, text: 'A re', outcome: { kind: 'cut', failure: failure('windowClosed') } },
};
const found: Entry = { type: 'reply', turn: 'a', reply: storedReply(interrupted.reply), found: true };
const prompt = promptEntry(turn.request, 1000);
const fields = (entry: Entry) => JSON.parse(entryLine(entry)) as Record<string, Record<string, unknown>>;
/** An entry with other values, by the paths of its fields. */
function changed(entry: Entry, path: string, value: unknown): string {
  const copy: unknown = fields(entry);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<unknown>((object, name) => (object as Record<string, unknown>)[name], copy);
  (parent as Record<string, unknown>)[last] = value;
  return JSON.stringify(copy);
}

describe('the entries of a conversation', () => {
  it('are read as they were written', () => {
    const entries: readonly Entry[] = [
      ...[prompt, replyEntry(turn), found],
      { type: 'cost', turn: 'a', usd: 0.25 },
      { type: 'shown', turn: 'a' },
      { type: 'title', title: 'A\ntitle\u2028' },
      { type: 'pinned', pinned: true },
    ];
    for (const entry of entries) {
      const line = entryLine(entry);
      assert.ok(!line.includes('\n'));
      assert.deepEqual(parseEntry(line), entry);
    }
  });

  it('hold the prompt alone, not the messages before it, and no cause', () => {
    const request = requestIn({ id: 'b', parent: 'a', prompt: 'Last' });
    const earlier = requestIn({ id: 'x', prompt: 'Earlier' }).messages;
    const line = entryLine(promptEntry({ ...request, messages: [...earlier, ...request.messages] }, 1));
    assert.ok(line.includes('Last') && !line.includes('Earlier'));
    const cause = { header: 'secret' };
    const failed = turnIn(
      { id: 'a' },
      {
        type: 'ended',
        outcome: { kind: 'failed', failure: failure('unknown', {}, { cause }) },
      },
    );
    assert.ok(!entryLine(replyEntry(failed)).includes('secret'));
  });

  it('are skipped if damaged, of another kind, or without what must be there', () => {
    const whole = entryLine(prompt);
    for (let end = 0; end < whole.length; end++) assert.equal(parseEntry(whole.slice(0, end)), undefined);
    for (const line of [
      ...[
        '',
        'null',
        '1',
        '[]',
        '"prompt"',
        '{}',
        '{"type":"toString"}',
        '{"type":"__proto__"}',
        '{"type":1}',
      ],
      ...['{"type":"later","turn":"a"}', `${whole}${whole}`, `x${whole}`, '\u0000'],
      '{"type":"cost","turn":"a","usd":1e999}',
      '{"type":"cost","turn":"a","usd":"1"}',
      '{"type":"pinned","pinned":1}',
      '{"type":"title"}',
      changed(prompt, 'at', 1e16),
      changed(prompt, 'at', '1'),
      changed(prompt, 'request', null),
      changed(prompt, 'request.id', ''),
      changed(prompt, 'request.id', '../../x'),
      changed(prompt, 'request.conversation', 'a/b'),
      changed(prompt, 'request.messages', []),
      changed(prompt, 'request.messages', [{ role: 'system', content: [{ text: 'x' }] }]),
      changed(prompt, 'request.messages', [{ role: 'user', content: [{ text: 1 }] }]),
      changed(prompt, 'request.messages', [{ role: 'user', content: [{ text: '' }] }]),
      changed(prompt, 'request.sources', [null]),
      changed(prompt, 'request.sources', [{ uri: 'file:///x', range: { start: { line: 'x' } } }]),
      changed(prompt, 'request.target.model', 1),
      changed(prompt, 'request.surface', 'toString'),
      changed(replyEntry(turn), 'reply.text', null),
      changed(replyEntry(turn), 'reply.startedAt', 9e15),
      changed(replyEntry(turn), 'reply', 'x'),
    ])
      assert.equal(parseEntry(line), undefined, line);
  });

  it('keep where attached texts stand in a prompt; without that if it is damaged, or of an earlier version', () => {
    const quotedTexts = [{ name: 'main.ts', start: 0, end: 4, sources: 0, isNotebook: true as const }];
    const told = promptEntry({ ...turn.request, quotedTexts }, 1000);
    assert.deepEqual(parseEntry(entryLine(told)), told);
    for (const damaged of [
      ...[null, 1, 'x', {}, [null], [{}], [{ ...quotedTexts[0], name: 1 }]],
      ...[-1, 0.5, '0', 1e16].map((start) => [{ ...quotedTexts[0], start }]),
      ...[{ end: null }, { sources: -1 }, { isNotebook: false }].map((part) => [
        { ...quotedTexts[0], ...part },
      ]),
    ])
      assert.deepEqual(
        parseEntry(changed(told, 'request.quotedTexts', damaged)),
        prompt,
        JSON.stringify(damaged),
      );
  });

  it('lack what is damaged of a reply, but not the reply', () => {
    const part = (path: string, value: unknown) => {
      const entry = parseEntry(changed(replyEntry(turn), path, value));
      return entry?.type === 'reply' ? entry.reply : undefined;
    };
    assert.equal(part('reply.outcome', { kind: 'later' })?.outcome?.kind, 'cut');
    assert.equal(part('reply.outcome', null)?.outcome?.kind, 'cut');
    const failed = part('reply.outcome', {
      kind: 'failed',
      failure: {
        kind: 'later',
        stage: 'x',
        details: { message: 'Said', status: '500', problem: 'toString', canonical: [1] },
      },
    });
    assert.deepEqual(failed?.outcome, {
      kind: 'failed',
      failure: { kind: 'unknown', stage: 'network', details: { message: 'Said' }, requestIds: {} },
    });
    assert.deepEqual(part('reply.requestIds', [])?.requestIds, {});
    for (const [name, value] of [
      ...[
        ['usage', { input: '1' }],
        ['operation', 'later'],
        ['retriedBecause', 'constructor'],
      ],
      ...[
        ['guardrailPolicies', [{ kind: 'later' }]],
        ['endedAt', 1e300],
        ['hasOutput', 1],
        ['records', [1]],
      ],
    ] as const) {
      const reply = part(`reply.${name}`, value);
      assert.equal(reply?.text, 'A reply.', name);
      assert.ok(!(name in reply), name);
    }
  });

  it('may have any values: reading them never throws', () => {
    const hostile = fc.oneof(fc.jsonValue(), fc.constantFrom(null, 1e16, '__proto__', [], {}, 'toString'));
    const paths = [
      ...['type', 'at', 'turn', 'reply', 'found', 'request'],
      ...Object.keys(fields(prompt)['request'] ?? {}).map((name) => `request.${name}`),
      ...Object.keys(fields(replyEntry(turn))['reply'] ?? {}).map((name) => `reply.${name}`),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...paths), hostile, (path, value) => {
        const base = path.startsWith('request') ? prompt : replyEntry(turn);
        const entry = parseEntry(changed(base, path, value));
        const conversation = readConversation('c', [prompt, ...(entry ? [entry] : [])]);
        assert.ok(conversation.turns.length >= 1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a conversation', () => {
  const outcomesOf = (...entries: readonly Entry[]) =>
    readConversation('c', entries).turns.map(({ reply }) => `${reply.outcome?.kind} ${reply.text}`);

  it('has the reply of the window that sent the prompt, whenever another found it interrupted', () => {
    assert.deepEqual(outcomesOf(prompt, found), ['cut A re']);
    assert.deepEqual(outcomesOf(prompt, found, replyEntry(turn)), ['done A reply.']);
    assert.deepEqual(outcomesOf(prompt, replyEntry(turn), found), ['done A reply.']);
    assert.deepEqual(outcomesOf(prompt, found, found), ['cut A re']);
    const again = replyEntry(turnIn({ id: 'a' }, textEvent('Twice.'), done));
    assert.deepEqual(outcomesOf(prompt, replyEntry(turn), again), ['done A reply.']);
  });

  it('has no outcome without a reply, and no reply without a prompt', () => {
    assert.deepEqual(outcomesOf(prompt), ['undefined ']);
    assert.deepEqual(outcomesOf(replyEntry(turn), prompt), ['undefined ']);
  });

  it('has a prompt once, and none of another conversation', () => {
    const other = promptEntry(requestIn({ id: 'b', conversation: 'd' }), 1);
    const twice = promptEntry(requestIn({ id: 'a', prompt: 'Another' }), 2);
    const { turns } = readConversation('c', [prompt, other, twice]);
    assert.deepEqual(
      turns.map(({ request }) => promptOf(request)),
      ['A prompt.'],
    );
  });

  it('has the latest title, pin and costs, and what was shown in its order', () => {
    const conversation = readConversation('c', [
      prompt,
      { type: 'title', title: 'First' },
      { type: 'pinned', pinned: true },
      { type: 'cost', turn: 'a', usd: 1 },
      { type: 'shown', turn: 'x' },
      { type: 'title', title: 'Second' },
      { type: 'pinned', pinned: false },
      { type: 'cost', turn: 'a', usd: 2 },
    ]);
    const { title, pinned, shown, costs } = conversation;
    assert.deepEqual([title, pinned, shown, [...costs]], ['Second', false, ['a', 'x'], [['a', 2]]]);
  });
});
