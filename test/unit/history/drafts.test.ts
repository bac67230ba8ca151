// Drafts on disk: whichever window types, crashes and opens the conversation next, what was typed is in one place.
import assert from 'node:assert/strict';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type BlobAttachment } from '../../../src/history/attachment';
import {
  type Draft,
  type SentPrompt,
  emptyDraft,
  hasText,
  parseDraft,
  withEditBegun,
  withEditCancelled,
  withPromptBack,
  withPromptOut,
} from '../../../src/history/draft';
import { DraftWriter } from '../../../src/history/draftWriter';
import { until } from '../../limits';
import { historyForEachTest } from './directories';

const draft = (text: string): Draft => ({ ...emptyDraft, text });
const whole: Draft = {
  text: 'Typed\n日本語',
  attachments: [{ id: 'x', name: 'main.ts:1', text: '```\ncode\n```', sources: [] }],
  editing: {
    ...{ turn: 'a', before: 'Before' },
    attachments: [{ id: 'y', name: 'main.ts:2', text: 'code', sources: [] }],
  },
  queue: [
    { id: 'q', text: 'Queued', after: 'a', attachments: [] },
    { id: 'r', text: 'Queued', after: 'a', attachments: [], model: 'anthropic.claude-y' },
  ],
  model: 'anthropic.claude-x',
  position: { turn: 'a', offset: -3.5 },
  rewrites: [{ turn: 'b', text: 'Rewritten', attachments: [] }],
};

const sentPrompt: SentPrompt = { text: 'Prompt', attachments: [] };
const picture: BlobAttachment = {
  id: 'p',
  block: {
    ...{ type: 'image', format: 'png', name: 'diagram.png', width: 8000, height: 6000 },
    data: { sha256: 'a'.repeat(64), size: 3_000_000 },
  },
  scaledFrom: { width: 16_000, height: 12_000, size: 30_000_000 },
};
const report: BlobAttachment = {
  id: 'd',
  block: {
    ...{ type: 'document', format: 'pdf', name: 'report.pdf', pages: 12 },
    data: { sha256: 'b'.repeat(64), size: 1_000_000 },
  },
};

