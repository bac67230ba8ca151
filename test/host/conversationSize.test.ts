// What the composer says about the size of a conversation.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { promptOf } from '../../src/core/model/request';
import type { ImageBlock } from '../../src/core/model/content';
import type { ReplyEvent, Turn } from '../../src/core/model/reply';
import { Conversations } from '../../src/conversation/conversations';
import { Drafts } from '../../src/conversation/drafts';
import { estimateTokens } from '../../src/core/content/tokens';
import { Costs } from '../../src/prices/costs';
import { Composer } from '../../src/prompt/composer';
import { OpenQuestions } from '../../src/prompt/openQuestions';
import { PendingAttachments } from '../../src/prompt/pendingAttachments';
import { LastEditor } from '../../src/prompt/selection';
import { takeLastTurns } from '../../src/prompt/takeLastTurns';
import { composerView } from '../../src/reply/composerView';
import { handleComposerMessage } from '../../src/reply/composerMessages';
import { branchTokens, turnsToTake } from '../../src/reply/conversationSize';
import { until } from '../limits';
import { done, requestIn, textEvent, turnIn } from '../unit/history/turns';

const model = 'anthropic.claude-haiku-4-5-20251001-v1:0'; // 200,000 tokens
/** A text of about so many tokens. */
const words = (tokens: number) => 'word '.repeat(Math.round(tokens / 1.3));
const usage = (input: number, output = 0): ReplyEvent => ({
  type: 'usage',
  usage: { input, output, cacheRead: 0, cacheWrite: 0 },
});
const sizeOf = (turn: Turn) => estimateTokens(turn.reply.text) + estimateTokens(promptOf(turn.request));

/** A conversation whose turns follow each other, in the parts of the composer. */
function openParts(...turns: readonly Turn[]) {
  const conversations = new Conversations(() => Promise.reject(new Error('Nothing is sent.')), {
    info: () => undefined,
  });
  for (const turn of turns) conversations.addEnded(turn);
  const onError = (error: unknown) => assert.fail(String(error));
  const drafts = new Drafts({ files: () => undefined, onError });
  const pending = new PendingAttachments(drafts);
  const questions = new OpenQuestions();
  const composer = new Composer({
    ...{ conversations, drafts, pending, questions, queueName: () => 'Queue' },
    report: (_, error) => onError(error),
    sender: { send: () => Promise.resolve(false), resend: () => Promise.resolve() },
  });
  const costs = new Costs({ warn: onError });
  const lastEditor = new LastEditor();
  const labelOf = () => undefined;
  const parts = { conversations, drafts, composer, pending, questions, costs, lastEditor, labelOf };
  const dispose = () =>
    [composer, questions, drafts, conversations, costs, lastEditor].forEach((part) => part.dispose());
  return { ...parts, dispose, view: (conversation = 'c') => composerView(conversation, parts) };
}

const tokensIn = (text = '') => Number(/^[\d,]+/.exec(text)?.[0].replaceAll(',', ''));

