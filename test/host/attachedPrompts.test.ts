// Prompts with pictures and documents: what is sent of them, and where they are afterwards.
import assert from 'node:assert/strict';
import type { DocumentBlock, ImageBlock } from '../../src/core/model/content';
import { type Request, promptMessage } from '../../src/core/model/request';
import type { Attachment } from '../../src/history/attachment';
import { checkContent } from '../../src/prompt/contentCheck';
import { type PreflightContext, preflight } from '../../src/prompt/preflight';
import { lacksQuestion, promptContent, quotedLines } from '../../src/prompt/promptContent';
import { takeLastTurns } from '../../src/prompt/takeLastTurns';
import { promptInput } from '../../src/prompt/requestBuilder';
import { Scene } from './composerScene';

const image = (letter: string, size = 1000): ImageBlock => ({
  ...{ type: 'image', format: 'png', name: `${letter}.png` },
  data: { sha256: letter.repeat(64), size },
});
const document = (letter: string, size = 1000): DocumentBlock => ({
  ...{ type: 'document', format: 'pdf', name: `${letter}.pdf` },
  data: { sha256: letter.repeat(64), size },
});
const chip = (block: ImageBlock | DocumentBlock): Attachment => ({ id: block.name ?? '', block });
const text = (name: string, content = 'code'): Attachment => ({
  ...{ id: name, name, sources: [] },
  text: `${name}\n\`\`\`\n${content}\n\`\`\``,
});
/** The kinds of the blocks of a request's prompt, and what is in them. */
const contentOf = (request: Request | undefined) =>
  promptMessage(request ?? { messages: [] })?.content.map((block) =>
    block.type === 'text' ? block.text : 'name' in block ? block.name : block.type,
  );

describe('the content of a prompt', () => {
  it('is its pictures and documents in the order of their chips, then the text with all texts that are attached', () => {
    const attachments = [chip(document('d')), text('main.ts'), chip(image('a')), text('b.ts')];
    const content = promptContent({ text: 'Why?', attachments });
    assert.deepEqual(
      content.map((block) => ('text' in block ? block.text : 'name' in block && block.name)),
      ['d.pdf', 'a.png', 'Why?\n\nmain.ts\n```\ncode\n```\n\nb.ts\n```\ncode\n```'],
    );
    assert.deepEqual(promptContent({ text: ' \n', attachments: [chip(image('a'))] }), [image('a')]);
    assert.deepEqual(promptContent({ text: '', attachments: [] }), [{ type: 'text', text: '' }]);
  });

  it('lacks a question only if a document stands alone', () => {
    for (const [typed, attachments, lacks] of [
      ['', [chip(document('d'))], true],
      [' \u200b\n', [chip(image('a')), chip(document('d'))], true],
      ['?', [chip(document('d'))], false],
      ['', [chip(document('d')), text('main.ts')], false],
      ['', [chip(image('a'))], false],
    ] as const)
      assert.equal(lacksQuestion({ text: typed, attachments }), lacks, JSON.stringify(typed));
  });
});

