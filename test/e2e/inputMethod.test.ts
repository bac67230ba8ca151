// Input methods in the composer, with Chromium's own composition events: the Enter that ends a composition does not send.
import assert from 'node:assert/strict';
import type { Browser, CDPSession } from 'playwright-core';
import { openBrowser } from '../vscode/pageInBrowser';
import { ReplyPageAlone, runningTurn, snapshotOf } from './replyPageAlone';

/** Chromium's code for a key that an input method handles. */
const handledKey = 229;
const codes: Readonly<Record<string, number>> = { Enter: 13, Escape: 27, ArrowUp: 38, ' ': 32 };

/** A person at a keyboard with an input method. */
class Typist {
  constructor(private readonly session: CDPSession) {}

  /** A key that the input method handles, and what it does before the key comes up. */
  async handled(key: string, does: () => Promise<unknown> = () => Promise.resolve()): Promise<void> {
    await this.down(key, handledKey);
    await does();
    await this.up(key);
  }

  /** A key as without an input method. */
  async press(key: string, modifiers = 0): Promise<void> {
    const text = key === 'Enter' ? '\r' : undefined;
    await this.down(key, codes[key] ?? 0, modifiers, text);
    await this.up(key);
  }

  /** What is being composed, underlined. */
  compose(text: string): Promise<unknown> {
    const [selectionStart, selectionEnd] = [text.length, text.length];
    return this.session.send('Input.imeSetComposition', { text, selectionStart, selectionEnd });
  }

  /** The composition ends with this text. */
  commit(text: string): Promise<unknown> {
    return this.session.send('Input.insertText', { text });
  }

  async down(key: string, keyCode: number, modifiers = 0, text?: string): Promise<void> {
    const code = { windowsVirtualKeyCode: keyCode, nativeVirtualKeyCode: keyCode };
    await this.session.send('Input.dispatchKeyEvent', {
      ...{ type: text === undefined ? 'rawKeyDown' : 'keyDown', key, code: key, modifiers, ...code },
      ...(text !== undefined && { text }),
    });
  }

  up(key: string): Promise<unknown> {
    const windowsVirtualKeyCode = codes[key] ?? 0;
    return this.session.send('Input.dispatchKeyEvent', {
      ...{ type: 'keyUp', key, code: key, windowsVirtualKeyCode },
    });
  }
}

const shift = 8;

describe('an input method in the composer', () => {
  let browser: Browser;
  before(async () => (browser = await openBrowser()));
  after(() => browser.close());

  const open = async () => {
    const alone = await ReplyPageAlone.open(browser, snapshotOf([runningTurn('a', { prompt: 'Earlier' })]));
    await alone.page.locator('textarea').focus();
    const typist = new Typist(await alone.page.context().newCDPSession(alone.page));
    const value = () => alone.page.locator('textarea').inputValue();
    const sent = () => alone.told.flatMap((message) => (message.type === 'submit' ? [message.text] : []));
    const stopped = () => alone.told.some(({ type }) => type === 'stop');
    return { alone, typist, value, sent, stopped };
  };

  for (const [language, { steps, choices, result }] of Object.entries({
    'Japanese: kana, then kanji by Space': {
      steps: ['ｋ', 'か', 'かn', 'かん', 'かんj', 'かんじ'],
      choices: ['感じ', '漢字'],
      result: '漢字',
    },
    'Chinese: pinyin': { steps: ['n', 'ni', 'ni h', 'ni hao'], choices: ['你好'], result: '你好' },
    'Korean: syllables': { steps: ['ㅎ', '하', '한'], choices: [], result: '한' },
  }))
    it(`keeps its Enter to itself, and the next one sends; ${language}`, async () => {
      const { alone, typist, value, sent } = await open();
      for (let word = 1; word <= 2; word++) {
        for (const step of steps) await typist.handled('Process', () => typist.compose(step));
        for (const choice of choices) await typist.handled(' ', () => typist.compose(choice));
        await typist.handled('Enter', () => typist.commit(result));
        assert.deepEqual(sent(), []);
        assert.equal(await value(), result.repeat(word));
      }
      await typist.press('Enter', shift);
      assert.deepEqual([await value(), sent()], [`${result}${result}\n`, []]);
      await typist.press('Enter');
      assert.deepEqual([await value(), sent()], ['', [`${result}${result}\n`]]);
      await alone.close();
    });

  it('does not send with an Enter that comes twice from one press, and does with the next, however soon', async () => {
    const { alone, typist, value, sent } = await open();
    await typist.compose('한');
    // On macOS, Korean ends the syllable, and lets the same press come as an ordinary key.
    await typist.down('Enter', handledKey);
    await typist.commit('한');
    await typist.down('Enter', 13, 0, '\r');
    await typist.up('Enter');
    assert.deepEqual([await value(), sent()], ['한', []]);
    await typist.press('Enter');
    assert.deepEqual([await value(), sent()], ['', ['한']]);
    await alone.close();
  });

  it('sends with an Enter after a composition that the mouse ended', async () => {
    const { alone, typist, value, sent } = await open();
    await typist.compose('か');
    await typist.commit('か');
    await typist.press('Enter');
    assert.deepEqual([await value(), sent()], ['', ['か']]);
    await alone.close();
  });

  it('neither stops a reply by Escape, nor recalls a prompt by an arrow key, while something is composed', async () => {
    const { alone, typist, value, stopped } = await open();
    await typist.compose('か');
    await typist.handled('Escape');
    await typist.handled('ArrowUp');
    // As Chromium on Linux sends them: with their own codes, and isComposing.
    await typist.press('Escape');
    await typist.press('ArrowUp');
    assert.deepEqual([await value(), stopped()], ['か', false]);
    await typist.compose('');
    await typist.press('ArrowUp');
    assert.equal(await value(), 'Earlier');
    await typist.press('Escape');
    assert.equal(stopped(), true);
    await alone.close();
  });

  it('keeps what is composed while a reply streams and the composer is drawn', async () => {
    const { alone, typist, value } = await open();
    await typist.compose('か');
    await alone.tell(
      { type: 'append', turn: 'a', text: 'Some text', reasoning: '' },
      { type: 'composer', conversation: 'one', view: { ...snapshotOf([]).composer, model: 'Another' } },
    );
    await typist.compose('かん');
    await typist.commit('漢');
    assert.equal(await value(), '漢');
    await alone.close();
  });
});
