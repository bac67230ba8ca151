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
import { notification, screenshot, webviewFrame } from './sights';

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
          'us.anthropic.claude-3-5-haiku-20241022-v1:0': { label: 'Claude 3.5 Haiku' },
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
    assert.deepEqual(cached, [[], [0, 2], [2, 4]]);
    const [first, second, third] = recorded;
    assert.ok(second!.cacheRead! > 10_000, `${second!.cacheRead} tokens read`);
    // All of what came before, the last result of a tool included.
    assert.equal(third!.cacheRead!, second!.cacheRead! + second!.cacheWrite!);
    assert.ok(first!.input! + (first!.cacheRead ?? 0) + (first!.cacheWrite ?? 0) > 10_000);
    await runCommandFromPalette(scene.workbench, 'Bedrock: Show Activity');
    const frame = await webviewFrame(scene.workbench, '[role=tab]');
    await frame.getByRole('tab', { name: 'Requests' }).click();
    await frame.locator('#row0').click();
    await screenshot(scene.workbench, 'chat-activity');
    const tokens = frame.locator('dl.pairs > div').filter({ hasText: /^Tokens/ });
    await tokens.filter({ hasText: /1\d,\d{3} cached · / }).waitFor();
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

  it('tells in the picker what a model costs and takes, and that AWS has retired one', async () => {
    const sonnet = await chat.modelDescription(sonnetBoundName);
    assert.match(sonnet, /global\.anthropic\.claude-sonnet-5-5/);
    assert.match(
      sonnet,
      /images, thinking, tools, caching, perhaps documents · .*\$[\d.]+ in, \$[\d.]+ out per million · 1M tokens/,
    );
    await screenshot(scene.workbench, 'chat-hover');
    const retired = await chat.modelDescription('Claude 3.5 Haiku');
    assert.match(retired, /Retired by AWS on Jun 19, 2026\. Successor: Claude Haiku 5\.5/);
    await screenshot(scene.workbench, 'chat-hover-retired');
    await scene.workbench.page.keyboard.press('Escape');
  });

  describe('of a model with a price', () => {
    const held = gate();

    it('warns of the budget', async () => {
      const warning = /Bedrock has cost .* this month/;
      assert.equal(await notification(scene.workbench, warning).count(), 0);
      const { recorded } = await ask(sonnetBoundName, ['What does this cost?'], 1);
      assert.ok(recorded[0]!.usd! > 0.01, `${recorded[0]!.usd}`);
      await notification(scene.workbench, warning).waitFor();
      await screenshot(scene.workbench, 'chat-budget');
      await scene.workbench.agent.executeCommand('notifications.clearAll');
    });

    it('stops between the tools, and closes the connection', async () => {
      const before = (await records(scene)).length;
      scene.gateway.script(sonnetBound, ({ prompt }) =>
        prompt.messages.some(({ role }) => role === 'assistant')
          ? {
              deltas: ['Now ', 'for long.'],
              hold: (index) => (index === 1 ? held.opened : Promise.resolve()),
            }
          : { deltas: [], blocks: [readBlock(1)], stopReason: 'tool_use' },
      );
      await chat.chooseModel(sonnetBoundName);
      await chat.send('Read, and talk');
      await chat.shows('Now');
      await chat.stop();
      await until(() => scene.gateway.log.at(-1)!.closedByClientAt !== undefined, 'the connection is closed');
      held.open();
      assert.match(await chat.ended(), /Now/);
      assert.deepEqual(
        (await recordsAfter(scene, before, 2)).map(({ outcome }) => outcome),
        ['done', 'stopped'],
      );
      // What was stopped has no place among what the model thought.
      scene.gateway.script(sonnetBound, { deltas: ['Where were we?'] });
      const { shown } = await ask(sonnetBoundName, ['Go on'], 1);
      assert.match(shown, /Where were we\?/);
    });

    it('gets a damaged stream again as a whole, and uses tools as before', async () => {
      scene.gateway.switches.mangleFrames = true;
      const { shown, entries, recorded } = await ask('Thinks', ['Read it', read()], 2);
      scene.gateway.switches.mangleFrames = false;
      assert.match(shown, /read_file said: one two three/);
      assert.deepEqual(
        entries.map(({ operation }) => operation),
        ['converse-stream', 'converse', 'converse'],
      );
      assert.deepEqual(
        recorded.map(({ outcome, attempts }) => [outcome, attempts]),
        [
          ['done', 2],
          ['done', 1],
        ],
      );
    });

    it('says in words that the signature is rejected', async () => {
      scene.gateway.switches.rewriteBody = true;
      const { shown, recorded } = await ask(sonnetBoundName, ['Changed on its way'], 1);
      scene.gateway.switches.rewriteBody = false;
      assertInWords(shown, /changed/);
      assert.deepEqual(recorded[0]!.failure, 'changedOnTheWay');
    });

    const readBlock = (number: number) =>
      ({
        kind: 'toolUse',
        id: `toolu_${number}`,
        name: 'read_file',
        deltas: [JSON.stringify({ filePath: file, startLine: 1, endLine: 3 })],
      }) as const;
  });

  describe('with pictures', () => {
    it('sends one that is pasted, byte for byte', async () => {
      const bytes = await chat.pastePicture('image/png');
      const { shown, bodies } = await ask('Tools', ['What is this?'], 1);
      const [image] = blocksIn(bodies[0]!).flatMap(({ image }) => image ?? []);
      assert.equal(image?.format, 'png');
      assert.equal(image.source.bytes, bytes);
      assert.ok(shown);
    });

    it('sends those of other extensions, and refuses in words what Bedrock does not take', async () => {
      const { agent } = scene.workbench;
      // VS Code draws each picture, to make large ones smaller.
      const data =
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
      const answered = await agent.askModel('stand-in.tool', 'What is this?', { type: 'image/png', data });
      assert.ok('text' in answered, JSON.stringify(answered));
      const body = JSON.parse(scene.gateway.log.at(-1)!.body) as Body;
      assert.equal(blocksIn(body).find(({ image }) => image)!.image!.source.bytes, data);

      const bitmap = 'Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAATCwAAEwsAAAAAAAAAAAAA////AA==';
      const sent = scene.gateway.log.length;
      const refused = await agent.askModel('stand-in.tool', 'And this?', { type: 'image/bmp', data: bitmap });
      assert.match(
        'error' in refused ? refused.error : '',
        /^Bedrock doesn’t take pictures of the type image\/bmp\. It takes PNG/,
      );
      assert.equal(scene.gateway.log.length, sent);
    });
  });
});
