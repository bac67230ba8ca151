// The page of the reply panel in a browser, without a workbench around it: what arrives, and when, is the test's
// choice.
import type { Browser, Page } from 'playwright-core';
import type { PlainFile, ScaledPicture } from '../../src/protocol/attachments';
import type { State, ReplyToHost, ReplyToWebview, TurnView } from '../../src/protocol/reply';
import { until } from '../limits';
import { composerView, strings } from '../unit/webview/strings';
import { openPage } from '../vscode/pageInBrowser';

const state: State = { phase: 'streaming', elapsed: 0, note: '', stats: [], attempts: 0 };

type Snapshot = Extract<ReplyToWebview, { readonly type: 'snapshot' }>;

type TakenFile = Extract<ReplyToHost, { readonly type: 'attachFiles' }>['files'][number];

/** What the page has posted about a paste or a drop. */
export interface TakenAlone {
  readonly conversation: string;
  readonly ids: readonly string[];
  /** Those that it has read, in the order in which it posted them. */
  readonly files: readonly (PlainFile | ScaledPicture)[];
  readonly uris: readonly string[];
  /** The name of each other one, and why. */
  readonly failed: readonly string[];
}

/** A running reply that has not begun to arrive, but for what is given. */
export function runningTurn(id: string, given: Partial<TurnView> = {}): TurnView {
  return { id, prompt: 'A prompt', notSent: '', source: '', text: '', reasoning: '', state, ...given };
}

export function snapshotOf(turns: readonly TurnView[], given: Partial<Snapshot> = {}): Snapshot {
  const position = { index: 1, count: 2 };
  const conversation = { conversation: 'one', draft: '', composer: composerView };
  return { type: 'snapshot', strings, ...conversation, turns, position, ...given };
}

export class ReplyPageAlone {
  readonly #page: Page;
  readonly told: readonly ReplyToHost[];

  private constructor(page: Page, told: readonly ReplyToHost[]) {
    this.#page = page;
    this.told = told;
  }

  /** By default, with a reply that has not begun to arrive. */
  static async open(
    browser: Browser,
    snapshot = snapshotOf([runningTurn('turn')], { position: { index: 1, count: 1 } }),
  ): Promise<ReplyPageAlone> {
    const told: ReplyToHost[] = [];
    const page = await openPage(browser, {
      script: 'webview',
      size: { width: 760, height: 900 },
      onMessage: (message: ReplyToHost) => void told.push(message),
    });
    const alone = new ReplyPageAlone(page, told);
    await alone.tell(snapshot);
    return alone;
  }

  get page(): Page {
    return this.#page;
  }

  /** The messages of a type. */
  posted<T extends ReplyToHost['type']>(type: T): readonly Extract<ReplyToHost, { readonly type: T }>[] {
    return this.told.filter(
      (message): message is Extract<ReplyToHost, { readonly type: T }> => message.type === type,
    );
  }

  /** What was pasted and dropped, once there are so many of it and the page has read all of it. */
  async attached(count = 1): Promise<readonly TakenAlone[]> {
    const isAnswered = ({ id, uri }: TakenFile) =>
      uri !== undefined ||
      [...this.posted('fileRead'), ...this.posted('fileFailed')].some((answer) => answer.id === id);
    const taken = () => this.posted('attachFiles');
    await until(
      () => taken().length >= count && taken().every(({ files }) => files.every(isAnswered)),
      'the page posts what it took',
    );
    return taken().map(({ conversation, files }) => ({
      conversation,
      ids: files.map(({ id }) => id),
      files: this.posted('fileRead').flatMap(({ id, file }) =>
        files.some((each) => each.id === id) ? [file] : [],
      ),
      uris: files.flatMap(({ uri }) => uri ?? []),
      failed: this.posted('fileFailed').flatMap(({ id, why }) => {
        const failed = files.find((each) => each.id === id);
        return failed ? [`${failed.name} ${why}`] : [];
      }),
    }));
  }

  /** More of the reply, drawn part by part. */
  async arrive(...parts: readonly string[]): Promise<void> {
    await this.tell(...parts.map((text) => ({ type: 'append', turn: 'turn', text, reasoning: '' }) as const));
  }

  /** The reply is over; resolves when all of it is on the page. */
  async end(): Promise<void> {
    await this.tell({ type: 'state', turn: 'turn', state: { ...state, phase: 'ended' } });
    await this.#page.locator('.foot button', { hasText: strings.copyReply }).waitFor();
  }

  /**
   * The reply as it stands once a good many frames have changed nothing: code is coloured a bit in each. Without the
   * stretches, which begin elsewhere when a reply comes in other parts.
   */
  reply(): Promise<string> {
    return this.#page.evaluate(async () => {
      const reply = document.querySelector('.markdown');
      for (let before = ''; ;) {
        const now = reply?.innerHTML ?? '';
        if (now === before) {
          const copy = reply?.cloneNode(true) as Element | undefined;
          for (const stretch of copy?.querySelectorAll('.stretch') ?? [])
            stretch.replaceWith(...stretch.childNodes);
          return copy?.innerHTML ?? '';
        }
        before = now;
        for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame);
      }
    });
  }

  close(): Promise<void> {
    return this.#page.close();
  }

  /** Each message with a frame after it, in which what it brought is drawn. */
  async tell(...messages: readonly ReplyToWebview[]): Promise<void> {
    await this.#page.evaluate(async (all) => {
      for (const data of all) {
        dispatchEvent(new MessageEvent('message', { data }));
        await new Promise(requestAnimationFrame);
      }
    }, messages);
  }
}
