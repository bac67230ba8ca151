// Our models in agent mode of VS Code's own Chat view, signed out of GitHub: with VS Code's own tools.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { until } from '../limits';
import { assertInWords, recordsAfter, records } from './chatRecords';
import { ChatView, openChatScene } from './chatView';
import { runCommandFromPalette } from './gestures';
import { sonnetBound, sonnetBoundName } from './models';
import { type Scene, gate } from './scene';
import { clickNotificationButton, notification, screenshot, webviewFrame } from './sights';

/** What of a Converse request the tests look at. */
interface Body {
  readonly system: readonly Block[];
  readonly messages: readonly { readonly role: string; readonly content: readonly Block[] }[];
  readonly toolConfig?: { readonly tools: readonly { readonly toolSpec?: { readonly name: string } }[] };
}
interface Block {
  readonly text?: string;
  readonly cachePoint?: object;
  readonly reasoningContent?: {
    readonly reasoningText: { readonly text: string; readonly signature: string };
  };
  readonly toolUse?: { readonly toolUseId: string; readonly name: string };
  readonly toolResult?: {
    readonly toolUseId: string;
    readonly content: readonly { readonly text: string }[];
  };
  readonly image?: { readonly format: string; readonly source: { readonly bytes: string } };
}

describe('agent mode of VS Code Chat', () => {
  let scene: Scene;
  let chat: ChatView;
  let file: string;

  before(async () => {
    scene = await openChatScene({
      settings: {
        'bedrockGateway.models': {
          'stand-in.tool': { label: 'Tools', takes: ['tools', 'images', 'caching'] },
          'stand-in.thinks': { label: 'Thinks' },
          'stand-in.thinks-bound': { label: 'Binds' },
          [sonnetBound]: { label: sonnetBoundName },
        },
        'bedrockGateway.chat.models': 'all',
        'bedrockGateway.activity.monthlyBudgetUsd': 0.01,
        'chat.allowAnonymousAccess': true,
      },
    });
    file = path.join(scene.workbench.folder, 'words.txt');
    chat = await ChatView.open(scene.workbench);
    await chat.chooseMode('Agent');
  });
  after(() => scene.close());
  beforeEach(async () => {
    await writeFile(file, 'one\ntwo\nthree\n');
    await chat.startConversation();
  });

  const call = (name: string, input: object) => `call ${name} ${JSON.stringify(input)}`;
  const read = () => call('read_file', { filePath: file, startLine: 1, endLine: 3 });

  /** Sends a prompt. @returns the reply that Chat shows, and the requests and records that it took */
  async function ask(model: string, lines: readonly string[], requests: number) {
    const before = { log: scene.gateway.log.length, records: (await records(scene)).length };
    await chat.chooseModel(model);
    await chat.send(lines.join('\n'));
    const shown = await chat.ended();
    const recorded = await recordsAfter(scene, before.records, requests);
    const entries = scene.gateway.log.slice(before.log);
    return { shown, recorded, entries, bodies: entries.map(({ body }) => JSON.parse(body) as Body) };
  }

  const blocksIn = ({ messages }: Body) => messages.flatMap(({ content }) => content);
  const thoughtsIn = (body: Body) =>
    blocksIn(body).flatMap(({ reasoningContent }) => reasoningContent?.reasoningText ?? []);

  it('edits a file with VS Code’s own tools, several in one turn, and one that fails', async () => {
    const created = path.join(scene.workbench.folder, 'created.txt');
    const prompt = [
      'Translate the second word',
      read(),
      `together ${call('list_dir', { path: scene.workbench.folder })}`,
      call('replace_string_in_file', { filePath: file, oldString: 'two', newString: 'zwei' }),
      `together ${call('create_file', { filePath: created, content: 'made by a tool\n' })}`,
      call('read_file', { filePath: `${file}.none`, startLine: 1, endLine: 3 }),
    ];
    const { shown, bodies, entries, recorded } = await ask('Tools', prompt, 4);
    await screenshot(scene.workbench, 'chat-agent');
    assert.match(shown, /The tools are done\.[^]*read_file said: one two three/);
    await chat.keepChanges();
    assert.equal(await readFile(file, 'utf8'), 'one\nzwei\nthree\n');
    assert.equal((await readFile(created, 'utf8')).trim(), 'made by a tool');

    assert.deepEqual(
      entries.map(({ status, signature }) => [status, signature]),
      Array(4).fill([200, 'accepted']),
    );
    const last = bodies.at(-1)!;
    assert.deepEqual(
      last.messages.map(({ role }) => role),
      ['user', 'assistant', 'user', 'assistant', 'user', 'assistant', 'user'],
    );
    const used = blocksIn(last).flatMap(({ toolUse }) => toolUse ?? []);
    assert.deepEqual(
      used.map(({ name }) => name),
      ['read_file', 'list_dir', 'replace_string_in_file', 'create_file', 'read_file'],
    );
    const results = blocksIn(last).flatMap(({ toolResult }) => toolResult ?? []);
    assert.deepEqual(
      results.map(({ toolUseId }) => toolUseId),
      used.map(({ toolUseId }) => toolUseId),
    );
    // VS Code does not mark it as an error.
    assert.match(
      results.at(-1)!.content[0]!.text,
      /ERROR while calling tool: cannot open .*words\.txt\.none/,
    );

    assert.equal(new Set(recorded.map(({ conversation }) => conversation)).size, 1);
    for (const { surface, initiator, outcome, model } of recorded)
      assert.deepEqual(
        { surface, initiator, outcome, model },
        { surface: 'chat', initiator: 'github.copilot-chat', outcome: 'done', model: 'stand-in.tool' },
      );
  });

  it('lets the model cache the tools, the instructions and what came before, and records what it read', async () => {
    const { bodies, recorded } = await ask('Tools', ['Look twice', read(), read()], 3);
    for (const { system, toolConfig } of bodies) {
      assert.ok(system.at(-1)!.cachePoint);
      assert.ok('cachePoint' in toolConfig!.tools.at(-1)!);
    }
    const cached = bodies.map(({ messages }) =>
      messages.flatMap(({ content }, index) => (content.some(({ cachePoint }) => cachePoint) ? [index] : [])),
    );
    assert.deepEqual(cached, [[], [0], [2]]);
    const [first, second, third] = recorded;
    assert.ok(second!.cacheRead! > 10_000, `${second!.cacheRead} tokens read`);
    assert.ok(third!.cacheRead! > second!.cacheRead!);
    assert.ok(first!.input! + (first!.cacheRead ?? 0) + (first!.cacheWrite ?? 0) > 10_000);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Show Activity');
    const frame = await webviewFrame(scene.workbench, '[role=tab]');
    await frame.getByRole('tab', { name: 'Requests' }).click();
    await frame.locator('#row0').click();
    await screenshot(scene.workbench, 'chat-activity');
    const field = frame.locator('dl.pairs > div').filter({ hasText: /cache/i });
    await field.first().waitFor();
    await scene.workbench.agent.executeCommand('workbench.action.closePanel');
  });

  for (const model of ['Thinks', 'Binds'])
    it(`gives ${model} back what it thought, unchanged, also for a follow-up`, async () => {
      const { bodies } = await ask(model, ['Think about it', read(), read()], 3);
      assert.deepEqual(
        bodies.map((body) => thoughtsIn(body).length),
        [0, 1, 2],
      );
      await chat.unfold();
      await screenshot(scene.workbench, `chat-${model}`);
      await chat.steps.filter({ hasText: 'First I would count the lines.' }).first().waitFor();
      await chat.steps
        .filter({ hasText: /Read .*words\.txt/ })
        .first()
        .waitFor();

      const followUp = await ask(model, ['And once more', read()], 2);
      assert.deepEqual(
        followUp.bodies.map((body) => thoughtsIn(body).length),
        [3, 4],
      );
      // Byte for byte: the stand-in checks each signature. None was refused and sent again without.
      assert.deepEqual(thoughtsIn(followUp.bodies.at(-1)!).slice(0, 2), thoughtsIn(bodies.at(-1)!));
      for (const { outcome, attempts } of followUp.recorded)
        assert.deepEqual({ outcome, attempts }, { outcome: 'done', attempts: 1 });
    });
});
