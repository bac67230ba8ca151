// A prompt with texts that are attached: how it is shown once it is sent, and what comes back when it is edited.
import assert from 'node:assert/strict';
import { type ImageBlock, textOf } from '../../src/core/model/content';
import { type Request, type Source, promptMessage, promptOf } from '../../src/core/model/request';
import { newReply } from '../../src/core/model/reply';
import type { Attachment } from '../../src/history/attachment';
import { typedInput } from '../../src/prompt/composerInput';
import type { SelectionContext } from '../../src/prompt/context';
import { promptContent, sentPrompt } from '../../src/prompt/promptContent';
import { aboutInput, buildRequest } from '../../src/prompt/requestBuilder';
import { noEarlierTurns, turnView } from '../../src/reply/view';
import { Scene, configOf } from './composerScene';

const image: ImageBlock = {
  ...{ type: 'image', format: 'png', name: 'a.png' },
  data: { sha256: 'a'.repeat(64), size: 1000 },
};
const text = (name: string): Attachment => ({
  ...{ id: name, name, sources: [] },
  text: `${name}\n\`\`\`\ncode\n\`\`\``,
});
/** The place of some lines in a file. */
const place = (first: number, last: number): Source => ({
  ...{ uri: 'file:///main.ts', version: 1 },
  range: { start: { line: first, character: 0 }, end: { line: last, character: 1 } },
});
const selection = { ...text('main.ts:1-2'), sources: [place(0, 1)] } as Attachment;
const wholeOf = (typed: string, ...attachments: readonly Attachment[]) =>
  textOf({ content: promptContent({ text: typed, attachments }) });
/** What is sent of a request's prompt. */
const contentOf = (request: Request | undefined) =>
  promptMessage(request ?? { messages: [] })?.content.map((block) =>
    block.type === 'text' ? block.text : 'name' in block ? block.name : block.type,
  );
const view = (request: Request) =>
  turnView(
    { request, reply: newReply(0) },
    { before: noEarlierTurns, versions: { ids: [request.id], index: 0 } },
    { label: undefined, cost: undefined, uncachedCost: undefined, runsElsewhere: false },
    0,
  );

describe('a prompt with texts that are attached', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => scene.dispose());
  const attach = (...attachments: readonly Attachment[]) => scene.drafts.update('one', { attachments });
  const sent = (index: number): Request => {
    const request = scene.requests[index];
    assert.ok(request);
    return request;
  };

  it('shows texts apart from what was typed, and gets them back when it is edited, with their selections', async () => {
    const notebook = { ...text('book.ipynb'), isNotebook: true } as Attachment;
    const picture: Attachment = { id: 'a', block: image };
    const attached = [selection, picture, text('notes.txt'), notebook];
    attach(...attached);
    await scene.submit('Why?');
    const { id } = sent(0);
    const whole = contentOf(sent(0));
    assert.equal(whole?.[1], wholeOf('Why?', ...attached));
    await scene.endRequest(id);
    const shown = view(sent(0));
    assert.deepEqual(
      [shown.prompt, shown.source, shown.attachments?.map(({ name }) => name)],
      ['Why?', '', ['a.png', 'main.ts:1-2', 'notes.txt', 'book.ipynb']],
    );
    await scene.handle({ type: 'editPrompt', turn: id, text: shown.prompt, before: '' });
    const withoutId = (each: Attachment) => ({ ...each, id: '' });
    assert.deepEqual(
      scene.draft.attachments.map(withoutId),
      [attached[1]!, attached[0]!, attached[2]!, attached[3]!].map(withoutId),
    );
    // Sent as it is, it is the same prompt.
    await scene.submit(shown.prompt);
    await scene.endRequest(sent(1).id);
    assert.deepEqual(contentOf(sent(1)), whole);
    assert.deepEqual(sent(1).sources, sent(0).sources);
    // Again, it keeps its parts; without the selection, it has no selection.
    await scene.composer.resend(scene.conversations.turn(id)!);
    assert.deepEqual(sent(2).quotedTexts, sent(0).quotedTexts);
    await scene.endRequest(sent(2).id);
    await scene.handle({ type: 'editPrompt', turn: id, text: 'Why?', before: '' });
    await scene.handle({ type: 'detach', conversation: 'one', attachment: scene.draft.attachments[1]!.id });
    await scene.submit('Why not?');
    assert.deepEqual(sent(3).sources, []);
    assert.deepEqual(contentOf(sent(3)), ['a.png', wholeOf('Why not?', text('notes.txt'), notebook)]);
  });

  it('of an earlier version, which does not tell its parts, is shown and edited whole', async () => {
    attach(selection);
    await scene.submit('Why?');
    await scene.endRequest(sent(0).id);
    const { quotedTexts, ...request } = sent(0);
    assert.equal(quotedTexts?.length, 1);
    const shown = view(request);
    assert.equal(shown.prompt, wholeOf('Why?', selection));
    assert.deepEqual([shown.source, shown.attachments], ['main.ts:1–2', undefined]);
    assert.deepEqual(sentPrompt(request), { text: shown.prompt, attachments: [] });
    const { sources } = typedInput(
      { text: 'Other', attachments: [] },
      { before: [], model: undefined, conversation: 'one', edited: request },
    );
    assert.deepEqual(sources, request.sources);
  });

  it('that asks about a selection shows it apart where the selection is its end', () => {
    const values = { selection: 'main.ts:1-2\n```ts\na\n```' } as SelectionContext['values'];
    const context = { places: ['main.ts:1-2'], values, sources: [place(0, 1)] };
    const request = (whole: string) => buildRequest(aboutInput(whole, context), configOf('A'));
    for (const [whole, words] of [
      [`Why?\n\n${values.selection}`, 'Why?'],
      [`Tidy up:\n${values.selection}`, 'Tidy up:'],
      [values.selection, ''],
      [`See ${values.selection}`, undefined],
      [`${values.selection}\n\nWhy?`, undefined],
    ] as const) {
      assert.equal(promptOf(request(whole)), whole);
      const { text: shown, attachments } = sentPrompt(request(whole));
      assert.deepEqual(
        [shown, attachments.map((each) => ('text' in each ? each.text : ''))],
        words === undefined ? [whole, []] : [words, [values.selection]],
      );
    }
  });
});