describe('a prompt with pictures and documents', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => scene.dispose());
  const attach = (...attachments: readonly Attachment[]) => scene.drafts.update('one', { attachments });
  const names = () => scene.draft.attachments.map(({ id }) => id);
  const last = () => contentOf(scene.requests.at(-1));
  const edit = (turn: string) =>
    scene.handle({ type: 'editPrompt', turn, text: scene.sent[0] ?? '', before: scene.draft.text });

  it('is sent with them, also without a text if they are pictures, and again with each prompt that follows', async () => {
    attach(chip(image('a')));
    await scene.submit('');
    await scene.endRequest(scene.requests[0]!.id);
    assert.deepEqual([last(), names()], [['a.png'], []]);
    attach(chip(document('d')), chip(image('b')));
    await scene.submit('What are they?');
    assert.deepEqual(last(), ['d.pdf', 'b.png', 'What are they?']);
    assert.deepEqual(scene.requests[1]?.messages[0]?.content, [image('a')]);
  });

  it('is back in the composer if nothing is asked about a document, also as an edit', async () => {
    attach(chip(document('d')));
    await scene.submit(' ');
    assert.deepEqual([scene.requests.length, names(), scene.draft.outgoing], [0, ['d.pdf'], undefined]);
    await scene.submit('What is it?');
    await scene.end('What is it?');
    const { id } = scene.requests[0]!;
    const back: string[] = [];
    scene.composer.listen({ onPromptBack: (_, { editing }) => back.push(editing?.turn ?? '') });
    await edit(id);
    await scene.submit('');
    assert.deepEqual([scene.requests.length, scene.draft.editing?.turn, back], [1, id, [id]]);
    assert.equal(scene.draft.attachments.length, 1);
    // Behind a reply that is running, too.
    await scene.handle({ type: 'cancelEdit', conversation: 'one' });
    await scene.submit('Another.');
    attach(chip(document('d')));
    await scene.submit('');
    assert.deepEqual([names(), scene.draft.queue], [['d.pdf'], []]);
  });

  it('keeps them in the queue, when it is sent again, and when another model is asked', async () => {
    await scene.submit('First.');
    attach(chip(image('a')));
    await scene.submit('');
    assert.deepEqual([names(), scene.draft.queue[0]?.attachments.length], [[], 1]);
    await scene.end('First.');
    assert.deepEqual(last(), ['a.png']);
    const { id } = scene.requests[1]!;
    await scene.endRequest(id);
    await scene.composer.resend(scene.conversations.turn(id)!);
    assert.deepEqual(last(), ['a.png']);
    await scene.composer.resend(scene.conversations.turn(id)!, { model: 'B' });
    assert.deepEqual([last(), scene.requests.at(-1)?.target.model], [['a.png'], 'B']);
  });

  it('gets them back when it is edited, and is sent without one that is removed', async () => {
    attach(chip(image('a')), chip(document('d')));
    await scene.submit('What are they?');
    await scene.end('What are they?');
    attach(chip(image('b')));
    const { id } = scene.requests[0]!;
    await edit(id);
    const [first, second] = scene.draft.attachments;
    assert.deepEqual(
      [first, second].map((each) => each && 'block' in each && each.block.name),
      ['a.png', 'd.pdf'],
    );
    await scene.handle({ type: 'detach', conversation: 'one', attachment: first!.id });
    await scene.submit('What is it?');
    assert.deepEqual([last(), names()], [['d.pdf', 'What is it?'], ['b.png']]);
  });

  it('goes along when its end becomes another conversation', async () => {
    attach(chip(image('a')));
    await scene.submit('What is it?');
    await scene.end('What is it?');
    attach(chip(image('b')));
    const id = takeLastTurns('one', 1, scene);
    assert.deepEqual(contentOf(scene.conversations.get(id)?.turns[0]?.request), ['a.png', 'What is it?']);
    assert.deepEqual([scene.drafts.get(id).attachments.length, names()], [1, []]);
  });
});

describe('before pictures and documents leave', () => {
  const target = {
    model: 'anthropic.claude-x',
    region: 'us-east-1',
    api: 'converse',
    stream: 'auto',
  } as const;
  const prompt = (...content: readonly (ImageBlock | DocumentBlock)[]) => [
    { role: 'user', content } as const,
  ];
  /** What is asked, and decided if that button is pressed. */
  const check = async (
    messages: Parameters<typeof checkContent>[0],
    { answer = 'Cancel', takes = undefined as boolean | undefined, own = '' } = {},
  ) => {
    const asked: string[] = [];
    const decision = await checkContent(
      messages,
      {
        target: own ? { ...target, model: own, api: 'invoke' } : target,
        ...{ model: 'Model X', takes: () => takes },
      },
      (...texts) => {
        asked.push(...texts);
        return Promise.resolve(texts.includes(answer) ? answer : undefined);
      },
    );
    return [decision, ...asked];
  };

  it('nothing is asked that is within the limits, and of which it is not known that the model refuses it', async () => {
    const pictures = Array.from({ length: 20 }, () => image('a'));
    const documents = Array.from({ length: 5 }, () => document('d'));
    for (const takes of [undefined, true])
      assert.deepEqual(await check(prompt(...pictures, ...documents), { takes }), ['send']);
    assert.deepEqual(await check([{ role: 'user', content: [] }], { takes: false }), ['send']);
  });

  it('the user decides about what the model refuses, and may choose another', async () => {
    const pictures = prompt(image('a'));
    const question = 'Model X doesn’t take pictures, and the conversation has some.';
    const buttons = ['Select Model…', 'Send Anyway', 'Cancel'];
    assert.deepEqual(await check(pictures, { takes: false }), ['cancel', question, ...buttons]);
    assert.equal((await check(pictures, { takes: false, answer: 'Select Model…' }))[0], 'selectModel');
    assert.equal((await check(pictures, { takes: false, answer: 'Send Anyway' }))[0], 'send');
    assert.match((await check(prompt(document('d')), { takes: false }))[1] ?? '', / documents, /);
    assert.match(
      (await check(prompt(document('d'), image('a')), { takes: false }))[1] ?? '',
      /pictures and doc/,
    );
    // A body of one text has no place for them, whatever is known.
    assert.deepEqual((await check(pictures, { takes: true, own: 'anthropic.claude-v2:1' })).slice(2), [
      'Select Model…',
      'Cancel',
    ]);
  });

  it('Converse is offered for documents that have no place in Claude’s own body', async () => {
    const own = 'anthropic.claude-3-haiku-20240307-v1:0';
    const documents = (...formats: readonly DocumentBlock['format'][]) =>
      prompt(...formats.map((format) => ({ ...document('d'), format })));
    const all = ['pdf', 'csv', 'html', 'txt', 'md'] as const;
    assert.deepEqual(await check(documents(...all), { own }), ['send']);
    for (const format of ['doc', 'docx', 'xls', 'xlsx'] as const) {
      assert.deepEqual(await check(documents(format)), ['send']);
      assert.deepEqual(await check(documents('pdf', format), { own }), [
        'cancel',
        'Model X takes Word and Excel documents only through Converse (setting request.api), and the conversation has some.',
        ...['Use Converse', 'Select Model…', 'Cancel'],
      ]);
    }
    assert.equal((await check(documents('docx'), { own, answer: 'Use Converse' }))[0], 'useConverse');
    assert.equal((await check(documents('docx'), { own, answer: 'Select Model…' }))[0], 'selectModel');
    // If the model takes none, Converse does not help.
    assert.deepEqual((await check(documents('docx'), { own, takes: false })).slice(1), [
      'Model X doesn’t take documents, and the conversation has some.',
      ...['Select Model…', 'Cancel'],
    ]);
  });

  it('the numbers are named of what Bedrock may refuse, with what earlier prompts send again', async () => {
    const earlier = prompt(
      ...Array.from({ length: 19 }, () => image('a')),
      ...Array.from({ length: 4 }, () => document('d')),
    );
    const messages = [...earlier, ...prompt(image('b'), image('c'), document('e'), document('f'))];
    const [, question = '', ...buttons] = await check(messages);
    assert.match(
      question,
      /21 pictures are sent\. Bedrock takes up to 20\. .*6 documents are sent\. Bedrock takes up to 5\./,
    );
    assert.deepEqual(buttons, ['Send Anyway', 'Cancel']);
    // In base64, it has a third more.
    const mb = 1024 * 1024;
    const large = (size: number) => prompt(...Array.from({ length: 5 }, () => image('a', size / 5)));
    assert.deepEqual(await check(large(18.7 * mb)), ['send']);
    assert.match(
      (await check(large(18.8 * mb)))[1] ?? '',
      /^The request would have about 25\.1 MB\. Bedrock takes up to 25 MB\.$/,
    );
  });
});