describe('the size of a conversation', () => {
  const first = turnIn({ id: 'a' }, textEvent('One.'), usage(50_000, 10), done);
  const second = turnIn({ id: 'b', parent: 'a' }, textEvent('Two.'), usage(150_000, 20), done);

  it('is what Bedrock counted, and an estimate of what has come since', () => {
    const third = turnIn({ id: 'c3', parent: 'b' }, textEvent('Three.'), done);
    assert.equal(branchTokens([first, second, third]), 150_020 + sizeOf(third));
  });

  it('does not count turns that a new conversation has left behind', () => {
    const parts = openParts(first, second);
    try {
      const id = takeLastTurns('c', 1, parts);
      const { turns } = parts.conversations.get(id)!;
      assert.equal(branchTokens(turns), sizeOf(second));
      assert.equal(tokensIn(parts.view(id).size?.text), sizeOf(second));
      // A reply in the new conversation was counted with what it has.
      const parent = turns.at(-1)!.request.id;
      const next = turnIn({ id: 'd', conversation: id, parent }, textEvent('Next.'), usage(700, 7), done);
      assert.equal(branchTokens([...turns, next]), 707);
    } finally {
      parts.dispose();
    }
  });

  it('is that of the branch before an edited prompt', () => {
    const parts = openParts(first, second);
    try {
      parts.drafts.update('c', { text: 'Edited.', editing: { turn: 'b', before: '' } });
      assert.equal(tokensIn(parts.view().size?.text), 50_010 + estimateTokens('Edited.'));
      parts.drafts.update('c', { editing: { turn: 'a', before: '' } });
      assert.equal(tokensIn(parts.view().size?.text), estimateTokens('Edited.'));
    } finally {
      parts.dispose();
    }
  });

  it('stands with the least cost of a first prompt, if its model has a price', async () => {
    const settings = vscode.workspace.getConfiguration('bedrockGateway');
    const set = (name: string, value: unknown) =>
      settings.update(name, value, vscode.ConfigurationTarget.Global);
    const before = settings.inspect('models')?.globalValue;
    const withoutPrice = 'anthropic.some-model-without-a-price';
    await set('models', { [model]: { region: 'us-east-1' }, [withoutPrice]: { region: 'us-east-1' } });
    const parts = openParts();
    try {
      parts.drafts.update('new', { text: 'How much?', model });
      await until(
        () => (parts.view('new').size?.text ?? '').endsWith(' tokens · next prompt: < $0.0001'),
        'the cost is there',
      );
      parts.drafts.update('new', { text: 'How much? '.repeat(1000) });
      assert.match(parts.view('new').size?.text ?? '', / tokens · next ≥ \$0\.0\d+$/);
      parts.drafts.update('new', { model: withoutPrice });
      assert.match(parts.view('new').size?.text ?? '', /^[\d,]+ tokens$/);
    } finally {
      parts.dispose();
      await set('models', before);
    }
  });

  it('counts pictures and documents that are attached, and those of earlier prompts', () => {
    const image: ImageBlock = {
      ...{ type: 'image', format: 'png', name: 'a.png', width: 750, height: 1000 },
      data: { sha256: 'a'.repeat(64), size: 1000 },
    };
    const asked = turnIn({ id: 'a', prompt: '', blobs: [image] }, textEvent('One.'), done);
    const parts = openParts(asked);
    try {
      assert.equal(branchTokens([asked]), 1000 + estimateTokens('One.'));
      parts.drafts.update('c', { attachments: [{ id: 'x', block: image }] });
      assert.equal(tokensIn(parts.view().size?.text), 2000 + estimateTokens('One.'));
      assert.equal(turnsToTake([asked, asked], parts.drafts.get('c'), model), 1);
      // In a queue they are named, if nothing is typed.
      const attachments = [{ id: 'x', block: image }];
      parts.drafts.update('c', { queue: [{ id: 'q', text: ' ', after: 'a', attachments }] });
      assert.deepEqual(parts.view().queues[0]?.prompts, [{ id: 'q', text: 'a.png' }]);
    } finally {
      parts.dispose();
    }
  });

  it('is not offered to grow by a selection that is attached already', async () => {
    const document = await vscode.workspace.openTextDocument({ content: 'one\ntwo\n' });
    const editor = await vscode.window.showTextDocument(document);
    const select = (line: number) => (editor.selection = new vscode.Selection(line, 0, line, 3));
    const parts = openParts();
    try {
      select(0);
      assert.notEqual(parts.view('new').selection, '');
      const attach = () =>
        handleComposerMessage(
          { type: 'attach', conversation: 'new' },
          {
            ...parts,
            post: () => undefined,
            show: () => Promise.resolve(),
            setUp: { pickModel: () => Promise.resolve(undefined) },
            onDetach: () => undefined,
          },
        );
      await attach();
      assert.equal(parts.view('new').selection, '');
      await attach();
      assert.equal(parts.view('new').attachments.length, 1);
      select(1);
      assert.notEqual(parts.view('new').selection, '');
      editor.selections = [new vscode.Selection(0, 0, 0, 3), new vscode.Selection(1, 0, 1, 3)];
      assert.notEqual(parts.view('new').selection, '');
      parts.drafts.update('new', { attachments: [] });
      select(0);
      assert.notEqual(parts.view('new').selection, '');
    } finally {
      parts.dispose();
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });

  const large = (id: string, tokens: number) => turnIn({ id, prompt: '' }, textEvent(words(tokens)), done);
  const failed = turnIn({ id: 'f' }, done);
  const taken: Record<string, readonly [branch: readonly Turn[], typed: number, count: number]> = {
    'all but the first that fit': [[large('1', 90_000), large('2', 50_000), large('3', 60_000)], 0, 2],
    'the most that fit with what is typed': [
      [large('1', 90_000), large('2', 50_000), large('3', 60_000)],
      60_000,
      1,
    ],
    'the last, also if that is too large alone': [[large('1', 10_000), large('2', 190_000)], 0, 1],
    'nothing of a single turn': [[large('1', 190_000)], 0, 0],
    'nothing where only a prompt without a reply could be left out': [[failed, large('1', 190_000)], 0, 0],
    'all but one, even if Bedrock counted more than the estimate': [[first, second, second], 0, 2],
    'nothing of nothing': [[], 0, 0],
  };
  for (const [name, [branch, typed, count]] of Object.entries(taken))
    it(`lets a new conversation take ${name}`, () => {
      assert.equal(turnsToTake(branch, { text: words(typed), attachments: [] }, model), count);
    });

  it('is offered to be less from 80 % of the window on', () => {
    const target = { ...requestIn({ id: 'x' }).target, model };
    const counted = (id: string, parent: string | undefined, input: number): Turn => {
      const { request, reply } = turnIn({ id, parent }, textEvent('Text.'), usage(input), done);
      return { request: { ...request, target }, reply };
    };
    for (const [input, expected] of [
      [159_999, 0],
      [160_000, 2],
      [210_000, 2],
    ] as const) {
      const parts = openParts(counted('1', undefined, 50), counted('2', '1', 90), counted('3', '2', input));
      try {
        assert.equal(parts.view().turnsToTake, expected, String(input));
      } finally {
        parts.dispose();
      }
    }
  });
});