describe('a draft', () => {
  it('keeps pictures and documents wherever they are attached, and none that is damaged', () => {
    const attachments = [picture, ...whole.attachments, report];
    const everywhere: Draft = {
      ...{ ...whole, attachments },
      editing: { turn: 'a', before: '', attachments },
      queue: [{ id: 'q', text: '', after: 'a', attachments }],
      rewrites: [{ turn: 'b', text: '', attachments }],
    };
    assert.deepEqual(parseDraft(JSON.stringify(everywhere)), everywhere);
    assert.ok(hasText({ ...emptyDraft, attachments: [picture] }));
    const damaged = [
      { ...picture, id: 1 },
      { ...picture, block: null },
      { ...picture, block: { ...picture.block, type: 'text', text: '' } },
      { ...picture, block: { ...picture.block, format: 'svg' } },
      { ...picture, block: { ...picture.block, data: { sha256: '../../x', size: 1 } } },
      { ...picture, scaledFrom: { width: -1, height: 1, size: 1 } },
      { ...report, block: { ...report.block, name: 1 } },
      { ...whole.attachments[0], uri: 1 },
    ];
    const read = parseDraft(JSON.stringify({ ...everywhere, attachments: [...damaged, report] }));
    assert.deepEqual(read?.attachments, [report]);
  });

  it('gets back what the prompt has attached when it is edited, and keeps its edit if something of it is removed', () => {
    const sent: SentPrompt = { text: 'Prompt', attachments: [picture, report] };
    const edit = { turn: 'a', text: 'Prompt', before: 'Typed' };
    const typed = { ...draft('Typed'), attachments: [report] };
    const begun = withEditBegun(typed, edit, () => sent);
    assert.deepEqual([begun.attachments, begun.editing?.attachments], [[picture, report], [report]]);
    // Nothing was changed.
    for (const text of ['Prompt', ' ']) {
      const left = withEditCancelled({ ...begun, text }, () => sent);
      assert.deepEqual([left.attachments, left.rewrites], [[report], []]);
    }
    for (const attachments of [[], [report], [report, picture]]) {
      const left = withEditCancelled({ ...begun, attachments }, () => sent);
      assert.deepEqual(left.rewrites, [{ turn: 'a', text: 'Prompt', attachments }]);
      assert.deepEqual(withEditBegun(left, edit, () => sent).attachments, attachments);
    }
    // A prompt without a text.
    const pictureAlone: SentPrompt = { text: '', attachments: [picture] };
    const emptied = { ...withEditBegun(typed, { ...edit, text: '' }, () => pictureAlone), attachments: [] };
    assert.deepEqual(withEditCancelled(emptied, () => pictureAlone).rewrites, []);
  });

  it('has each attachment once when what was being sent comes back beside it', () => {
    const sent: SentPrompt = { text: 'Prompt', attachments: [picture] };
    const edit = { turn: 'a', text: 'Prompt', before: '' };
    const { draft: sending, prompt } = withPromptOut(
      withEditBegun(emptyDraft, edit, () => sent),
      'One',
    );
    const again = withEditBegun(sending, { ...edit, text: 'Two' }, () => sent);
    const back = withPromptBack({ ...again, attachments: [...again.attachments, report] }, prompt);
    assert.deepEqual([back.text, back.attachments], ['One\nTwo', [picture, report]]);
  });

  it('is read as it was written', () => {
    assert.deepEqual(parseDraft(JSON.stringify(whole)), whole);
    assert.deepEqual(parseDraft(JSON.stringify(emptyDraft)), emptyDraft);
  });

  it('is not read if damaged, at whichever byte it ends', () => {
    const json = JSON.stringify(whole);
    for (let end = 0; end < json.length; end++) assert.equal(parseDraft(json.slice(0, end)), undefined);
    for (const text of ['null', '[]', '1', '{}', '{"text":1}', '"text"'])
      assert.equal(parseDraft(text), undefined, text);
  });

  it('lacks what is damaged of it alone', () => {
    const hostile = {
      ...{ text: 'Typed', attachments: [null, { id: 1 }, whole.attachments[0]], editing: { turn: 1 } },
      ...{
        queue: [{ ...whole.queue[0], attachments: [1] }, { ...whole.queue[0], model: 1 }, ...whole.queue],
        model: 1,
        position: 'x',
      },
      ...{ outgoing: { text: 1 }, rewrites: [{ turn: 1 }, null, { turn: 'b', text: 'Rewritten' }] },
      __proto__: null,
    };
    assert.deepEqual(parseDraft(JSON.stringify(hostile)), {
      ...{ text: 'Typed', attachments: whole.attachments, queue: whole.queue },
    });
    assert.deepEqual(parseDraft('{"text":"a","attachments":{},"queue":"x"}'), draft('a'));
  });

  it('is read as earlier versions wrote it', () => {
    const { rewrites, ...earlier } = { ...whole, editing: { turn: 'a', before: 'Before' } };
    assert.deepEqual(parseDraft(JSON.stringify(earlier)), earlier);
    const outgoing = { text: 'Sent', attachments: [], editing: { turn: 'b', before: 'Before' } };
    const read = parseDraft(JSON.stringify({ ...draft('Before'), outgoing }));
    assert.deepEqual([read?.text, read?.editing?.before, read?.outgoing], ['Sent', 'Before', undefined]);
  });

  it('gets a prompt back that was being sent, before what was typed since', () => {
    const outgoing = [{ text: 'Sent', attachments: whole.attachments }];
    assert.deepEqual(parseDraft(JSON.stringify({ ...draft('Since'), outgoing })), {
      ...{ text: 'Sent\nSince', attachments: whole.attachments, queue: [] },
    });
  });

  it('gets an edit back that was being sent, beside what was typed before and since', () => {
    const { draft: sending, prompt } = withPromptOut(whole, 'Edited');
    assert.deepEqual([sending.text, sending.attachments], ['Before', whole.editing?.attachments]);
    assert.deepEqual(parseDraft(JSON.stringify(sending)), { ...whole, text: 'Edited' });
    // One that has begun since goes on.
    const other = withEditBegun(sending, { turn: 'b', text: 'Rewritten', before: 'Since' }, () => undefined);
    const back = withPromptBack({ ...other, text: 'Other' }, prompt);
    assert.deepEqual(
      [back.text, back.editing, back.rewrites],
      [
        'Other',
        { turn: 'b', before: 'Since', attachments: whole.editing?.attachments },
        [{ turn: 'a', text: 'Edited', attachments: whole.attachments }],
      ],
    );
    const again = withEditBegun(sending, { turn: 'a', text: 'Again', before: 'Since' }, () => undefined);
    assert.equal(withPromptBack(again, prompt).text, 'Edited\nAgain');
    // What is no edit does not become a part of one.
    const aside = withPromptBack(other, { text: 'Sent', attachments: [] });
    assert.deepEqual([aside.text, aside.editing?.before], ['Rewritten', 'Sent\nSince']);
  });

  it('keeps what was typed in an edit, unless that is the prompt or nothing', () => {
    for (const [text, kept] of [
      ['Prompt', undefined],
      ['', undefined],
      ['Changed', 'Changed'],
    ] as const) {
      const begun = withEditBegun(
        draft('Typed'),
        { turn: 'a', text: 'Prompt', before: 'Typed' },
        () => sentPrompt,
      );
      const left = withEditCancelled({ ...begun, text }, () => sentPrompt);
      assert.deepEqual([left.text, left.rewrites?.[0]?.text, left.editing], ['Typed', kept, undefined]);
      assert.equal(hasText({ ...left, text: '' }), kept !== undefined);
    }
    // An edit that the page did not know is not replaced by another.
    const edit = { turn: 'b', text: 'Prompt', before: '' };
    const unknown = withEditBegun({ ...whole, text: 'In a' }, edit, () => sentPrompt);
    const left = withEditCancelled({ ...unknown, text: 'Changed' }, () => sentPrompt);
    assert.equal(left.rewrites?.find(({ turn }) => turn === 'b')?.text, 'Changed\nRewritten');
  });
});