describe('before a text that is attached leaves', () => {
  const context: PreflightContext = {
    ...{ model: 'Model X', logs: 'none' },
    costOf: () => Promise.resolve({ kind: 'unknown', because: 'noPrice' }),
  };
  const key = ['ghp', 'R4nd0mLook1ngButMadeUpForThisTest7Qz9'].join('_');

  it('a key in it is named with its file and its line there', async () => {
    const attachments = [
      chip(image('a')),
      text('a.ts', 'one\ntwo'),
      text('config.env', `A=1\nB=2\nTOKEN=${key}`),
    ];
    const typed = { text: 'Why?\nTell me.', attachments };
    const asked: string[] = [];
    const ask = (message: string) => {
      asked.push(message);
      return Promise.resolve(undefined);
    };
    const input = {
      ...promptInput('', 'about'),
      messages: [{ role: 'user', content: promptContent(typed) } as const],
    };
    await preflight({ ...input, quoted: quotedLines(typed) }, context, ask);
    assert.match(asked[0] ?? '', /contain a GitHub token \(in config\.env, line 3\)\./);
    const selection = { ...text('main.ts:12-40', key), sources: [{}] } as unknown as Attachment;
    const quoted = quotedLines({ text: key, attachments: [selection] });
    const content = promptContent({ text: '', attachments: [selection] });
    await preflight(
      {
        ...input,
        messages: [{ role: 'user', content }],
        quoted: quotedLines({ text: '', attachments: [selection] }),
      },
      context,
      ask,
    );
    assert.match(asked[1] ?? '', /\(in main\.ts:12-40\)/);
    // What is typed beside it has its own lines.
    await preflight(
      {
        ...input,
        messages: [{ role: 'user', content: promptContent({ text: key, attachments: [selection] }) }],
        quoted,
      },
      context,
      ask,
    );
    assert.match(asked[2] ?? '', /\(line 1\)/);
  });

  it('pictures and documents count for the length', async () => {
    const asked: string[] = [];
    const input = {
      ...promptInput('Why?', 'about'),
      messages: [{ role: 'user', content: [{ ...document('d'), pages: 40 }] } as const],
    };
    await preflight(input, context, (message) => {
      asked.push(message);
      return Promise.resolve(undefined);
    });
    assert.match(asked[0] ?? '', /about 120,000 tokens/);
  });
});
