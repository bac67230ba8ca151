// A prompt that is sent while something is still being attached to it.
import assert from 'node:assert/strict';
import type { TextAttachment } from '../../src/history/attachment';
import { attachmentName } from '../../src/history/attachment';
import { parseDraft } from '../../src/history/draft';
import { until } from '../limits';
import { Scene } from './composerScene';

const file: TextAttachment = { id: 'a', name: 'a.txt', text: 'a.txt\n```\nThe file.\n```', sources: [] };

describe('a prompt with something that is being attached', () => {
  let scene: Scene;
  beforeEach(() => (scene = new Scene()));
  afterEach(() => scene.dispose());

  /** Something is being attached until the function is called that this returns. */
  const attaching = () => {
    const [pending] = scene.pending.begin('one', [{ selection: file }]);
    return (how?: 'fails') => {
      if (!how) pending!.attach(file);
      scene.pending.end(pending!);
    };
  };
  const attached = () => scene.draft.attachments.map(attachmentName);
  const withFile = (text: string) => `${text}\n\n${file.text}`;
  const settled = () => new Promise(setImmediate);

  it('waits for it, and goes with it; nothing that is typed meanwhile is lost', async () => {
    const finish = attaching();
    const submitted = scene.submit('Question.');
    scene.drafts.update('one', { text: 'Typed since.' });
    await settled();
    assert.deepEqual([scene.sent, scene.pending.of('one')], [[], []]);
    // If the window is closed now, the prompt is back.
    assert.equal(parseDraft(JSON.stringify(scene.draft))?.text, 'Question.\nTyped since.');
    finish();
    await submitted;
    assert.deepEqual(scene.sent, [withFile('Question.')]);
    assert.deepEqual([scene.draft.text, attached(), scene.draft.outgoing], ['Typed since.', [], undefined]);
  });

  it('holds up the prompts after it, which are queued behind it', async () => {
    const finish = attaching();
    const submitted = [scene.submit('First.'), scene.submit('Second.')];
    await settled();
    assert.deepEqual([scene.sent, scene.queued], [[], []]);
    finish();
    await Promise.all(submitted);
    assert.deepEqual([scene.sent, scene.queued], [[withFile('First.')], ['Second.']]);
    await scene.end(withFile('First.'));
    assert.deepEqual(scene.sent.slice(1), ['Second.']);
  });

  it('is queued with it behind a reply that is running', async () => {
    await scene.submit('First.');
    const finish = attaching();
    const submitted = scene.submit('Second.');
    await settled();
    assert.deepEqual(scene.queued, []);
    finish();
    await submitted;
    assert.deepEqual(scene.queued, ['Second.']);
    await scene.end('First.');
    assert.deepEqual(scene.sent, ['First.', withFile('Second.')]);
  });

  it('is back in the composer if it can’t be attached', async () => {
    const back: string[] = [];
    const listener = scene.composer.listen({ onPromptBack: (_, { text }) => back.push(text) });
    const finish = attaching();
    const submitted = scene.submit('Question.');
    finish('fails');
    await submitted;
    assert.deepEqual([scene.sent, back, scene.draft.text], [[], ['Question.'], 'Question.']);
    listener.dispose();
  });

  it('is not sent if its conversation is deleted meanwhile', async () => {
    const finish = attaching();
    const submitted = scene.submit('Question.');
    scene.pending.forget(['one']);
    await scene.drafts.forget(['one']);
    finish();
    await submitted;
    assert.deepEqual([scene.sent, scene.draft.text, attached()], [[], '', []]);
  });

  it('does not wait for what is attached to something else', async () => {
    await scene.submit('First.');
    await scene.end('First.');
    const finish = attaching();
    const { id } = scene.turn('First.').request;
    await scene.handle({ type: 'editPrompt', turn: id, text: 'First.', before: 'Typed.' });
    await scene.submit('Edited.');
    await until(() => scene.sent.includes('Edited.'), 'it is sent');
    finish();
    assert.deepEqual([scene.draft.text, attached()], ['Typed.', ['a.txt']]);
  });
});