describe('the drafts of windows', () => {
  const history = historyForEachTest();
  const count = async () => (await history().directory.drafts()).length;

  it('are taken over from a window that has ended, and moved', async () => {
    const { openWindow, crash, directory } = history();
    const [first, second] = [openWindow(), openWindow()];
    await first.drafts.write('c', whole);
    await first.drafts.write('d', draft('Another'));
    await crash(first);
    assert.deepEqual(await second.drafts.adopt('c'), whole);
    assert.deepEqual(
      (await directory.drafts()).find(({ conversation }) => conversation === 'c')?.window,
      second.presence.id,
    );
    assert.equal(await second.drafts.adopt('c'), undefined);
    assert.equal(await count(), 2);
  });

  it('stay with a window that is open', async () => {
    const { openWindow, crash } = history();
    const [first, second] = [openWindow(), openWindow()];
    await first.drafts.write('c', draft('Of the first'));
    assert.equal(await second.drafts.adopt('c'), undefined);
    await second.drafts.write('c', draft('Of the second'));
    await crash(first);
    await crash(second);
    const texts = [await openWindow().drafts.adopt('c'), await openWindow().drafts.adopt('c')];
    assert.deepEqual(texts.map((each) => each?.text).sort(), ['Of the first', 'Of the second']);
    assert.equal(await openWindow().drafts.adopt('c'), undefined);
  });

  it('are taken over by one window alone, of several that open the conversation at once', async () => {
    const { openWindow, crash } = history();
    const first = openWindow();
    await first.drafts.write('c', draft('Typed'));
    await crash(first);
    const adopted = await Promise.all(Array.from({ length: 5 }, () => openWindow().drafts.adopt('c')));
    assert.deepEqual(
      adopted.flatMap((each) => each?.text ?? []),
      ['Typed'],
    );
    assert.equal(await count(), 1);
  });

  it('are not replaced by older ones in a window that has its own', async () => {
    const { openWindow, crash } = history();
    const [first, second] = [openWindow(), openWindow()];
    await first.drafts.write('c', draft('Old'));
    await crash(first);
    await second.drafts.write('c', draft('New'));
    assert.equal(await second.drafts.adopt('c'), undefined);
    await second.drafts.write('c', emptyDraft);
    assert.equal((await second.drafts.adopt('c'))?.text, 'Old');
  });

  it('are taken over the latest first, those with a text before others, and damaged ones never', async () => {
    const { openWindow, crash, directory } = history();
    const windows = [openWindow(), openWindow(), openWindow()];
    const [old, late, without] = windows;
    await old?.drafts.write('c', draft('Old'));
    await late?.drafts.write('c', draft('Late'));
    await without?.drafts.write('c', { ...emptyDraft, model: 'm' });
    for (const window of windows) await crash(window);
    const at = async (window: string | undefined, ms: number) =>
      utimes(directory.draft('c', window ?? ''), new Date(ms), new Date(ms));
    await at(old?.presence.id, 1e12);
    await at(late?.presence.id, 2e12);
    await at(without?.presence.id, 3e12);
    await writeFile(directory.draft('c', 'damaged'), '{"text":"Dam');
    const found = [];
    for (let index = 0; index < 4; index++) found.push(await openWindow().drafts.adopt('c'));
    assert.deepEqual(
      found.map((each) => each && (each.text || each.model)),
      ['Late', 'Old', 'm', undefined],
    );
  });

  it('are deleted when they say nothing, and with their conversation', async () => {
    const { openWindow } = history();
    const { drafts } = openWindow();
    await drafts.write('c', draft('Typed'));
    await drafts.write('c', emptyDraft);
    assert.equal(await count(), 0);
    await drafts.write('c', draft('Typed'));
    await drafts.write('d', draft('Typed'));
    await openWindow().drafts.write('c', draft('Too'));
    await drafts.remove(['c']);
    assert.deepEqual(
      (await history().directory.drafts()).map(({ conversation }) => conversation),
      ['d'],
    );
  });

  it('are replaced as a whole: no half is left beside them', async () => {
    const { openWindow, directory } = history();
    const { drafts } = openWindow();
    await Promise.all(['1', '2', '3'].map((text) => drafts.write('c', draft(text))));
    assert.deepEqual((await readdir(path.join(directory.path, 'drafts'))).length, 1);
  });
});

