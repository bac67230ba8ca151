// The search looks into JSON without parsing most of it: it must find what people wrote, and nothing else.
import assert from 'node:assert/strict';
import path from 'node:path';
import fc from 'fast-check';
import { type SearchResult, searchFile, wordsOf } from '../../../src/history/search';
import { Searcher } from '../../../src/history/searcher';
import { historyForEachTest } from './directories';
import { done, textEvent, turnIn } from './turns';

describe('the search of the history', () => {
  const history = historyForEachTest();
  const keep = async (prompt: string, reply: string, id = 'c', turn = 'a') => {
    const { replies } = history().openWindow();
    const request = { id: turn, conversation: id, prompt };
    await replies.begin(turnIn(request));
    await replies.end(turnIn(request, textEvent(reply), done));
  };
  const rename = (title: string) => history().openWindow().store.append('c', { type: 'title', title });
  const search = (query: string, id = 'c') =>
    searchFile(id, history().directory.conversation(id), wordsOf(query));

  it('finds words in any case and order, in prompts and replies, but only if all are there', async () => {
    await keep('How do I sort an Array?', 'Use toSorted(): it copies.');
    for (const query of ['ARRAY', 'array sort', 'copies array', 'tosorted(): it', '  sort  ', 'rra'])
      assert.equal(search(query)?.turn, 'a', query);
    for (const query of ['array missing', 'sortan', 'x']) assert.equal(search(query), undefined, query);
  });

  it('says where the first word is, with what is around it on one line', async () => {
    await keep(`${'before '.repeat(20)}\n\tthe needle here\n${'after '.repeat(50)}`, 'A reply.');
    const result = search('needle');
    assert.match(result?.excerpt ?? '', /^….*before the needle here after.*…$/);
    assert.ok((result?.excerpt.length ?? 0) < 160);
    assert.equal(search('reply needle')?.excerpt, 'A reply.');
  });

  it('finds words with hyphens, slashes and brackets in every script', async () => {
    await keep('naïve-café und/oder [Größe] {ä}', 'É.+');
    for (const query of ['naïve-café', 'und/oder', '[größe]', '{Ä}', 'é.+', '-', '/'])
      assert.equal(search(query)?.turn, 'a', query);
  });

  it('finds Japanese, other scripts in any case, and emoji', async () => {
    await keep('配列を並べ替える方法は?', 'ÄRGER mit ΣΊΣΥΦΟΣ 🙂 и Слово');
    for (const query of ['配列', '並べ替える 方法', 'ärger', 'слово', '🙂', 'σίσυφοσ', '配列 слово mit'])
      assert.equal(search(query)?.turn, 'a', query);
    assert.equal(search('配例'), undefined);
    assert.ok(search('方法')?.excerpt.includes('配列を並べ替える方法は?'));
  });

  it('takes signs as they are, also those of regular expressions', async () => {
    await keep('a.b*c [x] (y) {z} $1 ^ | + ? -/', 'C:\\new\\table "quoted" it’s\ttab');
    for (const query of [
      'a.b*c',
      '[x]',
      '(y)',
      '{z}',
      '$1',
      '^',
      '|',
      '+',
      '?',
      '-/',
      'c:\\new\\table',
      '"quoted"',
      '\\n',
      '\\t',
    ])
      assert.equal(search(query)?.turn, 'a', query);
    for (const query of ['a.b.c', 'axb', '.*', '[xy]', '\\\\', 'c:\\\\new', '\\"', '\\q', '\\u'])
      assert.equal(search(query), undefined, query);
  });

  it('does not take JSON’s escapes for text', async () => {
    await keep('one\ntwo\ttab\u0007bell', 'plain');
    for (const query of ['ntwo', '\\n', 'ttab', 'u0007', '0007bell'])
      assert.equal(search(query), undefined, query);
    for (const query of ['two', 'tab', 'bell', 'one two']) assert.equal(search(query)?.turn, 'a', query);
  });

  it('does not find names and values of fields', async () => {
    await keep('A prompt.', 'A reply.');
    for (const query of [
      'request',
      'type',
      'messages',
      'claude',
      'us-east-1',
      'end_turn',
      'content',
      'true',
      '1000',
      '{',
      '":"',
      'startedAt',
    ])
      assert.equal(search(query), undefined, query);
    await keep('What is the type of a request?', 'Text.', 'd');
    assert.equal(search('request type', 'd')?.turn, 'a');
    assert.equal(search('text', 'd')?.excerpt, 'Text.');
  });

  it('finds the turn, whichever it is', async () => {
    await keep('First', 'One');
    await keep('Second', 'Two', 'c', 'b');
    assert.deepEqual([search('one')?.turn, search('two')?.turn, search('second')?.turn], ['a', 'b', 'b']);
  });

  it('finds the turn with the most of the words, prompt and reply together, the first of equals', async () => {
    await keep('Alpha', 'One', 'c', 'a');
    await keep('Beta', 'Two alpha', 'c', 'b');
    await keep('Beta alpha', 'Gamma ärger', 'c', 'd');
    await keep('Gamma', 'Alpha Beta Ärger', 'c', 'e');
    const turns = { 'alpha beta': 'b', 'beta alpha': 'b', 'one gamma': 'a', 'gamma two': 'b' };
    for (const [query, turn] of Object.entries(turns)) assert.equal(search(query)?.turn, turn, query);
    assert.equal(search('alpha gamma beta')?.turn, 'd');
    assert.equal(search('alpha ärger gamma')?.turn, 'd');
    assert.equal(search('alpha beta')?.excerpt, 'Two alpha');
    // Names of fields are no words of a turn.
    assert.equal(search('alpha two')?.turn, 'b');
    await keep('The request', 'messages role', 'f', 'a');
    await keep('Zeta role', 'x', 'f', 'b');
    assert.equal(search('zeta request role', 'f')?.turn, 'a');
  });

  it('finds a rare word among many turns with a common one', async () => {
    for (let count = 0; count < 300; count++) await keep('common', 'reply', 'c', `t${count}`);
    await keep('common', 'rare', 'c', 'last');
    assert.equal(search('common rare')?.turn, 'last');
  }).timeout(60_000);

  it('finds what is attached by its name, and by nothing else', async () => {
    const name = 'Größen (2026).pdf';
    const data = { sha256: 'a'.repeat(64), size: 1000 };
    const request = {
      id: 'a',
      prompt: 'Read this.',
      blobs: [{ type: 'document', format: 'pdf', name, data }],
    } as const;
    const { replies } = history().openWindow();
    await replies.begin(turnIn(request));
    await replies.end(turnIn(request, textEvent('A reply.'), done));
    assert.deepEqual(search('größen'), { id: 'c', turn: 'a', excerpt: name });
    assert.equal(search('(2026).pdf read')?.turn, 'a');
    for (const query of ['aaaaaaaa', 'document', 'sha256']) assert.equal(search(query), undefined, query);
  });

  it('finds a title, without a turn, if it is the latest', async () => {
    await keep('A prompt.', 'A reply.');
    await rename('Old name');
    assert.deepEqual(search('NAME'), { id: 'c', excerpt: 'Old name' });
    await rename('New title "quoted"');
    assert.equal(search('old'), undefined);
    assert.deepEqual(search('new title'), { id: 'c', excerpt: 'New title "quoted"' });
    assert.deepEqual(search('new reply'), { id: 'c', turn: 'a', excerpt: 'A reply.' });
  });

  it('finds nothing where there is nothing', () => {
    assert.equal(search('x', 'missing'), undefined);
    assert.deepEqual(wordsOf(' \n '), []);
  });

  it('finds each part of whatever text', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((each) => /\S/.test(each));
    await fc.assert(
      fc.asyncProperty(text, fc.nat(), fc.nat(), async (reply, from, length) => {
        const id = `p${Math.random().toString(36).slice(2)}`;
        await keep('-', reply, id);
        const part = reply
          .toWellFormed()
          .slice(from % reply.length)
          .slice(0, 1 + (length % 10));
        if (part.trim() && part.isWellFormed()) assert.ok(search(part, id), JSON.stringify([reply, part]));
      }),
      { numRuns: 200 },
    );
  });

  it('is done in a thread, where a later query ends an earlier one', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `c${index}`);
    for (const id of ids) await keep(`Prompt of ${id}.`, 'A reply.', id);
    const searcher = new Searcher(path.join(__dirname, '..', '..', '..', '..', 'dist'));
    const files = ids.map((id) => ({ id, file: history().directory.conversation(id) }));
    const ended: string[] = [];
    const run = (query: string) =>
      new Promise<readonly SearchResult[]>((resolve, reject) => {
        const found: SearchResult[] = [];
        searcher.search(
          { query, files },
          {
            onResults: (results) => found.push(...results),
            onEnd: () => {
              ended.push(query);
              resolve(found);
            },
            onError: reject,
          },
        );
      });
    void run('reply');
    void run('prompt');
    assert.deepEqual(
      (await run('c7.')).map(({ id }) => id),
      ['c7'],
    );
    assert.equal((await run('reply')).length, 30);
    assert.deepEqual(ended, ['c7.', 'reply']);
    searcher.stop();
  });
});
