// Activity as a person sees it: what the gateway got, request by request and added up by model, while it happens; the
// budget; and the cache, which says what it saved.
import assert from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import type { Frame, Locator } from 'playwright-core';
import { dollars } from '../../src/ui/money';
import { type Entry, standInKeys, standInToken } from '../gateway';
import { until } from '../limits';
import { activityOf } from './activityFiles';
import { filesWith } from './filesWith';
import { runCommandFromPalette } from './gestures';
import { haiku, haikuName, sonnet, sonnetName } from './models';
import { type Scene, endedPanel, gate, openScene } from './scene';
import { copied, notification, screenshot, statusBarItem, webviewFrame } from './sights';

const refusing = 'stand-in.access-denied';
const names: Readonly<Record<string, string>> = {
  [sonnet]: sonnetName,
  [haiku]: haikuName,
  [refusing]: 'access-denied',
};
const usage = { inputTokens: 1200, outputTokens: 300 };
/** USD, of a reply of Sonnet's: $2 and $10 per million tokens. */
const each = (1200 * 2 + 300 * 10) / 1e6;

describe('Activity', () => {
  let scene: Scene;
  let frame: Frame;
  let sent = 0;
  let pageWas = '';
  before(async () => {
    scene = await openScene({
      own: true,
      gateway: { cacheStreams: false },
      settings: { 'bedrockGateway.gateway.cacheTtl': 3600 },
    });
    for (const model of [sonnet, haiku])
      scene.gateway.script(model, { deltas: ['canary reply ', 'of Activity'], usage });
    const { page, agent } = scene.workbench;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await agent.openText(prompts.join('\n'));
    // All thirty rows are to be in sight.
    await page.setViewportSize({ width: 1500, height: 1600 });
    await runCommandFromPalette(scene.workbench, 'Bedrock: Show Activity');
    frame = await webviewFrame(scene.workbench, '[role=tab]');
    await frame.getByText('No prompts yet').waitFor();
    await frame.evaluate(() => {
      const told: unknown[] = [];
      Object.assign(window, { told });
      addEventListener('message', ({ data }) => told.push(data));
    });
    await frame.getByRole('tab', { name: 'Requests' }).click();
  });
  after(() => scene.close());
  const prompts = [
    'canary prompt to be stopped',
    ...Array.from({ length: 9 }, (_, number) => `canary prompt ${number}`),
    ...['asked again', 'changed on its way', 'whose stream is damaged', 'dear', 'not recorded'].map(
      (what) => `canary prompt ${what}`,
    ),
  ];
  let chosen = '';
  /** Sends a line of the open document by the command. */
  const send = async (text: string, model: string) => {
    const { agent } = scene.workbench;
    if (chosen !== model) await agent.updateSetting('bedrockGateway.model', (chosen = model));
    await agent.executeCommand('workbench.action.focusFirstEditorGroup');
    const line = prompts.indexOf(text);
    assert.ok(line >= 0);
    await agent.select([line, 0, line, text.length]);
    await agent.executeCommand('bedrockGateway.sendSelection');
    sent += 1;
  };
  /** Resolves when the live log shows, at its top, that what came after the request of this log ID is over. */
  const overAfter = async (logId: string) => {
    await frame.waitForFunction(
      ([count, before]) => {
        const ended = document.querySelector('#row0:not(.running) .logId')?.textContent;
        const list = document.querySelector('.list');
        return list?.getAttribute('aria-rowcount') === count && ended && ended !== before;
      },
      [String(sent + 1), logId],
    );
  };
  const latest = () => frame.locator('#row0 .logId').innerText();
  const ask = async (text: string, model: string) => {
    const { log, waitFor } = scene.gateway;
    const [before, { number: seen } = { number: 0 }] = [await latest(), log.at(-1)];
    await send(text, model);
    // A damaged stream is asked for again, whole.
    await waitFor(
      ({ number, finished, operation }) =>
        number > seen && finished && (!text.includes('damaged') || operation === 'converse'),
    );
    await overAfter(before);
  };
  const maximize = () => scene.workbench.agent.executeCommand('workbench.action.toggleMaximizedPanel');

  it('shows a request as it starts, and what becomes of it while it runs', async () => {
    const [first, second] = [gate(), gate()];
    scene.gateway.script(sonnet, ({ prompt }) => ({
      deltas: ['canary reply ', 'of Activity'],
      usage,
      ...(prompt.messages.at(-1)?.text.includes('to be stopped') && {
        hold: (index: number) => (index ? second.opened : first.opened),
      }),
    }));
    await send('canary prompt to be stopped', sonnet);
    const row = frame.locator('.canvas .row.running');
    await row.locator('.model', { hasText: sonnetName }).waitFor();
    await row.locator('.logId', { hasText: /^01/ }).waitFor();
    assert.equal(await row.locator('.firstText').innerText(), '');
    first.open();
    await row.locator('.firstText', { hasText: /\d s/ }).waitFor();
    await scene.workbench.agent.executeCommand('bedrockGateway.stop');
    await frame.locator('.canvas .row.stopped .outcome', { hasText: 'Stopped' }).waitFor();
    await overAfter('');
  });

  it('agrees with the gateway, request by request and by model', async () => {
    for (let number = 0; number < 9; number += 1) await send(`canary prompt ${number}`, sonnet);
    for (let number = 0; number < 5; number += 1) await send(`canary prompt ${number}`, haiku);
    for (let number = 0; number < 4; number += 1) await send(`canary prompt ${number}`, refusing);
    // Twice as a stream, which this gateway does not keep; then whole; then out of the cache.
    for (let time = 0; time < 5; time += 1) await ask('canary prompt asked again', sonnet);
    for (let time = 0; time < 4; time += 1) await ask('canary prompt asked again', haiku);
    scene.gateway.switches.rewriteBody = true;
    await ask('canary prompt changed on its way', sonnet);
    scene.gateway.switches.rewriteBody = false;
    scene.gateway.switches.mangleFrames = true;
    await ask('canary prompt whose stream is damaged', haiku);
    scene.gateway.switches.mangleFrames = false;
    assert.equal(sent, 30);
    await maximize();
    await frame.waitForFunction(
      () => document.querySelectorAll('.canvas .row:has(.total:not(:empty))').length === 30,
    );

    assert.deepEqual((await shownRequests(frame)).sort(), gatewaysRequests(scene.gateway.log).sort());
    await screenshot(scene.workbench, 'activity-requests');
    await frame.getByRole('tab', { name: 'By Model' }).click();
    await frame.locator('tfoot tr').waitFor();
    const { total, ...byModel } = await shownTable(frame);
    assert.deepEqual(byModel, gatewaysTable(scene.gateway.log));
    assert.deepEqual(total, gatewaysTotal(scene.gateway.log));
    await screenshot(scene.workbench, 'activity-table');
    await maximize();
  });

  const choose = async (name: string, value: string) => {
    await frame.getByRole('tab', { name: 'Requests' }).click();
    await frame.locator(`select.${name}`).selectOption(value);
  };
  /** Opens the first row that passes the filter, and shows its reply in the panel. */
  const showReplyOfFirst = async () => {
    await frame.locator('#row0').click();
    // Until then it may be the pane of the request that was open before, with a button of the same name.
    await frame.waitForFunction(() => {
      const logId = document.querySelector('#row0 .logId')?.textContent;
      return logId && document.querySelector('.pane')?.textContent.includes(logId);
    });
    await frame.locator('.pane').getByRole('button', { name: 'Show Reply' }).click();
  };

  it('finds a request by its log ID, with its facts and what it did on the wire', async () => {
    const { agent } = scene.workbench;
    await frame.getByRole('tab', { name: 'Requests' }).click();
    const logId = await latest();
    await frame.getByRole('searchbox').fill(logId.slice(-9).toLowerCase());
    await frame.getByText('Requests: 1 of 30').first().waitFor();
    await agent.closeTab('Bedrock Reply');
    await showReplyOfFirst();
    const reply = await endedPanel(scene, 'canary prompt whose stream is damaged');
    await reply.locator('.outcome, .note, .waiting, p').getByText('damaged').first().waitFor();

    const pane = frame.locator('.pane');
    assert.equal(await pane.locator('.attempt').count(), 2);
    await pane.getByRole('button', { name: 'Copy Log ID' }).click();
    await pane.getByRole('button', { name: 'Copied' }).waitFor();
    await copied(scene.workbench, new RegExp(`^${logId}$`));
    const facts = await pane
      .locator('.content > dl.pairs > div')
      .evaluateAll((pairs) => pairs.map((pair) => [...pair.children].map(({ textContent }) => textContent)));
    const told = Object.fromEntries(facts) as Record<string, string>;
    const entry = scene.gateway.log.at(-1);
    assert.deepEqual(
      ['Outcome', 'Model', 'Region', 'Operation', 'Attempts', 'Tokens', 'Sent from', 'Log ID'].map(
        (name) => told[name],
      ),
      [
        ...['Done', haiku, 'us-east-1', 'converse', '2', '1,200 in · 300 out', 'Send Selection as Prompt'],
        logId,
      ],
    );
    assert.match(told['Cost'] ?? '', /^at least \$0\.00027, based on AWS’s list prices of 20\d\d-/);
    assert.ok(told['Gateway event ID']);
    assert.equal(entry?.operation, 'converse');
    await screenshot(scene.workbench, 'activity-open-row');
    await frame.getByRole('button', { name: 'Clear Filter' }).click();
  });

  it('says under a reply what the cache saved, when it was first asked, and why it was not streamed', async () => {
    const { workbench } = scene;
    await choose('model', sonnet);
    await choose('cached', 'HIT');
    await frame.getByText('Requests: 2 of 30').first().waitFor();
    await showReplyOfFirst();
    const hit = await webviewFrame(workbench, '.facts li:has-text("first sent")');
    await hit
      .locator('.facts li', { hasText: /^cache HIT · first sent \d+:\d\d/ })
      .first()
      .waitFor();
    await hit.locator('.facts li', { hasText: `$0, saved ≈ ${dollars(each, 'en')}` }).waitFor();
    await hit.getByText('Not streamed: the gateway’s cache did not keep this reply').waitFor();
    await screenshot(workbench, 'activity-hit');
    await choose('cached', 'MISS');
    await frame.getByText('Requests: 1 of 30').first().waitFor();
    await showReplyOfFirst();
    const miss = await webviewFrame(workbench, '#panel article:has(.facts li:has-text("cache MISS"))');
    await miss.getByText('Not streamed: the gateway’s cache did not keep this reply').waitFor();
    await frame.getByRole('button', { name: 'Clear Filter' }).click();
    await frame.getByRole('button', { name: 'Close' }).click();
  });

  it('warns at 80 % and 100 % of the budget, once each, and tells the month in the status bar', async () => {
    const { workbench } = scene;
    const { page, agent } = workbench;
    const setBudget = (usd: number) => agent.updateSetting('bedrockGateway.activity.monthlyBudgetUsd', usd);
    const tooltip = async (text: RegExp) => {
      await page.mouse.move(0, 0);
      await statusBarItem(workbench, /Claude/).hover();
      await page.locator('.monaco-hover', { hasText: text }).waitFor();
    };
    // Twelve replies of Sonnet's and nine of Haiku's, which cost a twentieth; one was stopped before it told its tokens.
    const spent = 12 * each + (9 * each) / 20;
    assert.equal(dollars(spent, 'en'), '$0.067');
    await tooltip(/This month: at least \$0\.067$/);
    await setBudget(0.08);
    const early = notification(
      workbench,
      'Bedrock has cost at least $0.067 this month, more than 80 % of the budget of $0.080.',
    );
    await early.waitFor();
    await tooltip(/This month: at least \$0\.067 of \$0\.080/);
    await dismiss(early);

    scene.gateway.script(sonnet, { deltas: ['dear'], usage: { inputTokens: 100_000, outputTokens: 0 } });
    await choose('period', 'today');
    await ask('canary prompt dear', sonnet);
    pageWas = await toldTo(frame);
    assert.match(pageWas, /"rows"/);
    await agent.executeCommand('workbench.action.closePanel');
    const late = notification(
      workbench,
      'Bedrock has cost at least $0.27 this month. The budget of $0.080 is used up.',
    );
    await late.getByRole('button', { name: 'Show Activity' }).click();
    frame = await webviewFrame(workbench, '.list');
    await frame.locator('#row0', { hasText: '100,000 → 0' }).waitFor();

    // Said once: not again when the budget comes back, which the tooltip tells that it did.
    await setBudget(0);
    await tooltip(/at least \$0\.27$/);
    await setBudget(0.08);
    await tooltip(/at least \$0\.27 of \$0\.080$/);
    await setBudget(0);
    await tooltip(/at least \$0\.27$/);
    assert.equal(await notification(workbench, 'Bedrock has cost').count(), 0);
  });

  it('holds no word of a prompt or a reply, and no secret, neither on disk nor in its page', async () => {
    const canaries = ['canary', ...Object.values(standInKeys), standInToken];
    assert.ok(filesWith(activityOf(scene), [haiku]).length > 0, 'the search finds the record');
    assert.deepEqual(filesWith(activityOf(scene), canaries), []);
    for (const text of [pageWas, await toldTo(frame)])
      for (const canary of canaries) assert.ok(!text.includes(canary), canary);
  });

  it('goes on without a record where none can be written', async () => {
    await rm(activityOf(scene), { recursive: true });
    await writeFile(activityOf(scene), 'no directory');
    await send('canary prompt not recorded', sonnet);
    const panel = await endedPanel(scene, 'canary prompt not recorded');
    await panel.locator('.markdown').getByText('dear').waitFor();
    assert.deepEqual(await readFile(activityOf(scene), 'utf8'), 'no directory');
    await rm(activityOf(scene));
  });

  it('records what is stopped because its window closes', async () => {
    const held = gate();
    scene.gateway.script(haiku, {
      deltas: ['canary reply', 'of Activity'],
      hold: (index) => (index ? held.opened : Promise.resolve()),
    });
    await send('canary prompt to be stopped', haiku);
    await scene.gateway.waitFor(({ model, finished }) => model === haiku && !finished);
    await frame.locator('.canvas .row.running').waitFor({ state: 'attached' });
    await scene.workbench.page.reload();
    const stopped = '"outcome":"stopped"';
    await until(() => filesWith(activityOf(scene), [stopped]).length > 0, 'it is recorded');
    held.open();
  });
});