describe('the writer of drafts', () => {
  const history = historyForEachTest();

  it('writes the latest soon, and at once when asked', async () => {
    const { openWindow, crash } = history();
    const window = openWindow();
    const errors: unknown[] = [];
    const writer = new DraftWriter({ files: () => window.drafts, onError: (error) => errors.push(error) });
    writer.set('c', draft('First'));
    writer.set('c', draft('Second'));
    await until(async () => (await history().directory.drafts()).length > 0, 'it is written');
    writer.set('d', draft('Third'));
    writer.set('e', draft('Forgotten'));
    await writer.forget(['e']);
    await writer.flush();
    await crash(window);
    const { drafts } = openWindow();
    const texts = await Promise.all(['c', 'd', 'e'].map(async (id) => (await drafts.adopt(id))?.text));
    assert.deepEqual([...texts, ...errors], ['Second', 'Third', undefined]);
  });

  it('lets a slow disk skip what has been replaced meanwhile', async () => {
    const written: string[] = [];
    let release = (): void => undefined;
    const write = async (_: string, { text }: Draft) => {
      written.push(text);
      await new Promise<void>((resolve) => (release = resolve));
    };
    const writer = new DraftWriter({
      files: () => ({ write }),
      onError: (error) => assert.fail(String(error)),
    });
    writer.set('c', draft('1'));
    await until(() => written.length === 1, 'the first is being written');
    for (const text of ['2', '3', '4']) writer.set('c', draft(text));
    const flushed = writer.flush();
    release();
    await until(() => written.length === 2, 'the last is being written');
    release();
    await flushed;
    assert.deepEqual(written, ['1', '4']);
  });

  it('is written less often with megabytes of attached text, and at once when the window ends', async () => {
    const countingWriter = () => {
      let count = 0;
      const write = () => Promise.resolve(void (count += 1));
      const writer = new DraftWriter({
        files: () => ({ write }),
        onError: (error) => assert.fail(String(error)),
      });
      return { writer, count: () => count };
    };
    const [large, small] = [countingWriter(), countingWriter()];
    const text = 'x'.repeat(25_000_000);
    const attachments = [{ id: 'x', name: 'large.txt', text, sources: [] }];
    large.writer.set('c', { ...draft('1'), attachments });
    await until(() => large.count() === 1, 'it is soon written once');
    large.writer.set('c', { ...draft('2'), attachments });
    for (const times of [1, 2, 3]) {
      small.writer.set('c', draft(`${times}`));
      await until(() => small.count() === times, 'the small one is written');
    }
    assert.equal(large.count(), 1);
    await large.writer.flush();
    assert.equal(large.count(), 2);
    // Once it is sent, the draft is small.
    large.writer.set('c', { ...draft('3'), attachments });
    large.writer.set('c', draft(''));
    small.writer.set('c', draft('4'));
    await until(() => small.count() === 4, 'the small one is written');
    assert.equal(large.count(), 3);
  });

  it('keeps nothing while nothing may be kept, and reports what cannot be written', async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const off = new DraftWriter({ files: () => undefined, onError });
    off.set('c', draft('Typed'));
    await off.flush();
    assert.deepEqual(await history().directory.drafts(), []);
    const failing = new DraftWriter({
      files: () => ({ write: () => Promise.reject(new Error('full')) }),
      onError,
    });
    failing.set('c', draft('Typed'));
    await failing.flush();
    assert.equal(String(errors), 'Error: full');
  });

  /** A disk that is full until `free` is called. */
  const fullDisk = () => {
    const written: string[] = [];
    let isFull = true;
    let attempts = 0;
    const write = (conversation: string, { text }: Draft) => {
      attempts += 1;
      if (isFull) return Promise.reject(new Error('full'));
      written.push(`${conversation}: ${text}`);
      return Promise.resolve();
    };
    const errors: unknown[] = [];
    const writer = new DraftWriter({ files: () => ({ write }), onError: (error) => errors.push(error) });
    return { writer, written, errors, attempts: () => attempts, free: () => (isFull = false) };
  };

  it('tries again what could not be written, without a key, and not without a pause', async () => {
    const { writer, written, errors, attempts, free } = fullDisk();
    writer.set('c', draft('Typed'));
    await writer.flush();
    await until(() => attempts() === 2, 'it is tried again');
    assert.equal(errors.length, 2);
    free();
    await until(() => written.length > 0, 'it is written');
    assert.deepEqual([written, attempts()], [['c: Typed'], 3]);
  });

  it('tries again at once when the window ends, with what was typed since', async () => {
    const { writer, written, free } = fullDisk();
    writer.set('c', draft('Old'));
    writer.set('d', draft('Typed'));
    await writer.flush();
    writer.set('c', draft('New'));
    free();
    await writer.flush();
    assert.deepEqual(written.sort(), ['c: New', 'd: Typed']);
  });

  it('does not try again what is forgotten', async () => {
    const { writer, written, free } = fullDisk();
    writer.set('c', draft('Typed'));
    const flushed = writer.flush();
    await writer.forget(['c']);
    await flushed;
    free();
    await writer.flush();
    assert.deepEqual(written, []);
  });
});