/** Everything that the host has told the page since it was listened to. */
function toldTo(frame: Frame): Promise<string> {
  return frame.evaluate(() =>
    JSON.stringify((window as { told?: unknown[] }).told ?? [document.body.innerText]),
  );
}

/** Closes a notification, as one that was read. */
async function dismiss(shown: Locator): Promise<void> {
  // A tooltip may lie over it.
  await shown.page().mouse.move(0, 0);
  await shown.hover();
  await shown.locator('.codicon-notifications-clear').click();
  await shown.waitFor({ state: 'hidden' });
}

/** Model, outcome, cache and tokens of each row. */
async function shownRequests(frame: Frame): Promise<string[]> {
  return frame.locator('.canvas .row').evaluateAll((rows) =>
    rows.map((row) =>
      ['model', 'outcome', 'cache', 'tokens']
        .map((name) => row.querySelector(`.cell.${name}`)?.getAttribute('title') ?? '')
        .map((text, index) => (index === 1 ? (text.split(':')[0] ?? '') : text))
        .join(' | '),
    ),
  );
}

const isDamaged = ({ body, operation }: Entry) =>
  body.includes('stream is damaged') && operation === 'converse-stream';
const isStopped = ({ finished }: Entry) => !finished;
const tokens = `${usage.inputTokens.toLocaleString('en')} → ${usage.outputTokens}`;

/** The same, as the gateway knows it: a damaged stream is no request of its own, for what was asked came after it. */
function gatewaysRequests(log: readonly Entry[]): string[] {
  return log
    .filter((entry) => !isDamaged(entry))
    .map((entry) =>
      [
        names[entry.model ?? ''],
        entry.status !== 200 ? 'Failed' : isStopped(entry) ? 'Stopped' : 'Done',
        entry.cache ?? '',
        entry.status === 200 && !isStopped(entry) ? tokens : '',
      ].join(' | '),
    );
}

type Table = Record<string, Record<string, string>>;
const columns = ['requests', 'seen', 'errors', 'hits', 'input', 'output'] as const;

async function shownTable(frame: Frame): Promise<Table> {
  const rows = await frame.locator('table.usage tbody tr, table.usage tfoot tr').evaluateAll((all) =>
    all.map((row) => ({
      isTotal: row.parentElement?.tagName === 'TFOOT',
      cells: [...row.children].map((cell) => [cell.textContent, cell.getAttribute('title') ?? '']),
    })),
  );
  return Object.fromEntries(
    rows.map(({ isTotal, cells }) => {
      const [name, requests, errors, hitRate, input, output] = cells;
      const figure = (text = '') => /\d+(,\d+)*/.exec(text)?.[0] ?? '0';
      return [
        isTotal ? 'total' : (name?.[0] ?? ''),
        {
          requests: figure(requests?.[0]),
          seen: figure(requests?.[1] === '' ? requests[0] : requests?.[1]),
          errors: figure(errors?.[0]),
          hits: figure(hitRate?.[1]),
          input: figure(input?.[0]),
          output: figure(output?.[0]),
        },
      ];
    }),
  );
}

function gatewaysTotal(log: readonly Entry[]): Record<string, string> {
  const asked = log.filter((entry) => !isDamaged(entry));
  // The tokens that Bedrock told: not those of a stream that was damaged or stopped before its end, nor the cache's.
  const told = asked.filter((entry) => entry.status === 200 && !isStopped(entry) && entry.cache !== 'HIT');
  const counts = {
    requests: asked.length,
    seen: log.length,
    errors: asked.filter(({ status }) => status !== 200).length,
    hits: log.filter(({ cache }) => cache === 'HIT').length,
    input: told.length * usage.inputTokens,
    output: told.length * usage.outputTokens,
  };
  return Object.fromEntries(columns.map((name) => [name, counts[name].toLocaleString('en')]));
}

function gatewaysTable(log: readonly Entry[]): Table {
  return Object.fromEntries(
    Object.entries(names).map(([model, name]) => [
      name,
      gatewaysTotal(log.filter((entry) => entry.model === model)),
    ]),
  );
}
